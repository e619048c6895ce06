import { formatCount, formatLatency, formatPercent, plural } from '../components/format.ts';
import type { Totals } from './totals.ts';

/**
 * What the chart shows, in one sentence, for those who cannot see it and those who need no more:
 * `24 h: 99.1 % of 286 checks healthy, 3 failed, p50 38 ms, p95 96 ms, 4 restarts.`
 *
 * @param stretch words for the window: `24 h`, `14:00 to 14:30`
 */
export function summaryOf(stretch: string, totals: Totals): string {
  const atLeast = totals.restartsAtLeast ? 'at least ' : '';
  const restarts =
    totals.restarts === 0 ? '' : `, ${atLeast}${plural(totals.restarts, 'restart', 'restarts')}`;
  if (totals.checks === 0) return `${stretch}: no checks${restarts}.`;
  const share = `${formatPercent(totals.healthyShare)} % of ${plural(totals.checks, 'check', 'checks')} healthy`;
  const failed = totals.failed === 0 ? '' : `, ${formatCount(totals.failed)} failed`;
  const latency =
    totals.p50Ms === null || totals.p95Ms === null
      ? ', no answer to measure'
      : `, p50 ${formatLatency(totals.p50Ms)}, p95 ${formatLatency(totals.p95Ms)}`;
  return `${stretch}: ${share}${failed}${latency}${restarts}.`;
}

/** A change between two windows: what to say, and whether it is good, bad or neither. */
export interface Change {
  readonly text: string;
  readonly good: boolean | null;
}

/**
 * The healthy share against the window before, in percentage points.
 * @returns null when one of the two has no checks: there is nothing to compare
 */
export function shareChange(now: number | null, before: number | null): Change | null {
  if (now === null || before === null) return null;
  const points = Math.round((now - before) * 1000) / 10;
  if (points === 0) return { text: 'unchanged', good: null };
  return { text: `${signed(points, String(Math.abs(points)))} points`, good: points > 0 };
}

/** A latency against the window before; less than 5 % or 1 ms either way is the same. */
export function latencyChange(now: number | null, before: number | null): Change | null {
  if (now === null || before === null) return null;
  const ms = now - before;
  if (Math.abs(ms) < Math.max(1, before * 0.05)) return { text: 'unchanged', good: null };
  return { text: signed(ms, formatLatency(Math.abs(ms))), good: ms < 0 };
}

/** A count of something nobody wants more of. */
export function countChange(now: number, before: number): Change {
  const more = now - before;
  if (more === 0) return { text: 'unchanged', good: null };
  return { text: signed(more, formatCount(Math.abs(more))), good: more < 0 };
}

function signed(value: number, text: string): string {
  return `${value < 0 ? '−' : '+'}${text}`;
}
