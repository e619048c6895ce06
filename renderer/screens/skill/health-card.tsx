import { Button, Skeleton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconDownload, IconTable, IconZoomOut } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import type { Skill } from '../../../shared/model/skill.ts';
import { downloadCsv } from '../../charts/download.ts';
import { csvFileName, historyCsv, historyRows } from '../../charts/history-rows.ts';
import { HistoryTable } from '../../charts/history-table.tsx';
import { summaryOf } from '../../charts/summary.ts';
import { formatDuration } from '../../components/format.ts';
import { RangeControl } from '../../components/range-control.tsx';
import { ScreenError } from '../../components/screen-error.tsx';
import { errorMessage } from '../../components/toast.tsx';
import { type RangeId, ranges, type TimeWindow } from '../../state/ranges.ts';
import classes from './health-card.module.css';
import { HealthDrawing } from './health-drawing.tsx';
import { HealthLegend } from './health-legend.tsx';
import { stretchWords } from './stretch-words.ts';
import { useChartData } from './use-chart-data.ts';
import { useHeld } from './use-held.ts';
import { useTotals } from './use-totals.ts';

export interface HealthCardProps {
  readonly skill: Skill;
  readonly rangeId: RangeId;
  readonly zoom: TimeWindow | null;
  onZoom(zoom: TimeWindow | null): void;
}

/** Latency and state over the chosen range, as a drawing or as a table, and as a file. */
export function HealthCard({ skill, rangeId, zoom, onZoom }: HealthCardProps) {
  const { data, error, retry, latest } = useChartData(skill, rangeId, zoom);
  const { data: totals } = useTotals(skill.id, zoom ?? rangeId);
  const [asTable, setAsTable] = useState(false);
  const [reading, setReading] = useState(false);
  const { ref, width } = useElementSize<HTMLDivElement>();
  // A chart that moves away under the pointer cannot be read.
  const shown = useHeld(data, reading);
  const range = ranges[rangeId];
  const stretch = stretchWords(range.label, zoom, Date.now());
  const every = formatDuration(skill.config.health.checkIntervalSecs * 1000);
  const rows = shown === undefined ? [] : historyRows(shown.buckets, shown.marks, shown.window);

  return (
    <section className={classes.card} aria-labelledby="health-heading">
      <div className={classes.head}>
        <h2 id="health-heading" className={classes.title}>
          Health
        </h2>
        <span className={classes.legend}>
          {zoom === null ? `p50, band to p95 · asked every ${every} · drag to zoom` : stretch}
        </span>
        <span className={classes.controls}>
          {zoom !== null && (
            <Button leftSection={<IconZoomOut size={14} />} onClick={() => onZoom(null)}>
              Back to {range.label}
            </Button>
          )}
          <RangeControl />
        </span>
      </div>
      <div
        ref={ref}
        className={classes.drawing}
        onPointerEnter={() => setReading(true)}
        onPointerLeave={() => setReading(false)}
      >
        {shown === undefined && error === null && (
          <Skeleton height={266} radius="md" role="status" aria-label="Loading the history" />
        )}
        {shown === undefined && error !== null && (
          <div className={classes.trouble} role="alert">
            <p>The history could not be read: {errorMessage(error)}</p>
            <Button onClick={retry}>Try again</Button>
          </div>
        )}
        {shown !== undefined && asTable && (
          <HistoryTable rows={rows} caption={`Checks of ${skill.id}, ${stretch}, newest first`} />
        )}
        {shown !== undefined && !asTable && width > 0 && (
          <ErrorBoundary
            fallbackRender={(failure) => (
              <ScreenError
                what="chart"
                error={failure.error}
                resetErrorBoundary={failure.resetErrorBoundary}
              />
            )}
          >
            <HealthDrawing
              skill={skill}
              data={shown}
              width={width}
              stretch={stretch}
              summary={totals === undefined ? stretch : summaryOf(stretch, totals.now)}
              latest={latest}
              onZoom={onZoom}
            />
          </ErrorBoundary>
        )}
      </div>
      <div className={classes.foot}>
        {shown !== undefined && !asTable && <HealthLegend segments={shown.segments} />}
        <span className={classes.controls}>
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconTable size={14} />}
            aria-pressed={asTable}
            onClick={() => setAsTable((table) => !table)}
          >
            {asTable ? 'Show as chart' : 'Show as table'}
          </Button>
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconDownload size={14} />}
            disabled={rows.length === 0}
            onClick={() => downloadCsv(csvFileName(skill.id, Date.now()), historyCsv(rows))}
          >
            CSV
          </Button>
        </span>
      </div>
    </section>
  );
}
