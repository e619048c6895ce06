/**
 * A token bucket in bytes: `perSecond` bytes a second on average, `burst` bytes at once.
 * Time comes in as monotonic ms, so a changed system clock neither stops nor floods it.
 */
export class ByteBudget {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #filledAtMs: number;

  constructor(options: { readonly perSecond: number; readonly burst: number; readonly nowMs: number }) {
    this.#perSecond = options.perSecond;
    this.#burst = options.burst;
    this.#tokens = options.burst;
    this.#filledAtMs = options.nowMs;
  }

  /** True while there is something left: one take may overdraw, so that a single large item still passes. */
  has(nowMs: number): boolean {
    const passedMs = Math.max(0, nowMs - this.#filledAtMs);
    this.#filledAtMs = nowMs;
    this.#tokens = Math.min(this.#burst, this.#tokens + (passedMs * this.#perSecond) / 1000);
    return this.#tokens > 0;
  }

  take(bytes: number): void {
    this.#tokens -= bytes;
  }
}
