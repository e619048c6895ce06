/**
 * Latency histograms: counters at logarithmic distances, 8 to an octave. Two of them added up are the histogram of
 * both, which percentiles are not (DESIGN.md §7: never averaged). A percentile read from one is off by at most 4.5 % of
 * the value. Values are whole tenths of a millisecond, 0 to 2^31.
 */
export type Histogram = Uint32Array;

const PER_OCTAVE = 8;
export const HISTOGRAM_CELLS = 2 + 31 * PER_OCTAVE;

export function emptyHistogram(): Histogram {
  return new Uint32Array(HISTOGRAM_CELLS);
}

/** Adds one value of `tenths`. */
export function countLatency(histogram: Histogram, tenths: number): void {
  const cell = cellOf(tenths);
  histogram[cell] = (histogram[cell] ?? 0) + 1;
}

/**
 * The value that `share` (0 to 1) of the counted ones do not exceed, nearest rank; null when nothing was counted.
 * `min` and `max` are the true extremes and bound the answer.
 */
export function histogramPercentile(
  histogram: Histogram,
  share: number,
  min: number,
  max: number,
): number | null {
  let total = 0;
  for (const count of histogram) total += count;
  if (total === 0) return null;
  let left = rankOf(total, share);
  for (let cell = 0; cell < HISTOGRAM_CELLS; cell += 1) {
    left -= histogram[cell] ?? 0;
    if (left <= 0) return Math.min(max, Math.max(min, middleOf(cell)));
  }
  return max;
}

/** The nearest-rank percentile of values sorted upwards; null when there are none. */
export function exactPercentile(sorted: ArrayLike<number>, share: number): number | null {
  return sorted.length === 0 ? null : (sorted[rankOf(sorted.length, share) - 1] ?? null);
}

function rankOf(total: number, share: number): number {
  return Math.min(total, Math.max(1, Math.ceil(total * share)));
}

function cellOf(tenths: number): number {
  return tenths < 1 ? 0 : Math.min(HISTOGRAM_CELLS - 1, 1 + Math.floor(Math.log2(tenths) * PER_OCTAVE));
}

function middleOf(cell: number): number {
  return cell === 0 ? 0 : Math.round(2 ** ((cell - 0.5) / PER_OCTAVE));
}
