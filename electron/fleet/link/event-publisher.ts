import type { NatsConnection } from '@nats-io/transport-node';
import { FLEET_VERSION, MAX_BATCH_BYTES } from '../../../shared/contract/fleet-wire.ts';
import type { SequencedEvent } from '../../../shared/contract/index.ts';
import type { OutgoingBatch } from '../../core/fleet/outbox.ts';
import { Outbox } from '../../core/fleet/outbox.ts';
import { EVENT_STREAM, subjectOf } from '../../core/fleet/subjects.ts';
import { eventForFleet } from '../../core/fleet/what-leaves.ts';
import type { Clock, Timer } from '../../core/supervision/clock.ts';
import { isDenied, nobodyListens } from '../causes.ts';
import { nats } from '../nats.ts';

/** What stands around the events of a batch, bytes at most. */
const FRAME_BYTES = 400;
const ACK_TIMEOUT_MS = 5000;
/** After a batch that was not taken, until it is tried again, ms. */
const TRY_AGAIN_MS = 2000;

export interface PublisherPorts {
  readonly clock: Clock;
  readonly hostId: string;
  readonly boot: string;
  /** What keeps events from being taken, in one sentence; null: they are. */
  onProblem(problem: string | null): void;
  /** Nobody took a batch: the stream may be gone, or JetStream. */
  streamGone(): void;
  report(message: string, error: unknown): void;
}

interface Attached {
  readonly connection: NatsConnection;
  readonly keeps: boolean;
  readonly mostBytes: number;
}

/**
 * Hands this host's events to the broker, one batch after the other: the next one leaves when the broker has the one
 * before, so a slow broker makes batches larger and never the memory. What was not confirmed is sent again under the
 * same id, of which the broker drops the second.
 */
export class EventPublisher {
  readonly #ports: PublisherPorts;
  readonly #outbox = new Outbox(MAX_BATCH_BYTES - FRAME_BYTES);
  #attached: Attached | null = null;
  #sending = false;
  #retry: Timer | null = null;

  constructor(ports: PublisherPorts) {
    this.#ports = ports;
  }

  /** Number of the newest event, in the fleet's numbering. */
  get seq(): number {
    return this.#outbox.last;
  }

  get counts(): { readonly published: number; readonly dropped: number } {
    return { published: this.#outbox.published, dropped: this.#outbox.dropped };
  }

  put(batch: readonly SequencedEvent[]): void {
    for (const event of batch) {
      const leaving = eventForFleet(event);
      if (leaving === null) continue;
      const text = JSON.stringify(leaving);
      this.#outbox.put({ text, bytes: Buffer.byteLength(text) + 1 });
    }
    this.#wake();
  }

  /** This host was in no fleet for a while: whoever followed it has missed something. */
  missed(): void {
    this.#outbox.skip();
  }

  attach(connection: NatsConnection, keeps: boolean): void {
    const mostPayload = connection.info?.max_payload ?? MAX_BATCH_BYTES;
    this.#attached = {
      connection,
      keeps,
      mostBytes: Math.max(FRAME_BYTES, Math.min(MAX_BATCH_BYTES, mostPayload) - FRAME_BYTES),
    };
    this.#wake();
  }

  detach(): void {
    this.#attached = null;
    this.#retry?.cancel();
    this.#retry = null;
  }

  #wake(): void {
    if (this.#sending || this.#attached === null || this.#retry !== null) return;
    this.#sending = true;
    this.#sendAll().then(
      () => this.#rest(),
      (error: unknown) => {
        this.#ports.report('fleet: events could not be handed over', error);
        this.#rest();
      },
    );
  }

  #rest(): void {
    this.#sending = false;
    // One connection may have followed another meanwhile.
    if (this.#attached !== null && this.#outbox.pending > 0) this.#wake();
  }

  async #sendAll(): Promise<void> {
    for (let to = this.#attached; to !== null; to = this.#attached) {
      const batch = this.#outbox.take(to.mostBytes);
      if (batch === null) return;
      const problem = await this.#send(batch, to);
      if (problem === null) {
        this.#outbox.confirm();
        this.#ports.onProblem(null);
      } else if (problem === 'too-large') {
        this.#outbox.refuse();
      } else {
        if (this.#attached !== to) continue;
        if (problem === STREAM_GONE || problem === UNCONFIRMED) this.#ports.streamGone();
        this.#ports.onProblem(problem);
        this.#retry = this.#ports.clock.after(TRY_AGAIN_MS, () => {
          this.#retry = null;
          this.#wake();
        });
        return;
      }
    }
  }

  /** Null when the broker has it. */
  async #send(batch: OutgoingBatch, { connection, keeps }: Attached): Promise<string | null> {
    const { boot, clock, hostId } = this.#ports;
    const head = { v: FLEET_VERSION, hostId, boot, from: batch.from, at: clock.nowMs() };
    const events = batch.parcels.map(({ text }) => text).join(',');
    const payload = `${JSON.stringify(head).slice(0, -1)},"events":[${events}]}`;
    const subject = subjectOf(hostId, 'events');
    try {
      if (keeps) {
        const msgID = `${hostId}:${boot}:${batch.from}`;
        await nats()
          .jetstream.jetstream(connection)
          .publish(subject, payload, { msgID, timeout: ACK_TIMEOUT_MS });
      } else {
        connection.publish(subject, payload);
        await connection.flush();
      }
      return null;
    } catch (error) {
      return sendProblem(error);
    }
  }
}

const UNCONFIRMED = 'The broker does not confirm events. They are kept here for a while and sent again.';
const STREAM_GONE = `The broker has no stream ${EVENT_STREAM} any more: it is made anew.`;

function sendProblem(error: unknown): string {
  if (error instanceof nats().jetstream.JetStreamApiError)
    return `The broker takes no more events: ${error.message}. Give the stream ${EVENT_STREAM} room; supervision goes on, and the oldest events are given up.`;
  if (error instanceof nats().core.errors.InvalidArgumentError && /payload/i.test(error.message))
    return 'too-large';
  if (nobodyListens(error)) return STREAM_GONE;
  if (isDenied(error))
    return 'The broker does not let this host publish its events. Ask whoever runs it for the subjects of this host (skillward fleet doctor names them).';
  return UNCONFIRMED;
}
