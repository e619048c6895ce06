import {
  CONTRACT_VERSION,
  type CommandName,
  commandNames,
  type EventEnvelope,
  errorResponse,
  isEventName,
  type ResponseEnvelope,
  type SequencedEvent,
} from '../../shared/contract/index.ts';
import type { Bridge, ConnectionState } from './connection.ts';
import { createListeners } from './listeners.ts';
import { createPendingRequests } from './pending-requests.ts';
import { readMessage } from './read-message.ts';
import { socketProtocols } from './token.ts';

/** The part of a browser WebSocket the bridge uses. */
export interface SocketLike {
  send(text: string): void;
  close(): void;
  onopen: ((event: never) => unknown) | null;
  onmessage: ((event: never) => unknown) | null;
  onclose: ((event: never) => unknown) | null;
}

export interface SocketOptions {
  readonly url: string;
  readonly token: string | null;
  readonly openSocket: (url: string, protocols: string[]) => SocketLike;
  /** Whether the host answers plain HTTP: tells a refused token from a host that is not there. */
  readonly probeHost: () => Promise<boolean>;
}

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5000;
/** Close codes with which a host says that it is there but does not let this page in. */
const REFUSED_CODES: ReadonlySet<number> = new Set([1008, 4401, 4403]);

/**
 * The bridge over a WebSocket (DESIGN.md section 6): one JSON envelope a message, the token as a subprotocol, events
 * subscribed again with `since` after every reconnect. Tries again after 0.25 s, doubling to 5 s, until let in or refused.
 */
export function connectSocket(options: SocketOptions): Bridge {
  const events = createListeners<readonly SequencedEvent[]>();
  const states = createListeners<ConnectionState>();
  const pending = createPendingRequests();
  let state: ConnectionState = { kind: 'connecting' };
  let socket: SocketLike | null = null;
  let lastSeq = 0;
  let retryMs = FIRST_RETRY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function become(next: ConnectionState): void {
    state = next;
    states.tell(next);
  }

  function open(): void {
    clearTimeout(timer);
    if (options.token === null) {
      become({ kind: 'unauthorized' });
      return;
    }
    const mine = options.openSocket(options.url, socketProtocols(options.token));
    socket = mine;
    let opened = false;
    mine.onopen = () => {
      opened = true;
      void subscribe(mine);
    };
    mine.onmessage = (event: { data: unknown }) => receive(event.data);
    mine.onclose = (event: { code: number }) => {
      if (socket !== mine) return;
      socket = null;
      pending.failAll('The host is not reachable. Skillward keeps trying.');
      if (REFUSED_CODES.has(event.code)) become({ kind: 'unauthorized' });
      else if (opened) retry();
      else void retryOrGiveUp();
    };
  }

  async function subscribe(mine: SocketLike): Promise<void> {
    const since = lastSeq;
    const answer = await request('events.subscribe', since > 0 ? { since } : {});
    if (socket !== mine) return;
    if (!answer.ok) {
      mine.close();
      return;
    }
    retryMs = FIRST_RETRY_MS;
    const { seq, complete } = answer.payload as { seq: number; complete: boolean };
    // A lower number than ours means the host was started anew and counts from one again.
    const resumed = since > 0 && complete && seq >= since;
    if (!resumed) lastSeq = seq;
    become({ kind: 'live', resumed });
  }

  function retry(): void {
    become({ kind: 'lost', nextAttemptAt: Date.now() + retryMs });
    timer = setTimeout(open, retryMs);
    retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
  }

  /** A browser does not say why a handshake failed: a host that answers HTTP but not us has refused the token. */
  async function retryOrGiveUp(): Promise<void> {
    const there = await options.probeHost();
    if (there) become({ kind: 'unauthorized' });
    else retry();
  }

  function receive(data: unknown): void {
    const message = readMessage(data);
    if (message === null) return;
    if ('ok' in message) pending.settle(message);
    else deliver(message);
  }

  function deliver(envelope: EventEnvelope): void {
    lastSeq = envelope.seq;
    // An event this build does not know still counts in the sequence; only its content is nobody's.
    if (isEventName(envelope.event)) events.tell([envelope as SequencedEvent]);
  }

  function request(command: CommandName, payload: unknown): Promise<ResponseEnvelope> {
    const target = socket;
    const { requestId, answer } = pending.open();
    if (target === null) {
      pending.settle(
        errorResponse(requestId, {
          code: 'unavailable',
          message: 'The host is not reachable. Skillward keeps trying.',
        }),
      );
      return answer;
    }
    target.send(JSON.stringify({ v: CONTRACT_VERSION, requestId, command, payload }));
    return answer;
  }

  const commands = Object.fromEntries(
    commandNames.map((name) => [
      name,
      (payload: unknown) =>
        state.kind === 'live'
          ? request(name, payload)
          : Promise.resolve(
              errorResponse(null, {
                code: 'unavailable',
                message: 'The host is not reachable. Skillward keeps trying.',
              }),
            ),
    ]),
  ) as unknown as Bridge['commands'];

  open();
  return {
    hostKind: 'headless',
    commands,
    onEvents: events.add,
    connection: () => state,
    onConnection: states.add,
    reconnect: () => {
      if (state.kind === 'lost' || state.kind === 'unauthorized') {
        retryMs = FIRST_RETRY_MS;
        become({ kind: 'connecting' });
        open();
      }
    },
  };
}
