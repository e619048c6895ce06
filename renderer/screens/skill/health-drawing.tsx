import { useMemo } from 'react';
import type { Skill } from '../../../shared/model/skill.ts';
import { LatencyChart } from '../../charts/latency-chart.tsx';
import { groupMarks } from '../../charts/marks.ts';
import { plotWidth } from '../../charts/plot.ts';
import { statesSummary } from '../../charts/segment-words.ts';
import { StateTimeline } from '../../charts/state-timeline.tsx';
import { Time } from '../../components/time.tsx';
import type { TimeWindow } from '../../state/ranges.ts';
import classes from './health-card.module.css';
import type { ChartData } from './use-chart-data.ts';

export interface HealthDrawingProps {
  readonly skill: Skill;
  readonly data: ChartData;
  /** Px. */
  readonly width: number;
  readonly stretch: string;
  /** What there is to see, in one sentence. */
  readonly summary: string;
  readonly latest: number;
  onZoom(zoom: TimeWindow): void;
}

/** The latency chart with the state timeline under it, one axis, and one sentence that says the same. */
export function HealthDrawing({ skill, data, width, stretch, summary, latest, onZoom }: HealthDrawingProps) {
  const { window, marks, points, segments } = data;
  const groups = useMemo(() => groupMarks(marks, window, plotWidth(width)), [marks, window, width]);
  const empty = points.every((point) => point.p50Ms === null);
  return (
    <figure className={classes.figure} aria-labelledby="health-summary">
      <LatencyChart
        points={points}
        window={window}
        marks={groups}
        width={width}
        summary={summary}
        slowFromMs={skill.config.health.degradedAfterMs}
        latest={latest}
        onZoom={onZoom}
      />
      {empty && (
        <p className={classes.empty}>
          No answers to measure in this stretch.
          {skill.nextCheckAt !== null && (
            <>
              {' Next check '}
              <Time at={skill.nextCheckAt} style="in" />.
            </>
          )}
        </p>
      )}
      <StateTimeline
        segments={segments}
        marks={groups}
        window={window}
        width={width}
        label={`State over ${stretch}: ${statesSummary(segments)}`}
      />
    </figure>
  );
}
