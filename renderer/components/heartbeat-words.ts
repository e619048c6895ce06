import type { Heartbeat, HeartbeatCell } from '../../shared/model/history.ts';
import type { Range } from '../state/ranges.ts';
import { formatClock, formatPercent, plural } from './format.ts';

/** The whole bar in one sentence. */
export function barSummary(name: string, heartbeat: Heartbeat | undefined, range: Range): string {
  if (heartbeat === undefined || heartbeat.checks === 0) return `${name}, ${range.words}: no checks`;
  return `${name}, ${range.words}: ${formatPercent(heartbeat.healthyShare)} % healthy in ${plural(heartbeat.checks, 'check', 'checks')}`;
}

/** One cell: when, and what the checks found. */
export function cellWords(cell: HeartbeatCell | undefined, from: number, to: number, now: number): string {
  const when = `${formatClock(from, now)} – ${formatClock(to, now)}`;
  return `${when}: ${found(cell)}`;
}

function found(cell: HeartbeatCell | undefined): string {
  if (cell === undefined) return 'no checks';
  const parts = [
    [cell.healthy, 'healthy'],
    [cell.degraded, 'degraded'],
    [cell.failed, 'failed'],
    [cell.unreachable, 'unreachable'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  if (cell.quarantined) said.push('quarantined');
  return said.length === 0 ? 'no checks' : said.join(', ');
}
