/** A short peak is not a leak: so many samples in a row must be over the limit. */
const samplesOverLimit = 3;
/** Less than this is not worth telling, bytes. */
const noticeableBytes = 1_048_576;

export interface MemoryVerdict {
  /** The figure moved enough to be shown anew. */
  readonly changed: boolean;
  /** Why the run has to end, in words; null as long as it need not. */
  readonly overLimit: string | null;
}

/** Follows the memory of one process tree and says when it has been over its limit for too long. */
export class MemoryWatch {
  #samplesOver = 0;
  #bytes: number | null = null;

  /** Of the tree at the last look worth telling, bytes. */
  get bytes(): number | null {
    return this.#bytes;
  }

  /** A new run begins. */
  reset(): void {
    this.#samplesOver = 0;
    this.#bytes = null;
  }

  /** @param limitBytes as in force now; null for none */
  note(bytes: number, limitBytes: number | null): MemoryVerdict {
    const changed = this.#bytes === null || Math.abs(bytes - this.#bytes) >= noticeableBytes;
    if (changed) this.#bytes = bytes;
    if (limitBytes === null || bytes <= limitBytes) {
      this.#samplesOver = 0;
      return { changed, overLimit: null };
    }
    this.#samplesOver += 1;
    if (this.#samplesOver !== samplesOverLimit) return { changed, overLimit: null };
    return {
      changed,
      overLimit: `it uses ${inMebibytes(bytes)} MiB with everything it started, the limit is ${inMebibytes(limitBytes)} MiB`,
    };
  }
}

function inMebibytes(bytes: number): number {
  return Math.round(bytes / 1_048_576);
}
