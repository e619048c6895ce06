/** Events that wait for the broker at most, and their bytes. What is older goes: whoever follows takes a snapshot. */
export const MOST_PENDING = 5000;
const MOST_PENDING_BYTES = 16 * 1_048_576;
/** The most one batch holds (shared/contract/fleet-wire.ts). */
const MOST_IN_BATCH = 5000;

/** An event as JSON, with its length. */
export interface Parcel {
  readonly text: string;
  readonly bytes: number;
}

export interface OutgoingBatch {
  /** Number of the first event; the others follow without a hole. */
  readonly from: number;
  readonly parcels: readonly Parcel[];
}

/**
 * Numbers what leaves this host and holds it until the broker has it. A number is given when an event comes in, so that
 * one that was given up leaves a hole everybody sees.
 */
export class Outbox {
  #pending: Parcel[] = [];
  #pendingBytes = 0;
  #underway: OutgoingBatch | null = null;
  /** Number of the newest event. */
  #last = 0;
  #published = 0;
  #dropped = 0;
  readonly #mostEventBytes: number;

  /** `mostEventBytes`: a longer event could travel in no batch and is given up at once. */
  constructor(mostEventBytes: number) {
    this.#mostEventBytes = mostEventBytes;
  }

  get last(): number {
    return this.#last;
  }

  get published(): number {
    return this.#published;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** How many wait, the batch under way not counted. */
  get pending(): number {
    return this.#pending.length;
  }

  put(parcel: Parcel): void {
    this.#last += 1;
    if (parcel.bytes > this.#mostEventBytes) {
      // A hole in the middle would end a batch early; what waits before it is given up with it, and a snapshot covers all.
      this.#giveUp(this.#pending.length);
      this.#dropped += 1;
      return;
    }
    this.#pending.push(parcel);
    this.#pendingBytes += parcel.bytes;
    let over = 0;
    let bytes = this.#pendingBytes;
    while (this.#pending.length - over > MOST_PENDING || bytes > MOST_PENDING_BYTES) {
      bytes -= this.#pending[over]?.bytes ?? 0;
      over += 1;
    }
    // In larger steps than one by one: the list is moved each time.
    if (over > 0) this.#giveUp(Math.min(this.#pending.length, Math.max(over, MOST_PENDING / 50)));
  }

  /** The next batch of at most `mostBytes` of events, or the one that was not confirmed; null when nothing waits. */
  take(mostBytes: number): OutgoingBatch | null {
    if (this.#underway !== null) return this.#underway;
    if (this.#pending.length === 0) return null;
    let count = 0;
    let bytes = 0;
    for (const parcel of this.#pending) {
      if (count > 0 && (bytes + parcel.bytes > mostBytes || count >= MOST_IN_BATCH)) break;
      count += 1;
      bytes += parcel.bytes;
    }
    const from = this.#last - this.#pending.length + 1;
    this.#underway = { from, parcels: this.#pending.splice(0, count) };
    this.#pendingBytes -= bytes;
    return this.#underway;
  }

  /** The batch under way is with the broker. */
  confirm(): void {
    this.#published += this.#underway?.parcels.length ?? 0;
    this.#underway = null;
  }

  /** The batch under way will never be taken: too large for this broker. */
  refuse(): void {
    this.#dropped += this.#underway?.parcels.length ?? 0;
    this.#underway = null;
  }

  /** Everything that waits goes, and a number with it: a hole for whoever followed, although nothing came in. */
  skip(): void {
    this.#giveUp(this.#pending.length);
    this.refuse();
    this.#last += 1;
  }

  #giveUp(count: number): void {
    for (const { bytes } of this.#pending.splice(0, count)) this.#pendingBytes -= bytes;
    this.#dropped += count;
  }
}
