import {
  CONTRACT_VERSION,
  errorResponse,
  MAX_REQUEST_BYTES,
  okResponse,
  type ResponseEnvelope,
  type SequencedEvent,
} from '../../shared/contract/index.ts';
import { type CallContext, type Dispatcher, parsePayload, readRequest } from './dispatcher.ts';
import type { EventHub } from './event-hub.ts';

/** One connection may have this many requests waiting for their answer; more are refused, not queued without end. */
const MAX_IN_FLIGHT = 256;

export interface SessionPorts {
  readonly dispatcher: Pick<Dispatcher, 'dispatch'>;
  readonly hub: EventHub;
  readonly context: CallContext;
  /** Sends one envelope as one line or frame. */
  send(text: string): void;
}

/** What a connection does, whatever carries it: control socket and WebSocket speak through the same session. */
export class Session {
  readonly #ports: SessionPorts;
  #inFlight = 0;
  #unsubscribe: (() => void) | null = null;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  /** Reads one line or frame and answers it. Resolves when the answer has been handed to `send`. */
  async receive(text: string): Promise<void> {
    if (text.length > MAX_REQUEST_BYTES) {
      this.#answer(tooLarge());
      return;
    }
    const message = parseJson(text);
    if (message === undefined) {
      this.#answer(
        errorResponse(null, {
          code: 'invalid_envelope',
          message: 'Not JSON: one request per line, complete.',
        }),
      );
      return;
    }
    const request = readRequest(message);
    if (request.ok && request.command === 'events.subscribe') {
      this.#subscribe(request.requestId, request.payload);
      return;
    }
    if (this.#inFlight >= MAX_IN_FLIGHT) {
      const requestId = request.ok ? request.requestId : null;
      this.#answer(
        errorResponse(requestId, {
          code: 'unavailable',
          message: `More than ${MAX_IN_FLIGHT} requests are waiting on this connection. Wait for answers first.`,
        }),
      );
      return;
    }
    this.#inFlight += 1;
    try {
      this.#answer(await this.#ports.dispatcher.dispatch(message, this.#ports.context));
    } finally {
      this.#inFlight -= 1;
    }
  }

  /** Ends the event stream. Answers still on their way are dropped by the closed connection. */
  close(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
  }

  #subscribe(requestId: string, payload: unknown): void {
    const { hub } = this.#ports;
    let since: number | undefined;
    try {
      since = parsePayload('events.subscribe', payload).since;
    } catch (error) {
      const message = error instanceof Error ? error.message : 'events.subscribe: wrong payload';
      this.#answer(errorResponse(requestId, { code: 'invalid_payload', message }));
      return;
    }
    const past = since === undefined ? { events: [], complete: true } : hub.since(since);
    if (since === undefined) hub.flush();
    this.#answer(okResponse(requestId, { seq: hub.seq, complete: past.complete }));
    this.#sendEvents(past.events);
    this.#unsubscribe ??= hub.subscribe((batch) => this.#sendEvents(batch));
  }

  #sendEvents(batch: readonly SequencedEvent[]): void {
    for (const event of batch) this.#ports.send(JSON.stringify(event));
  }

  #answer(response: ResponseEnvelope): void {
    this.#ports.send(JSON.stringify(response));
  }
}

/** What an over-long request is answered with before its connection is closed. */
export function tooLarge(): ResponseEnvelope {
  return {
    ...errorResponse(null, {
      code: 'invalid_envelope',
      message: `A request is at most ${MAX_REQUEST_BYTES} bytes. The connection is closed.`,
    }),
    v: CONTRACT_VERSION,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
