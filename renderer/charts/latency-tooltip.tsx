import { useActiveTooltipDataPoints, useIsTooltipActive } from 'recharts';
import { formatLatency } from '../components/format.ts';
import classes from './latency-chart.module.css';
import { outcomesOf } from './outcomes.ts';
import type { ChartPoint } from './series.ts';
import { stretchText } from './stretch-text.ts';

/** What the point under the pointer, or chosen with the arrow keys, holds. Read out politely when it changes. */
export function LatencyTooltip() {
  const active = useIsTooltipActive();
  const point = useActiveTooltipDataPoints<ChartPoint>()?.[0];
  if (!active || point === undefined) return null;
  const { bucket } = point;
  if (bucket === null) return <div className={classes.tooltip}>Not measured</div>;
  const now = Date.now();
  return (
    <div className={classes.tooltip} role="status">
      <div className={classes.tooltipTime}>{stretchText(bucket.from, bucket.to, now)}</div>
      {bucket.p50Ms === null || bucket.p95Ms === null ? (
        <div>No answer to measure</div>
      ) : (
        <dl className={classes.facts}>
          <dt>p50</dt>
          <dd>{formatLatency(bucket.p50Ms)}</dd>
          <dt>p95</dt>
          <dd>{formatLatency(bucket.p95Ms)}</dd>
          <dt>slowest</dt>
          <dd>{formatLatency(bucket.maxMs ?? bucket.p95Ms)}</dd>
        </dl>
      )}
      <div className={classes.tooltipCounts}>{outcomesOf(bucket)}</div>
    </div>
  );
}
