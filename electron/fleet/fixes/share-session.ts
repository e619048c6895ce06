import type { KvWatchEntry } from '@nats-io/kv';
import type { NatsConnection, QueuedIterator } from '@nats-io/transport-node';
import type { Clock, Timer } from '../../core/supervision/clock.ts';
import type { BucketEntry, FixBook } from './fix-book.ts';
import { FixBucket, type Held, readEntry } from './fix-bucket.ts';
import { type ShareTrouble, shareTrouble } from './trouble.ts';

/** Entries taken over at once: one write to the disk, then others have their turn. */
const BATCH = 20;
/** Others may write the same fix again and again; then it is tried once more later. */
const MAX_ATTEMPTS = 20;
/** How often the bucket is looked after, ms. */
const LOOK_MS = 60_000;

export interface ShareSessionPorts {
  readonly clock: Clock;
  readonly book: FixBook;
  /** Everything the bucket holds is known, and this host's part of it is on its way. */
  onComplete(): void;
  onDropped(count: number): void;
  /** Null: it has passed. */
  onTrouble(trouble: ShareTrouble | null): void;
}

/**
 * The exchange of fixes over one connection. It begins with everything the bucket holds: what this host's part is not as
 * it should be in is written, so nothing has to be remembered of the time without a broker.
 */
export class ShareSession {
  readonly #ports: ShareSessionPorts;
  readonly #wanted = new Set<string>();
  #bucket: FixBucket | null = null;
  #watch: QueuedIterator<KvWatchEntry> | null = null;
  #complete = false;
  #look: Timer | null = null;
  #writing = false;
  #over = false;
  #fail: (error: unknown) => void = () => undefined;

  constructor(ports: ShareSessionPorts) {
    this.#ports = ports;
  }

  /** Goes on until `stop`, or throws what ended it. */
  async run(connection: NatsConnection): Promise<void> {
    const failed = new Promise<never>((_resolve, reject) => {
      this.#fail = reject;
    });
    failed.catch(() => undefined);
    try {
      const bucket = await FixBucket.open(connection);
      this.#bucket = bucket;
      await this.#ports.book.prepare();
      if (this.#over) return;
      await Promise.race([this.#follow(bucket), failed]);
    } finally {
      this.stop();
    }
  }

  /** Something this host says about a fix has changed. */
  touch(key: string): void {
    if (this.#over) return;
    this.#wanted.add(key);
    void this.#write();
  }

  /** Tries again what the broker had no room for. */
  resume(): void {
    void this.#write();
  }

  stop(): void {
    this.#over = true;
    this.#look?.cancel();
    this.#watch?.stop();
    this.#wanted.clear();
  }

  async #follow(bucket: FixBucket): Promise<void> {
    const watch = await bucket.watch();
    this.#watch = watch;
    if (this.#over) watch.stop();
    const seen = new Set<string>();
    // Neither sign is sure: a broker also counts entries that were replaced meanwhile, and the newest may be gone.
    const { made, newest } = await bucket.state();
    if (newest === 0) this.#completed(seen);
    this.#lookLater(bucket, made);
    let batch: Held[] = [];
    for await (const entry of watch) {
      if (this.#over) return;
      batch.push(readEntry(entry));
      if (!this.#complete) seen.add(entry.key);
      const more = watch.getPending() > 0;
      const last = !this.#complete && (entry.isUpdate || entry.revision >= newest);
      if (more && !last && batch.length < BATCH) continue;
      this.#take(batch);
      batch = [];
      if (last) this.#completed(seen);
      if (more) await othersTurn();
    }
    if (!this.#over) throw new Error('the broker ended the subscription');
  }

  /** Nobody tells that a bucket was taken away and perhaps made anew: the next look finds it. */
  #lookLater(bucket: FixBucket, made: string): void {
    this.#look = this.#ports.clock.after(LOOK_MS, () => {
      bucket
        .state()
        .then((now) => {
          if (this.#over) return;
          if (now.made !== made) throw new Error('the bucket was taken away and made anew');
          this.#lookLater(bucket, made);
        })
        .catch((error: unknown) => this.#fail(error));
    });
  }

  #take(batch: readonly Held[]): void {
    const entries = batch.flatMap(({ key, kind, fix }): BucketEntry[] => {
      if (kind === 'erased') return [{ key, fix: null }];
      return fix === null ? [] : [{ key, fix }];
    });
    const dropped = batch.reduce((sum, held) => sum + held.dropped, 0);
    if (dropped > 0) this.#ports.onDropped(dropped);
    // What cannot be read is in nobody's way: what this host says is put in its place.
    const spoiled = batch
      .filter(({ kind, dropped: wrong }) => kind !== 'newer' && wrong > 0)
      .map(({ key }) => key);
    const known = new Set(spoiled.length === 0 ? [] : this.#ports.book.keys());
    for (const key of spoiled) if (known.has(key)) this.#wanted.add(key);
    for (const key of this.#ports.book.take(entries)) this.#wanted.add(key);
    void this.#write();
  }

  #completed(seen: ReadonlySet<string>): void {
    this.#complete = true;
    for (const key of this.#ports.book.keys()) if (!seen.has(key)) this.#wanted.add(key);
    void this.#write();
    this.#ports.onComplete();
  }

  async #write(): Promise<void> {
    const bucket = this.#bucket;
    if (this.#writing || !this.#complete || bucket === null) return;
    this.#writing = true;
    let current = '';
    try {
      for (const key of this.#wanted) {
        if (this.#over) return;
        current = key;
        this.#wanted.delete(key);
        if (await this.#writeOne(bucket, key)) this.#ports.onTrouble(null);
      }
    } catch (error) {
      const trouble = shareTrouble(error);
      if (!trouble.full) return this.#fail(error);
      // Without room it waits; what others say is still heard.
      this.#wanted.add(current);
      this.#ports.onTrouble(trouble);
    } finally {
      this.#writing = false;
    }
  }

  /** Whether something was written. */
  async #writeOne(bucket: FixBucket, key: string): Promise<boolean> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS && !this.#over; attempt += 1) {
      const { fix, kind, revision } = await bucket.get(key);
      if (kind === 'newer' || this.#over) return false;
      const out = this.#ports.book.outgoing(key, fix, kind === 'erased');
      if (out.kind === 'nothing') return false;
      const written =
        out.kind === 'put' ? await bucket.put(key, out.fix, revision) : await bucket.erase(key, revision);
      if (written) return true;
    }
    return false;
  }
}

function othersTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
