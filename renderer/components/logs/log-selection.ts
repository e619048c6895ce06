import type { LogRow } from './log-rows.ts';

/**
 * Where a key takes the cursor in a list of rows; null for a key that does not move it. From nowhere (`index` -1) it
 * starts at `seen`, the row last seen.
 */
export function movedCursor(
  rows: readonly LogRow[],
  index: number,
  key: string,
  page: number,
  seen: number,
): number | null {
  const last = rows.length - 1;
  if (last < 0) return null;
  const from = index < 0 ? Math.min(seen, last) : index;
  const step = {
    ArrowUp: -1,
    ArrowDown: 1,
    PageUp: -page,
    PageDown: page,
    Home: -rows.length,
    End: rows.length,
  }[key];
  if (step === undefined) return null;
  if (index < 0 && Math.abs(step) === 1) return from;
  return Math.min(last, Math.max(0, from + step));
}

/** The keys of the rows between two, both included, in order; of one that is gone, only the other. */
export function keysBetween(rows: readonly LogRow[], anchor: string, head: string): readonly string[] {
  const one = rows.findIndex((row) => row.key === anchor);
  const other = rows.findIndex((row) => row.key === head);
  if (other < 0) return [];
  if (one < 0) return [head];
  return rows.slice(Math.min(one, other), Math.max(one, other) + 1).map((row) => row.key);
}
