import type { CommandName, CommandPayload } from './commands.ts';
import type { ResponseEnvelope } from './envelope.ts';
import type { SequencedEvent } from './events.ts';

/**
 * What the preload script puts on the page as `window.skillward`, and nothing else.
 * The browser dashboard builds the same shape over a WebSocket, so screens cannot tell which it is.
 */
export interface BridgeApi {
  readonly hostKind: 'desktop' | 'headless';
  /** One function per command of the contract. Always resolves to an envelope; it never throws. */
  readonly commands: {
    readonly [Name in CommandName]: (payload: CommandPayload<Name>) => Promise<ResponseEnvelope>;
  };
  /** Batches of events in rising `seq`. Returns a function that ends the subscription. */
  onEvents(listener: (batch: readonly SequencedEvent[]) => void): () => void;
}

/** The IPC channels of the desktop, derived, never typed by hand elsewhere. */
export const desktopChannels = { command: 'skillward:command', events: 'skillward:events' } as const;
