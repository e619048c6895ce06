import type { Clock } from '../core/supervision/clock.ts';

/** Short enough that a program installed or removed by a person is noticed at the next click. */
const KEPT_MS = 1000;

type Finder = (name: string) => Promise<string | null>;

/**
 * The same finder, but what was found within the last second is not looked for again: skills that start together ask
 * for the same Python, and each search looks into every folder of the `PATH`. What was not found is always looked for.
 */
export function foundLately(find: Finder, clock: Pick<Clock, 'monotonicMs'>): Finder {
  const lately = new Map<string, { readonly atMs: number; readonly found: Promise<string | null> }>();
  return async (name) => {
    const nowMs = clock.monotonicMs();
    const known = lately.get(name);
    if (known !== undefined && nowMs - known.atMs < KEPT_MS) {
      const found = await known.found;
      if (found !== null) return found;
    }
    const found = find(name);
    lately.set(name, { atMs: nowMs, found });
    return found;
  };
}
