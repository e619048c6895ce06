import {
  CONTRACT_VERSION,
  type EventName,
  type EventPayload,
  type HostEvent,
  type SequencedEvent,
} from '../../shared/contract/index.ts';
import type { Clock, Timer } from '../core/supervision/clock.ts';

/** At most ten batches a second leave the host (DESIGN.md section 6). */
const BATCH_GAP_MS = 100;
/** How much of the past a reconnecting subscriber can ask for: events, log events weighing one per line. */
const KEPT_WEIGHT = 10_000;

export type EventListener = (batch: readonly SequencedEvent[]) => void;

/**
 * Numbers the events of the host, joins what is superseded within a batch, and keeps the recent past.
 *
 * A number is given when a batch leaves, after joining: so numbers have no holes and a subscriber that
 * misses one has really missed something.
 */
export class EventHub {
  readonly #clock: Clock;
  readonly #onSubscribed: () => void;
  readonly #listeners = new Set<EventListener>();
  /** Those of them that show nothing to anybody. */
  readonly #counters = new Set<EventListener>();
  readonly #pending = new Map<string, HostEvent>();
  #kept: SequencedEvent[] = [];
  #keptWeight = 0;
  #seq = 0;
  #unkeyed = 0;
  #lastFlushMs = Number.NEGATIVE_INFINITY;
  #timer: Timer | null = null;

  /** @param onSubscribed called when somebody begins to look, or to count */
  constructor(clock: Clock, onSubscribed: () => void = () => {}) {
    this.#clock = clock;
    this.#onSubscribed = onSubscribed;
  }

  /** The number of the newest event that has left. */
  get seq(): number {
    return this.#seq;
  }

  /** True when somebody looks: costly extras (log lines) are only made then. */
  get hasListeners(): boolean {
    return this.#listeners.size > this.#counters.size;
  }

  /** True when somebody counts or passes on what happens, such as metrics. */
  get hasCounters(): boolean {
    return this.#counters.size > 0;
  }

  /** Hands an event in. With a `key`, a later one of the same event and key replaces it inside the batch. */
  publish<Name extends EventName>(event: Name, payload: EventPayload<Name>, key?: string): void {
    const slot = key === undefined ? `#${++this.#unkeyed}` : `${event}:${key}`;
    this.#pending.delete(slot);
    this.#pending.set(slot, { event, payload } as HostEvent);
    if (this.#timer !== null) return;
    const waitMs = Math.max(0, this.#lastFlushMs + BATCH_GAP_MS - this.#clock.monotonicMs());
    this.#timer = this.#clock.after(waitMs, () => this.flush());
  }

  /** Sends what is pending now. */
  flush(): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#pending.size === 0) return;
    this.#lastFlushMs = this.#clock.monotonicMs();
    const batch: SequencedEvent[] = [];
    for (const pending of this.#pending.values()) {
      this.#seq += 1;
      batch.push({ v: CONTRACT_VERSION, seq: this.#seq, ...pending });
    }
    this.#pending.clear();
    this.#keep(batch);
    for (const listener of this.#listeners) listener(batch);
  }

  /** Calls `listener` with every later batch, until the returned function is called. */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    this.#onSubscribed();
    return () => this.#listeners.delete(listener);
  }

  /** The same for who only counts or passes on what happens anyway: no extras are made for it. */
  subscribeQuietly(listener: EventListener): () => void {
    this.#counters.add(listener);
    const end = this.subscribe(listener);
    return () => {
      end();
      this.#counters.delete(listener);
    };
  }

  /** Events after `seq`, as far as they are kept. `complete` is false when some are gone: take a new snapshot. */
  since(seq: number): { readonly events: readonly SequencedEvent[]; readonly complete: boolean } {
    this.flush();
    if (seq > this.#seq) return { events: [], complete: false };
    const oldest = this.#kept[0]?.seq ?? this.#seq + 1;
    return { events: this.#kept.filter((event) => event.seq > seq), complete: seq >= oldest - 1 };
  }

  #keep(batch: readonly SequencedEvent[]): void {
    this.#kept.push(...batch);
    for (const event of batch) this.#keptWeight += weightOf(event);
    let drop = 0;
    while (this.#keptWeight > KEPT_WEIGHT && drop < this.#kept.length) {
      const oldest = this.#kept[drop];
      if (oldest !== undefined) this.#keptWeight -= weightOf(oldest);
      drop += 1;
    }
    if (drop > 0) this.#kept = this.#kept.slice(drop);
  }
}

function weightOf(event: HostEvent): number {
  return event.event === 'log.appended' ? 1 + event.payload.lines.length : 1;
}
