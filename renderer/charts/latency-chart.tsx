import { memo } from 'react';
import type { TimeWindow } from '../state/ranges.ts';
import classes from './latency-chart.module.css';
import { LatencyPlot, type LatencyPlotProps } from './latency-plot.tsx';
import { CHART_HEIGHT, PLOT } from './plot.ts';
import { useDragZoom } from './use-drag-zoom.ts';

export interface LatencyChartProps extends LatencyPlotProps {
  /** Epoch ms no zoom goes past. */
  readonly latest: number;
  /** Called with the stretch a person chose by dragging or with the keys. */
  onZoom(window: TimeWindow): void;
}

/**
 * Latency over time: the p50 line, the band up to p95, a faint dot where the slowest answer stands out. A stretch
 * without answers is a hole, never a zero and never bridged. `points`, `marks` and `window` must be memoised.
 */
export const LatencyChart = memo(function LatencyChart({ latest, onZoom, ...plot }: LatencyChartProps) {
  const { selection, handlers } = useDragZoom(plot.window, plot.width, latest, onZoom);
  return (
    <div className={classes.chart} style={{ height: CHART_HEIGHT }} {...handlers}>
      <LatencyPlot {...plot} />
      {selection !== null && (
        <div
          className={classes.selection}
          style={{ ...selection, top: PLOT.top, height: CHART_HEIGHT - PLOT.top - PLOT.bottom }}
        />
      )}
    </div>
  );
});
