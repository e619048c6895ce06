import type { KV, KvEntry, KvWatchEntry } from '@nats-io/kv';
import type { NatsConnection, QueuedIterator } from '@nats-io/transport-node';
import { MAX_SHARED_FIX_BYTES, type SharedFix } from '../../../shared/model/shared-fix.ts';
import { encodeSharedFix, readSharedFix } from '../../core/fleet/shared-fix.ts';
import { FIX_BUCKET } from '../../core/fleet/subjects.ts';
import { nats } from '../nats.ts';
import { keyOfFix } from './fix-key.ts';

/** What the bucket may grow to, bytes. Full, it refuses what is new and keeps what it has. */
const BUCKET_BYTES = 67_108_864;
/** The largest message of the bucket, bytes: a fix and its headers. */
const MESSAGE_BYTES = MAX_SHARED_FIX_BYTES + 2048;

/** One key of the bucket as it is now. */
export interface Held {
  readonly key: string;
  /** 0: the key was never used. */
  readonly revision: number;
  /**
   * `newer`: of a later version of the program, to be left alone. `unreadable`: whatever it is, it is no fix; `dropped`
   * counts what in it was wrong.
   */
  readonly kind: 'fix' | 'none' | 'erased' | 'newer' | 'unreadable';
  readonly fix: SharedFix | null;
  readonly dropped: number;
}

/** The fleet's key-value bucket of fixes. Everything in it was written by somebody else and is read as such. */
export class FixBucket {
  readonly #kv: KV;

  private constructor(kv: KV) {
    this.#kv = kv;
  }

  /** Opens the bucket, or makes it where there is none. Throws what the broker says. */
  static async open(connection: NatsConnection): Promise<FixBucket> {
    const kvm = new (nats().kv.Kvm)(nats().jetstream.jetstream(connection));
    // Not told of direct reads, it asks whoever leads the bucket: what it answers is what a write is compared with.
    const kv = await kvm.open(FIX_BUCKET, { bindOnly: false });
    try {
      // A host need not be allowed to make buckets: one that is there is taken as it is.
      await kv.status();
    } catch (error) {
      if (!isCode(error, nats().jetstream.JetStreamApiCodes.StreamNotFound)) throw error;
      await kvm.create(FIX_BUCKET, { history: 1, max_bytes: BUCKET_BYTES, maxValueSize: MESSAGE_BYTES });
    }
    return new FixBucket(kv);
  }

  /** Every key as it is, then every change, by rising revision: the bucket keeps one value per key, which is its history. */
  watch(): Promise<QueuedIterator<KvWatchEntry>> {
    return this.#kv.watch({ include: nats().kv.KvWatchInclude.AllHistory });
  }

  /** Which bucket it is, for one that was taken away and made anew, and the revision of its newest entry (0: none). */
  async state(): Promise<{ readonly made: string; readonly newest: number }> {
    const { streamInfo, values } = await this.#kv.status();
    return { made: streamInfo.created, newest: values === 0 ? 0 : streamInfo.state.last_seq };
  }

  async get(key: string): Promise<Held> {
    const entry = await this.#kv.get(key);
    return entry === null ? { key, revision: 0, kind: 'none', fix: null, dropped: 0 } : readEntry(entry);
  }

  /** False when somebody else wrote meanwhile, or when the fix is too large to be kept. */
  async put(key: string, fix: SharedFix, revision: number): Promise<boolean> {
    const text = encodeSharedFix(fix);
    return text !== null && unlessChanged(this.#kv.put(key, text, { previousSeq: revision }));
  }

  /** Takes the words away and leaves a mark that they are gone. False when somebody else wrote meanwhile. */
  erase(key: string, revision: number): Promise<boolean> {
    return unlessChanged(this.#kv.purge(key, { previousSeq: revision }));
  }
}

export function readEntry(entry: KvEntry): Held {
  const { key, revision } = entry;
  const nothing = { key, revision, fix: null, dropped: 0 };
  if (entry.operation !== 'PUT') return { ...nothing, kind: 'erased' };
  if (entry.value.byteLength > MAX_SHARED_FIX_BYTES) return { ...nothing, kind: 'unreadable', dropped: 1 };
  const read = readSharedFix(new TextDecoder().decode(entry.value));
  if (read.kind === 'newer') return { ...nothing, kind: 'newer' };
  // Under another fix's key it would take that fix's place.
  if (read.kind === 'unreadable' || keyOfFix(read.fix) !== key)
    return { ...nothing, kind: 'unreadable', dropped: 1 };
  return { key, revision, kind: 'fix', fix: read.fix, dropped: read.dropped };
}

/** Whether the broker answered with this code of its interface. */
function isCode(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof nats().jetstream.JetStreamApiError && codes.includes(error.code);
}

async function unlessChanged(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    const { StreamWrongLastSequence, StreamWrongLastSequenceUnknown } = nats().jetstream.JetStreamApiCodes;
    if (isCode(error, StreamWrongLastSequence, StreamWrongLastSequenceUnknown)) return false;
    throw error;
  }
}
