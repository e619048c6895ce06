import { setTimeout as pause } from 'node:timers/promises';

/** Waits for a condition that has no event; fails with `what` when it does not come true. Looks every few ms. */
export async function until(
  met: () => boolean,
  what: string | (() => string),
  limitMs = 25_000,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!met()) {
    if (performance.now() > deadline) {
      throw new Error(`waited in vain until ${typeof what === 'string' ? what : what()}`);
    }
    await pause(5);
  }
}

/**
 * Looks until what is seen is as it should be, or the time is up; gives what was seen last. Looking once more for the result
 * would meet what a busy process has for a moment: a file it is reading, a child that is starting.
 */
export async function lastLook<Seen>(
  look: () => Seen,
  isGood: (seen: Seen) => boolean,
  limitMs: number,
): Promise<Seen> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const seen = look();
    if (isGood(seen) || performance.now() > deadline) return seen;
    await pause(5);
  }
}
