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
