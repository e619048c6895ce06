/** A timer that can be taken back. Cancelling one that has fired, or twice, does nothing. */
export interface Timer {
  cancel(): void;
}

/**
 * Time as a parameter. Wall time (`nowMs`, epoch milliseconds) is for showing and storing;
 * every interval is measured with `monotonicMs`, which a changed system clock cannot move.
 */
export interface Clock {
  nowMs(): number;
  monotonicMs(): number;
  /** Calls `run` once, `delayMs` (0 and up) from now. */
  after(delayMs: number, run: () => void): Timer;
}
