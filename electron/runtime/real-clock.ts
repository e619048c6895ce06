import type { Clock } from '../core/supervision/clock.ts';

/** The machine's own time. Timers never keep the process alive beyond what else does. */
export const realClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, Math.max(0, Math.min(delayMs, 2_147_483_647)));
    return { cancel: () => clearTimeout(timer) };
  },
};
