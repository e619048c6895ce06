import type { EventBatch } from '../../../shared/contract/fleet-wire.ts';

/** What is kept while a snapshot is on its way, per followed host: events and bytes as they travelled. */
const MAX_BUFFERED_EVENTS = 5000;
const MAX_BUFFERED_BYTES = 4_194_304;
/** Boots remembered as over, and boots seen that a snapshot has not judged yet. */
const MAX_BOOTS = 16;

/** An event whose turn it is. */
export interface PassedEvent {
  readonly boot: string;
  readonly seq: number;
  readonly event: string;
  readonly payload: unknown;
}

/** What follows from something that arrived: events to pass on, and whether everybody needs a new snapshot now. */
export interface FollowStep {
  readonly pass: readonly PassedEvent[];
  readonly lost: boolean;
}

/** What was known when a snapshot was asked for: whoever was seen before then and does not answer is over. */
export interface SnapshotMark {
  readonly boots: readonly string[];
}

const nothing: FollowStep = { pass: [], lost: false };
const lost: FollowStep = { pass: [], lost: true };

/**
 * Keeps one followed host's events in step: those whose turn it is pass, duplicates fall away, and a hole, another start of
 * the host or a silent loss at the end says `lost` once; then events wait, within bounds, for the next snapshot.
 *
 * Whatever is lost, repeated or comes late or in another order: once nothing more arrives but the host's reports, and
 * whoever is told `lost` takes a snapshot, what was passed since the last snapshot leads to the host's present state. What
 * has a number that was passed before is passed for somebody else: leave it out.
 */
export class Follower {
  #at: { readonly boot: string; readonly seq: number } | null = null;
  #waiting: { readonly batch: EventBatch; readonly bytes: number }[] = [];
  #waitingEvents = 0;
  #waitingBytes = 0;
  /** Boots a snapshot has shown to be over: what still arrives of them is old. */
  #over: string[] = [];
  #seen: string[] = [];
  /** What has passed since a snapshot was asked for, which whoever asked needs too; null while none is asked for. */
  #sinceAsked: PassedEvent[] | null = null;
  /** What the host said its newest number is when we had not got so far. */
  #owed: number | null = null;

  /** Up to where events have passed; null while a snapshot is needed. */
  get at(): { readonly boot: string; readonly seq: number } | null {
    return this.#at;
  }

  /** A batch as it arrived, and how long it was, bytes. */
  batch(batch: EventBatch, bytes: number): FollowStep {
    const { boot, from, events } = batch;
    if (this.#over.includes(boot)) return nothing;
    this.#see(boot);
    if (this.#at === null) {
      this.#wait(batch, bytes);
      return nothing;
    }
    const next = this.#at.seq + 1;
    const last = from + events.length - 1;
    if (boot === this.#at.boot && last < next) return nothing;
    if (boot !== this.#at.boot || from > next) {
      this.#lose();
      this.#wait(batch, bytes);
      return lost;
    }
    this.#at = { boot, seq: last };
    const pass = events.slice(next - from).map((event, index) => ({ boot, seq: next + index, ...event }));
    if (this.#sinceAsked !== null)
      this.#sinceAsked = [...this.#sinceAsked, ...pass].slice(-MAX_BUFFERED_EVENTS);
    return { pass, lost: false };
  }

  /** The newest number the host says it has given. Events take their way: only what is still missing at a later report is lost. */
  reported(boot: string, seq: number): FollowStep {
    if (this.#over.includes(boot)) return nothing;
    this.#see(boot);
    if (this.#at === null) return nothing;
    if (boot !== this.#at.boot) return this.missed();
    const { seq: here } = this.#at;
    if (this.#owed !== null && here < this.#owed) return this.missed();
    this.#owed = seq > here ? seq : null;
    return nothing;
  }

  /** Events may have passed by unseen. */
  missed(): FollowStep {
    if (this.#at === null) return nothing;
    this.#lose();
    return lost;
  }

  /** A snapshot is about to be asked for: one at a time. Every later call forgets the former one. */
  ask(): SnapshotMark {
    this.#sinceAsked = [];
    return { boots: [...this.#seen] };
  }

  /** The snapshot that was asked for, `seq` being the last number in it. Null: it is of a start that is already over. */
  snapshot(mark: SnapshotMark, boot: string, seq: number): FollowStep | null {
    const meanwhile = this.#sinceAsked ?? [];
    this.#sinceAsked = null;
    if (this.#over.includes(boot)) return null;
    for (const other of mark.boots) if (other !== boot) this.#end(other);
    const before = this.#at;
    // Somebody else is in step already: what has passed them meanwhile passes again, for whoever has only the snapshot.
    if (before?.boot === boot)
      return { pass: meanwhile.filter((event) => event.boot === boot && event.seq > seq), lost: false };
    if (before !== null) this.#end(before.boot);
    this.#at = { boot, seq };
    this.#owed = null;
    this.#see(boot);
    const step = this.#replay();
    return before === null ? step : { pass: step.pass, lost: true };
  }

  #replay(): FollowStep {
    const waiting = this.#waiting;
    this.#forgetWaiting();
    const pass: PassedEvent[] = [];
    let isLost = false;
    for (const { batch, bytes } of waiting) {
      const step = this.batch(batch, bytes);
      pass.push(...step.pass);
      isLost ||= step.lost;
    }
    return { pass, lost: isLost };
  }

  #wait(batch: EventBatch, bytes: number): void {
    this.#waiting.push({ batch, bytes });
    this.#waitingEvents += batch.events.length;
    this.#waitingBytes += bytes;
    // The oldest go: the snapshot to come is newer than they are.
    while (this.#waitingEvents > MAX_BUFFERED_EVENTS || this.#waitingBytes > MAX_BUFFERED_BYTES) {
      const oldest = this.#waiting.shift();
      if (oldest === undefined) break;
      this.#waitingEvents -= oldest.batch.events.length;
      this.#waitingBytes -= oldest.bytes;
    }
  }

  #forgetWaiting(): void {
    this.#waiting = [];
    this.#waitingEvents = 0;
    this.#waitingBytes = 0;
  }

  #lose(): void {
    this.#at = null;
    this.#owed = null;
  }

  #see(boot: string): void {
    if (!this.#seen.includes(boot)) this.#seen = [...this.#seen, boot].slice(-MAX_BOOTS);
  }

  #end(boot: string): void {
    this.#seen = this.#seen.filter((seen) => seen !== boot);
    if (!this.#over.includes(boot)) this.#over = [...this.#over, boot].slice(-MAX_BOOTS);
  }
}
