import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import {
  desktopChannels,
  errorResponse,
  MAX_REQUEST_BYTES,
  type ResponseEnvelope,
} from '../../../shared/contract/index.ts';
import type { Warden } from '../../runtime/warden.ts';
import { APP_ORIGIN } from '../../security/app-url.ts';
import { isTrustedSender } from '../../security/trusted-sender.ts';
import { DROP_CHANNEL } from './drop-channel.ts';

/** One page may have this many requests waiting for their answer; more are refused, not queued without end. */
const MAX_IN_FLIGHT = 256;

/**
 * The one door between the page and the host: every message is checked for its sender, its number, its size and its
 * schema, in this order, before anything happens (checklist item 17).
 */
export class DesktopDoor {
  readonly #warden: Pick<Warden, 'dispatcher'>;
  readonly #contents = new Map<number, WebContents>();
  #inFlight = 0;

  constructor(
    warden: Pick<Warden, 'dispatcher' | 'hub'>,
    onDrop: (contents: WebContents, path: string) => void,
  ) {
    this.#warden = warden;
    ipcMain.handle(desktopChannels.command, (event, message: unknown) => this.#command(event, message));
    ipcMain.handle(DROP_CHANNEL, (event, path: unknown) => {
      // From the preload script, never from the page: it only speaks when a person has dropped a file.
      if (this.#isOurs(event) && typeof path === 'string') onDrop(event.sender, path);
    });
    warden.hub.subscribe((batch) => {
      for (const contents of this.#contents.values()) {
        if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(desktopChannels.events, batch);
      }
    });
  }

  /** Lets the page of one window speak and hear, until it is destroyed. */
  open(contents: WebContents): void {
    const { id } = contents;
    this.#contents.set(id, contents);
    contents.once('destroyed', () => this.#contents.delete(id));
  }

  // Not async: the sender's frame must be looked at before anything is awaited.
  #command(event: IpcMainInvokeEvent, message: unknown): Promise<ResponseEnvelope> | ResponseEnvelope {
    if (!this.#isOurs(event)) {
      return errorResponse(null, { code: 'not_allowed', message: 'Only the dashboard may give commands.' });
    }
    if (this.#inFlight >= MAX_IN_FLIGHT) {
      return errorResponse(null, {
        code: 'unavailable',
        message: `More than ${MAX_IN_FLIGHT} requests are waiting. Wait for answers first.`,
      });
    }
    if (sizeOf(message) > MAX_REQUEST_BYTES) {
      return errorResponse(null, {
        code: 'invalid_envelope',
        message: `A request is at most ${MAX_REQUEST_BYTES} bytes.`,
      });
    }
    this.#inFlight += 1;
    return this.#warden.dispatcher.dispatch(message, { trust: 'dashboard' }).finally(() => {
      this.#inFlight -= 1;
    });
  }

  #isOurs(event: IpcMainInvokeEvent): boolean {
    return isTrustedSender(event, new Set(this.#contents.keys()), APP_ORIGIN);
  }
}

/** Bytes as JSON. What has no JSON (a cycle, a bigint) could never have come from the contract: infinity. */
function sizeOf(message: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(message) ?? '');
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
