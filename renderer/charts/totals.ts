import type { Heartbeat, HistoryMark } from '../../shared/model/history.ts';

/** What a stretch of checks comes to. */
export interface Totals {
  readonly checks: number;
  /** Failed and unreachable together. */
  readonly failed: number;
  /** Share of checks that were healthy or degraded, 0 to 1; null without checks. */
  readonly healthyShare: number | null;
  /** Over the whole stretch, from the host's histograms; null without an answer. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly restarts: number;
  /** There were more marks than the host names, so `restarts` is a lower bound. */
  readonly restartsAtLeast: boolean;
}

/** The most marks the host names for one stretch, the newest ones. */
const MAX_MARKS = 500;

/**
 * The totals of one stretch. Percentiles are the host's own over the whole stretch: those of many buckets
 * cannot be put together again (DESIGN.md §7).
 */
export function totalsOf(heartbeat: Heartbeat | undefined, marks: readonly HistoryMark[]): Totals {
  const failed = heartbeat?.cells.reduce((sum, cell) => sum + cell.failed + cell.unreachable, 0) ?? 0;
  return {
    checks: heartbeat?.checks ?? 0,
    failed,
    healthyShare: heartbeat?.healthyShare ?? null,
    p50Ms: heartbeat?.p50Ms ?? null,
    p95Ms: heartbeat?.p95Ms ?? null,
    restarts: marks.filter((mark) => mark.kind === 'restartSkill').length,
    restartsAtLeast: marks.length >= MAX_MARKS,
  };
}
