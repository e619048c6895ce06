import { memo, useMemo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { formatLatency } from '../components/format.ts';
import type { TimeWindow } from '../state/ranges.ts';
import classes from './latency-chart.module.css';
import { LatencyTooltip } from './latency-tooltip.tsx';
import { MarkLabel } from './mark-label.tsx';
import type { MarkGroup } from './marks.ts';
import { CHART_HEIGHT, PLOT, plotWidth } from './plot.ts';
import { type ChartPoint, clampPeaks, latencyTop } from './series.ts';
import { tickLabel, timeTicks, valueTicks } from './ticks.ts';

/** From this many ms on the axis is labelled in seconds. */
const SECONDS_FROM_MS = 1000;
const TICK_PX = 84;

export interface LatencyPlotProps {
  readonly points: readonly ChartPoint[];
  readonly window: TimeWindow;
  readonly marks: readonly MarkGroup[];
  /** Px, of the whole drawing. */
  readonly width: number;
  /** One sentence that says what there is to see. */
  readonly summary: string;
  /** Answers slower than this, ms, make the skill degraded: drawn where the axis reaches it. */
  readonly slowFromMs: number;
}

/** The drawing itself, apart from what a drag changes, so that dragging draws nothing of it again. */
export const LatencyPlot = memo(function LatencyPlot(props: LatencyPlotProps) {
  const { points, window, marks, width, summary, slowFromMs } = props;
  const values = useMemo(() => valueTicks(latencyTop(points), 5), [points]);
  const top = values.at(-1) ?? 1;
  const measured = useMemo(() => points.some((point) => point.p50Ms !== null), [points]);
  const data = useMemo(() => [...clampPeaks(points, top)], [points, top]);
  const times = useMemo(
    () => [...timeTicks(window, Math.max(3, Math.floor(plotWidth(width) / TICK_PX)))],
    [window, width],
  );
  return (
    <ComposedChart
      width={width}
      height={CHART_HEIGHT}
      data={data}
      margin={{ top: PLOT.top, right: PLOT.right, bottom: 0, left: 0 }}
      aria-label="Latency over time. Arrow keys read one point after the other, plus and minus zoom."
      desc={summary}
    >
      <CartesianGrid vertical={false} stroke="var(--line-2)" />
      <XAxis
        dataKey="at"
        type="number"
        domain={[window.from, window.to]}
        allowDataOverflow
        ticks={times}
        interval={0}
        tickFormatter={(at: number) => tickLabel(at, window)}
        height={PLOT.bottom}
        tickMargin={6}
        tickLine={false}
        axisLine={{ stroke: 'var(--line)' }}
      />
      <YAxis
        width={PLOT.left}
        tick={measured}
        domain={[0, top]}
        ticks={[...values]}
        interval={0}
        tickFormatter={(ms: number) => valueLabel(ms, top)}
        tickMargin={6}
        tickLine={false}
        axisLine={false}
        allowDataOverflow
      />
      <Tooltip
        content={<LatencyTooltip />}
        filterNull={false}
        isAnimationActive={false}
        cursor={{ stroke: 'var(--ink-3)', strokeWidth: 1 }}
        wrapperStyle={{ zIndex: 3, outline: 'none' }}
      />
      {slowFromMs < top && (
        <ReferenceLine
          y={slowFromMs}
          stroke="var(--warn)"
          strokeDasharray="2 4"
          label={{
            value: `slow from ${formatLatency(slowFromMs)}`,
            position: 'insideBottomLeft',
            className: classes.slow ?? '',
          }}
        />
      )}
      {marks.map((mark) => (
        <ReferenceLine
          key={mark.at}
          x={mark.at}
          className={`${classes.mark} ${classes[mark.kind]}`}
          label={mark.labelled ? <MarkLabel mark={mark} width={width} /> : false}
        />
      ))}
      <Area
        dataKey="band"
        stroke="none"
        fill="var(--accent)"
        fillOpacity={0.15}
        activeDot={false}
        isAnimationActive={false}
        connectNulls={false}
      />
      <Line
        dataKey="peakMs"
        stroke="none"
        dot={{ r: 2, className: classes.peak ?? '' }}
        activeDot={false}
        isAnimationActive={false}
      />
      <Line
        dataKey="aloneMs"
        stroke="none"
        dot={{ r: 2.5, className: classes.alone ?? '' }}
        activeDot={false}
        isAnimationActive={false}
      />
      <Line
        dataKey="p50Ms"
        stroke="var(--accent)"
        strokeWidth={2}
        strokeLinejoin="round"
        dot={false}
        activeDot={{ r: 4, className: classes.active ?? '' }}
        isAnimationActive={false}
        connectNulls={false}
      />
    </ComposedChart>
  );
});

/** The figure alone, with its unit at the top of the axis only. */
function valueLabel(ms: number, topMs: number): string {
  const seconds = topMs >= SECONDS_FROM_MS;
  const figure = seconds ? ms / 1000 : ms;
  return ms === topMs ? `${figure} ${seconds ? 's' : 'ms'}` : String(figure);
}
