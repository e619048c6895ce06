import type { TimeWindow } from '../state/ranges.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The narrowest stretch zooming goes down to, ms. Below it a chart of checks says nothing more. */
export const MIN_SPAN_MS = 2 * MINUTE;
/** The most buckets asked for at once: the contract's own limit (DESIGN.md §7). */
const MAX_POINTS = 360;

/** Widths a bucket may have, ms: round, so that neighbouring windows share their borders. */
const BUCKET_WIDTHS = [
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  6 * HOUR,
  DAY,
] as const;

/** The round bucket width, ms, that gives a window the most detail within 360 points: 24 h → 5 min, 30 d → 2 h. */
export function bucketMsFor(spanMs: number): number {
  return BUCKET_WIDTHS.find((width) => spanMs / width <= MAX_POINTS) ?? Math.ceil(spanMs / MAX_POINTS);
}

/** The stretch of the same length just before. */
export function windowBefore(window: TimeWindow): TimeWindow {
  return { from: window.from - (window.to - window.from), to: window.from };
}

/** The window widened to bucket borders and to at least `MIN_SPAN_MS`, never past `latest`. */
export function zoomTo(from: number, to: number, latest: number): TimeWindow {
  const low = Math.min(from, to);
  const span = Math.max(MIN_SPAN_MS, Math.abs(to - from));
  const bucketMs = bucketMsFor(span);
  const end = Math.min(Math.ceil((low + span) / bucketMs) * bucketMs, latest);
  const start = Math.floor(Math.min(low, end - span) / bucketMs) * bucketMs;
  return { from: Math.max(0, start), to: end };
}

/** The same middle, `factor` times the length: 0.5 looks closer, 2 takes a step back. */
export function zoomBy(window: TimeWindow, factor: number, latest: number): TimeWindow {
  const middle = (window.from + window.to) / 2;
  const half = ((window.to - window.from) * factor) / 2;
  return zoomTo(middle - half, middle + half, latest);
}

/** Moves by `share` of the length, negative into the past, never past `latest`. */
export function panBy(window: TimeWindow, share: number, latest: number): TimeWindow {
  const span = window.to - window.from;
  const from = Math.min(window.from + span * share, latest - span);
  return zoomTo(from, from + span, latest);
}
