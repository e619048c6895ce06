/** Points in time of the latest failures on the monotonic clock, oldest first. Immutable. */
export type FailureWindow = readonly number[];

export const emptyFailureWindow: FailureWindow = Object.freeze([]);

export interface FailureWindowLimits {
  /** How far back a failure counts, ms; exactly this old still counts. */
  readonly windowMs: number;
  /** As many are kept as are needed to decide, 1 and up; the count saturates there. */
  readonly maxFailures: number;
}

/** The window with one more failure at `atMonotonicMs`; holds at most `maxFailures` entries, none older than `windowMs`. */
export function addFailure(
  window: FailureWindow,
  atMonotonicMs: number,
  limits: FailureWindowLimits,
): FailureWindow {
  return [
    ...window.filter((failure) => counts(failure, atMonotonicMs, limits.windowMs)),
    atMonotonicMs,
  ].slice(-limits.maxFailures);
}

/** How many kept failures are no older than `windowMs` at `nowMonotonicMs`. */
export function failuresWithin(window: FailureWindow, nowMonotonicMs: number, windowMs: number): number {
  return window.filter((failure) => counts(failure, nowMonotonicMs, windowMs)).length;
}

function counts(failureMs: number, nowMs: number, windowMs: number): boolean {
  return nowMs - failureMs <= windowMs;
}
