import type { HistoryBucket, HistoryMark } from '../../shared/model/history.ts';
import type { TimeWindow } from '../state/ranges.ts';
import { type CsvCell, toCsv } from './csv.ts';

/** One row of the table behind a chart: the bucket and what happened during it. */
export interface HistoryRow {
  readonly bucket: HistoryBucket;
  readonly marks: readonly HistoryMark[];
}

/** The buckets of a window, newest first, with the marks that fall into them. A mark in no bucket joins the one before it. */
export function historyRows(
  buckets: readonly HistoryBucket[],
  marks: readonly HistoryMark[],
  window: TimeWindow,
): readonly HistoryRow[] {
  const inside = buckets.filter((bucket) => bucket.to > window.from && bucket.from < window.to);
  return inside
    .map((bucket, index) => {
      const from = index === 0 ? Number.NEGATIVE_INFINITY : bucket.from;
      const to = inside[index + 1]?.from ?? Number.POSITIVE_INFINITY;
      return { bucket, marks: marks.filter((mark) => mark.at >= from && mark.at < to) };
    })
    .reverse();
}

const HEADER = [
  'from',
  'to',
  'healthy',
  'degraded',
  'failed',
  'unreachable',
  'p50Ms',
  'p95Ms',
  'minMs',
  'maxMs',
  'marks',
] as const;

/** The rows as CSV, oldest first; times in ISO 8601 UTC, latencies in ms, an empty cell where nothing was measured. */
export function historyCsv(rows: readonly HistoryRow[]): string {
  const lines = [...rows]
    .reverse()
    .map(({ bucket, marks }): readonly CsvCell[] => [
      new Date(bucket.from).toISOString(),
      new Date(bucket.to).toISOString(),
      bucket.healthy,
      bucket.degraded,
      bucket.failed,
      bucket.unreachable,
      bucket.p50Ms,
      bucket.p95Ms,
      bucket.minMs,
      bucket.maxMs,
      marks.map((mark) => `${mark.kind}: ${mark.reason}`).join('; '),
    ]);
  return toCsv([HEADER, ...lines]);
}

/** A file name for a download: `skillward-weather-2026-11-24-1405.csv`, local time. */
export function csvFileName(subject: string, at: number): string {
  const when = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`;
  return `skillward-${subject}-${day}-${two(when.getHours())}${two(when.getMinutes())}.csv`;
}
