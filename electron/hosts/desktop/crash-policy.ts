/** A second crash within this time is no accident any more, ms. */
export const CRASH_AGAIN_MS = 60_000;

/** Decides what a crash of the page calls for: loading it again, or, the second time within a minute, a person. */
export class CrashPolicy {
  #lastMs = Number.NEGATIVE_INFINITY;

  /** `nowMs` on the monotonic clock. */
  crashed(nowMs: number): 'reload' | 'ask' {
    const again = nowMs - this.#lastMs < CRASH_AGAIN_MS;
    this.#lastMs = nowMs;
    return again ? 'ask' : 'reload';
  }
}
