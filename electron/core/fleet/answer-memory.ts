import type { ResponseEnvelope } from '../../../shared/contract/index.ts';

/** How long an answer is remembered: longer than anybody repeats a request, ms. */
export const REMEMBERED_MS = 600_000;
/** How many are, over all who ask. */
export const MOST_REMEMBERED = 1000;

/** Names one request: two of one asker with the same id are the same order. */
export interface RequestKey {
  readonly asker: string;
  readonly requestId: string;
  /** Of the bytes of the request: a repeat is the same to the byte. */
  readonly digest: string;
}

interface Remembered {
  readonly digest: string;
  readonly answer: Promise<ResponseEnvelope>;
  settledMs: number | null;
}

/** What became of a request with an id that was seen before. */
export type Seen =
  | { readonly kind: 'new' }
  /** The first answer, also when it is still to come. */
  | { readonly kind: 'repeat'; readonly answer: Promise<ResponseEnvelope> }
  /** The id stands for another request. */
  | { readonly kind: 'other' }
  /** As many orders are being carried out as are remembered: no more are taken. */
  | { readonly kind: 'full' };

/**
 * The answers to orders of the fleet, so that one that arrives twice is carried out once. Bounded: the oldest answer
 * goes first, but never that of an order still being carried out.
 */
export class AnswerMemory {
  /** In the order they came. */
  readonly #entries = new Map<string, Remembered>();

  get size(): number {
    return this.#entries.size;
  }

  look({ asker, requestId, digest }: RequestKey, nowMs: number): Seen {
    this.#forgetOld(nowMs);
    const known = this.#entries.get(keyOf(asker, requestId));
    if (known !== undefined)
      return known.digest === digest ? { kind: 'repeat', answer: known.answer } : { kind: 'other' };
    return this.#makeRoom() ? { kind: 'new' } : { kind: 'full' };
  }

  /** Remembers an order `look` found to be new. `nowMs()` is monotonic. */
  keep(
    { asker, requestId, digest }: RequestKey,
    answer: Promise<ResponseEnvelope>,
    nowMs: () => number,
  ): void {
    const entry: Remembered = { digest, answer, settledMs: null };
    this.#entries.set(keyOf(asker, requestId), entry);
    const settled = () => {
      entry.settledMs = nowMs();
    };
    answer.then(settled, settled);
  }

  #forgetOld(nowMs: number): void {
    for (const [key, { settledMs }] of this.#entries) {
      if (settledMs !== null && nowMs - settledMs >= REMEMBERED_MS) this.#entries.delete(key);
    }
  }

  #makeRoom(): boolean {
    if (this.#entries.size < MOST_REMEMBERED) return true;
    for (const [key, { settledMs }] of this.#entries) {
      if (settledMs === null) continue;
      this.#entries.delete(key);
      return true;
    }
    return false;
  }
}

/** Ids of hosts hold no line break. */
function keyOf(asker: string, requestId: string): string {
  return `${asker}\n${requestId}`;
}
