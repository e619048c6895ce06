const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Charts never get more points than this in a series (DESIGN.md §7). */
export const MAX_POINTS = 360;

/** How long one roll-up lasts, ms: as long as a cell of a 24 h heartbeat. */
export const SLOT_MS = 15 * MINUTE;
/** How long one coarse roll-up lasts, ms: as long as a cell of a 7 d heartbeat, and the only one kept for a year. */
export const COARSE_MS = 2 * HOUR;

/** Widths a person can read off an axis, ms. */
const readableWidths = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28].map((n) => n * DAY),
];

/** Bucket `i` covers `[origin + i × width, origin + (i + 1) × width)`, ms. */
export interface BucketPlan {
  readonly origin: number;
  readonly width: number;
}

/**
 * How to cut `[from, end)` into at most `points` (1 to 360) buckets whose bounds are multiples of `unit` ms. A readable
 * width counted from the epoch is preferred: buckets then stay where they are while the range moves with the clock.
 */
export function planBuckets(from: number, end: number, points: number, unit = 1): BucketPlan {
  const most = Math.min(MAX_POINTS, Math.max(1, Math.floor(points)));
  for (const width of readableWidths) {
    if (width % unit === 0 && Math.ceil(end / width) - Math.floor(from / width) <= most) {
      return { origin: 0, width };
    }
  }
  const origin = Math.floor(from / unit) * unit;
  return { origin, width: Math.max(1, Math.ceil((end - origin) / most / unit)) * unit };
}

/** The start of the stretch of `width` ms, counted from the epoch, that `at` (epoch ms) falls into. */
export function startOf(at: number, width: number): number {
  return Math.floor(at / width) * width;
}
