import type { HistoryBucket } from '../../shared/model/history.ts';
import { formatCount } from '../components/format.ts';

/** The outcomes of a bucket in words, without those that did not occur: `23 healthy, 1 unreachable`. */
export function outcomesOf(bucket: HistoryBucket): string {
  const counts = [
    [bucket.healthy, 'healthy'],
    [bucket.degraded, 'degraded'],
    [bucket.failed, 'failed'],
    [bucket.unreachable, 'unreachable'],
  ] as const;
  const said = counts.filter(([count]) => count > 0);
  return said.map(([count, word]) => `${formatCount(count)} ${word}`).join(', ') || 'no checks';
}
