import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconDownload, IconTable, IconZoomOut } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Skill } from '../../../shared/model/skill.ts';
import { downloadCsv } from '../../charts/download.ts';
import { csvFileName, historyCsv, historyRows } from '../../charts/history-rows.ts';
import { HistoryTable } from '../../charts/history-table.tsx';
import { troubleSentence } from '../../charts/segment-words.ts';
import { stateRows, statesCsv } from '../../charts/state-rows.ts';
import { StatesTable } from '../../charts/states-table.tsx';
import { summaryOf } from '../../charts/summary.ts';
import { formatDuration } from '../../components/format.ts';
import { Guard } from '../../components/guard.tsx';
import segmented from '../../components/range-control.module.css';
import { RangeControl } from '../../components/range-control.tsx';
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

/** Which numbers the table shows: those behind the latency chart, or those behind the state timeline. */
type TableOf = 'checks' | 'states';
const TABLES = [
  { value: 'checks', label: 'Checks over time' },
  { value: 'states', label: 'States' },
] as const;

/** Latency and state over the chosen range, as a drawing or as a table, and as a file. */
export function HealthCard({ skill, rangeId, zoom, onZoom }: HealthCardProps) {
  const { data, error, retry, latest } = useChartData(skill, rangeId, zoom);
  const { data: totals } = useTotals(skill.id, zoom ?? rangeId);
  const [asTable, setAsTable] = useState(false);
  const [tableOf, setTableOf] = useState<TableOf>('checks');
  const [reading, setReading] = useState(false);
  const { ref, width } = useElementSize<HTMLDivElement>();
  // A chart that moves away under the pointer cannot be read.
  const shown = useHeld(data, reading);
  const range = ranges[rangeId];
  const stretch = stretchWords(range.label, zoom, Date.now());
  const every = formatDuration(skill.config.health.checkIntervalSecs * 1000);
  const rows = useMemo(
    () => (shown === undefined ? [] : historyRows(shown.buckets, shown.marks, shown.window)),
    [shown],
  );
  const states = useMemo(() => (shown === undefined ? [] : stateRows(shown.segments, shown.marks)), [shown]);
  const summary = [
    totals === undefined ? `${stretch}:` : summaryOf(stretch, totals.now),
    shown === undefined ? '' : troubleSentence(shown.segments),
  ].join(' ');

  function saveCsv(): void {
    const subject = asTable && tableOf === 'states' ? `${skill.id}-states` : skill.id;
    const csv = asTable && tableOf === 'states' ? statesCsv(states) : historyCsv(rows);
    downloadCsv(csvFileName(subject, Date.now()), csv);
  }

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
      <p id="health-summary" className={classes.summary}>
        {summary}
      </p>
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
        {shown !== undefined && asTable && tableOf === 'checks' && (
          <HistoryTable rows={rows} caption={`Checks of ${skill.id}, ${stretch}, newest first`} />
        )}
        {shown !== undefined && asTable && tableOf === 'states' && (
          <StatesTable rows={states} caption={`States of ${skill.id}, ${stretch}, newest first`} />
        )}
        {shown !== undefined && !asTable && width > 0 && (
          <Guard what="chart" resetKeys={[shown]}>
            <HealthDrawing
              skill={skill}
              data={shown}
              width={width}
              stretch={stretch}
              summary={summary}
              latest={latest}
              onZoom={onZoom}
            />
          </Guard>
        )}
      </div>
      <div className={classes.foot}>
        {shown !== undefined && !asTable && <HealthLegend segments={shown.segments} />}
        {asTable && (
          <SegmentedControl
            size="xs"
            classNames={segmented}
            aria-label="What the table shows"
            data={[...TABLES]}
            value={tableOf}
            onChange={(next) => setTableOf(next as TableOf)}
          />
        )}
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
            onClick={saveCsv}
          >
            CSV
          </Button>
        </span>
      </div>
    </section>
  );
}
