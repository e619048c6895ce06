import { useCallback, useSyncExternalStore } from 'react';

/** One timer for every relative time on the page. It rests while nobody looks or nothing needs it. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let nowMs = Date.now();
/** How old the time may be while nobody listens, ms. */
const FRESH_MS = 1000;

/**
 * The time by the last tick; while nothing ticks yet it is taken anew where it has grown old, so that what is drawn for the
 * first time is drawn once.
 */
function lastTick(): number {
  const at = Date.now();
  if (listeners.size === 0 && Math.abs(at - nowMs) >= FRESH_MS) nowMs = at;
  return nowMs;
}

function tick(): void {
  if (document.hidden) return;
  nowMs = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    timer = setInterval(tick, 1000);
    document.addEventListener('visibilitychange', tick);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    }
  };
}

/** Now, epoch ms, moving once a second. Renders each second: for single counters, not for rows. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, lastTick);
}

/**
 * A value made from the time. Renders only when the value changes, so 200 rows of "4 min ago" cost nothing between
 * minutes. `read` must return a primitive, and be stable (`useCallback`) or cheap.
 */
export function useTicking<Value extends string | number | boolean | null>(
  read: (now: number) => Value,
): Value {
  const snapshot = useCallback(() => read(lastTick()), [read]);
  return useSyncExternalStore(subscribe, snapshot);
}
