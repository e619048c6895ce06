import type { HistoryBucket } from '../../shared/model/history.ts';

/** One place on the latency chart. A point without a bucket is an explicit gap: the line is broken there. */
export interface ChartPoint {
  /** Middle of the bucket, epoch ms. */
  readonly at: number;
  readonly p50Ms: number | null;
  /** p50 to p95, what the band spans. */
  readonly band: readonly [number, number] | null;
  /** The slowest answer, only where it stands out: more than twice p95. Drawn as a faint dot. */
  readonly peakMs: number | null;
  /** p50 again where both neighbours are missing: a line through one point draws nothing, a dot does. */
  readonly aloneMs: number | null;
  readonly bucket: HistoryBucket | null;
}

/**
 * How far apart the starts of two neighbouring buckets may be, ms, before the stretch between them counts as a gap.
 * Checks come less often than buckets on a short range, so an absent bucket alone is no gap; a missed check is.
 */
export function gapAfterMs(bucketMs: number, checkIntervalMs: number): number {
  return bucketMs + 1.5 * checkIntervalMs;
}

/** Buckets, oldest first, as chart points, with one empty point wherever nothing was measured. */
export function toPoints(buckets: readonly HistoryBucket[], gapMs: number): readonly ChartPoint[] {
  const points: ChartPoint[] = [];
  buckets.forEach((bucket, index) => {
    const before = buckets[index - 1];
    if (before && bucket.from - before.from > gapMs) points.push(emptyAt((before.to + bucket.from) / 2));
    const joined =
      isJoined(bucket, before, gapMs) || isJoined(buckets[index + 1], bucket, gapMs) ? null : bucket.p50Ms;
    points.push(pointOf(bucket, joined));
  });
  return points;
}

function pointOf(bucket: HistoryBucket, aloneMs: number | null): ChartPoint {
  const { p50Ms, p95Ms, maxMs } = bucket;
  return {
    at: (bucket.from + bucket.to) / 2,
    p50Ms,
    band: p50Ms === null || p95Ms === null ? null : [p50Ms, p95Ms],
    peakMs: maxMs !== null && p95Ms !== null && maxMs > 2 * p95Ms ? maxMs : null,
    aloneMs,
    bucket,
  };
}

function emptyAt(at: number): ChartPoint {
  return { at, p50Ms: null, band: null, peakMs: null, aloneMs: null, bucket: null };
}

function isJoined(
  later: HistoryBucket | undefined,
  earlier: HistoryBucket | undefined,
  gapMs: number,
): boolean {
  if (!later || !earlier || later.from - earlier.from > gapMs) return false;
  return later.p50Ms !== null && earlier.p50Ms !== null;
}

/**
 * The top of the latency axis, ms. Peaks are inside as long as they leave the everyday line readable; beyond
 * four times the highest p95 they are shown at the edge instead (`clampPeaks`).
 */
export function latencyTop(points: readonly ChartPoint[]): number {
  let band = 0;
  let peak = 0;
  for (const point of points) {
    band = Math.max(band, point.band?.[1] ?? point.p50Ms ?? 0);
    peak = Math.max(peak, point.peakMs ?? 0);
  }
  return Math.max(1, Math.max(band * 1.08, Math.min(peak * 1.04, band * 4)));
}

/** Peaks above the axis moved onto its edge, so that none is silently cut off. The tooltip keeps the true value. */
export function clampPeaks(points: readonly ChartPoint[], topMs: number): readonly ChartPoint[] {
  return points.map((point) =>
    point.peakMs !== null && point.peakMs > topMs ? { ...point, peakMs: topMs } : point,
  );
}
