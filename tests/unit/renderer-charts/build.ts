import type { HistoryBucket, HistoryMark } from '../../../shared/model/history.ts';

/** A moment with round borders: 24 November 2026, 00:00 UTC, epoch ms. */
export const T0 = Date.UTC(2026, 10, 24);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A bucket of `widthMs` at T0 + `offsetMs`, healthy and 40–90 ms unless told otherwise. */
export function bucket(offsetMs: number, widthMs: number, over: Partial<HistoryBucket> = {}): HistoryBucket {
  return {
    from: T0 + offsetMs,
    to: T0 + offsetMs + widthMs,
    healthy: 1,
    degraded: 0,
    failed: 0,
    unreachable: 0,
    minMs: 30,
    maxMs: 90,
    p50Ms: 40,
    p95Ms: 80,
    ...over,
  };
}

/** A bucket in which nothing answered. */
export function failedBucket(offsetMs: number, widthMs: number, failed = 1): HistoryBucket {
  return bucket(offsetMs, widthMs, {
    healthy: 0,
    failed,
    minMs: null,
    maxMs: null,
    p50Ms: null,
    p95Ms: null,
  });
}

export function mark(offsetMs: number, kind: HistoryMark['kind'], reason = 'because'): HistoryMark {
  return { at: T0 + offsetMs, kind, reason };
}
