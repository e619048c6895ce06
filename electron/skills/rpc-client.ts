import type { CauseKind } from '../../shared/model/health.ts';
import type { Clock, Timer } from '../core/supervision/clock.ts';
import {
  encodeNotification,
  encodeReply,
  encodeRequest,
  type RpcCall,
  type RpcPeerReply,
  readMessage,
} from './rpc-wire.ts';

/** What may wait in memory for a skill that does not read its input, bytes. */
export const maxQueuedBytes = 262_144;

/** Why nothing can be asked any more. */
export interface RpcClosed {
  readonly reason: string;
  readonly cause: CauseKind;
}

/** What came of one request. Trouble is an answer too: a request never rejects. */
export type RpcReply =
  | { readonly kind: 'result'; readonly result: unknown; readonly latencyMs: number }
  | {
      readonly kind: 'error';
      readonly code: number;
      readonly message: string;
      readonly data: unknown;
      readonly latencyMs: number;
    }
  | { readonly kind: 'timeout'; readonly waitedMs: number }
  | ({ readonly kind: 'gone' } & RpcClosed);

export interface RpcPorts {
  readonly clock: Clock;
  /** Bytes written and not yet taken by the skill. */
  readonly queuedBytes: () => number;
  /** False when the skill's input is closed. */
  readonly write: (line: string) => boolean;
  /** Lets the event loop read what has arrived before a deadline is judged: an answer in the pipe is an answer in time. */
  readonly afterPendingInput: (run: () => void) => void;
  readonly onNotification: (method: string, params: unknown) => void;
  /** The answer to a request of the skill, or null where the dialect has none. */
  readonly answerPeer: (method: string, params: unknown) => RpcPeerReply | null;
}

interface Waiting {
  readonly sentAtMs: number;
  readonly timer: Timer;
  readonly settle: (reply: RpcReply) => void;
}

/** What a received message turned out to be: only `stray` and `foreign` are worth counting. */
export type Received = 'answer' | 'notification' | 'request' | 'stray' | 'foreign';

/** JSON-RPC 2.0 with many requests in flight; answers may come in any order, late, twice or never. */
export class RpcClient {
  readonly #ports: RpcPorts;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #closed: RpcClosed | null = null;

  constructor(ports: RpcPorts) {
    this.#ports = ports;
  }

  get inFlight(): number {
    return this.#waiting.size;
  }

  /** @param timeoutMs from the moment of sending, 1 and up */
  request(call: RpcCall, timeoutMs: number): Promise<RpcReply> {
    const id = this.#nextId;
    this.#nextId += 1;
    const refused = this.#send(encodeRequest(call, id));
    if (refused !== null) return Promise.resolve({ kind: 'gone', ...refused });
    const sentAtMs = this.#ports.clock.monotonicMs();
    return new Promise((settle) => {
      const timer = this.#ports.clock.after(timeoutMs, () =>
        this.#ports.afterPendingInput(() => this.#expire(id)),
      );
      this.#waiting.set(id, { sentAtMs, timer, settle });
    });
  }

  /** Best effort: a notification has no answer to miss. */
  notify(call: RpcCall): void {
    this.#send(encodeNotification(call));
  }

  receive(value: Readonly<Record<string, unknown>>): Received {
    const message = readMessage(value);
    switch (message.kind) {
      case 'foreign':
        return 'foreign';
      case 'notification':
        this.#ports.onNotification(message.method, message.params);
        return 'notification';
      case 'request':
        return this.#answer(message.id, message.method, message.params);
      case 'result':
        return this.#settle(message.id, (latencyMs) => ({
          kind: 'result',
          result: message.result,
          latencyMs,
        }));
      case 'error':
        return this.#settle(message.id, (latencyMs) => ({
          kind: 'error',
          code: message.code,
          message: message.message,
          data: message.data,
          latencyMs,
        }));
    }
  }

  /** Ends every request in flight, and every later one, with the same words. The first call decides. */
  close(closed: RpcClosed): void {
    this.#closed ??= closed;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { timer, settle } of waiting) {
      timer.cancel();
      settle({ kind: 'gone', ...this.#closed });
    }
  }

  #send(line: string): RpcClosed | null {
    if (this.#closed !== null) return this.#closed;
    const queued = this.#ports.queuedBytes();
    // One message of any size may be under way; what is capped is a queue nobody reads.
    if (queued > 0 && queued + line.length > maxQueuedBytes) {
      return { reason: `does not read its input: ${queued} bytes are waiting`, cause: 'hang' };
    }
    return this.#ports.write(line) ? null : { reason: 'closed its standard input', cause: 'protocol' };
  }

  #settle(id: unknown, reply: (latencyMs: number) => RpcReply): Received {
    // Only a number is ours: `"1"` is not the answer to 1.
    const waiting = typeof id === 'number' ? this.#waiting.get(id) : undefined;
    if (waiting === undefined || typeof id !== 'number') return 'stray';
    this.#waiting.delete(id);
    waiting.timer.cancel();
    waiting.settle(reply(this.#ports.clock.monotonicMs() - waiting.sentAtMs));
    return 'answer';
  }

  #expire(id: number): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    waiting.settle({ kind: 'timeout', waitedMs: this.#ports.clock.monotonicMs() - waiting.sentAtMs });
  }

  #answer(id: string | number, method: string, params: unknown): Received {
    const reply = this.#ports.answerPeer(method, params);
    if (reply === null) return 'stray';
    this.#send(encodeReply(id, reply));
    return 'request';
  }
}
