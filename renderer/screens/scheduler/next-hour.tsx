import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import type { Schedule, ScheduledTask } from '../../../shared/model/schedule.ts';
import { call } from '../../bridge/call.ts';
import { formatClock, plural } from '../../components/format.ts';
import { useHost } from '../../state/host-store.ts';
import { inOrder } from '../../state/selectors.ts';
import { useTicking } from '../../state/ticker.ts';
import { axisTicks, type LaneFrame, laneOf, laneOfTimes } from './lane.ts';
import classes from './next-hour.module.css';
import { scheduleInWords, shortInterval } from './schedule-in-words.ts';

const HOUR_MS = 3_600_000;
/** The picture moves this often, in ms: one drawing unit of the strip. */
const STEP_MS = 5000;
const WIDTH = HOUR_MS / STEP_MS;
/** Lanes shown before somebody asks for all. */
const FEW = 14;
/** Runs asked for at most; as many fit into an hour before they become a band. */
const MAX_AHEAD = 50;

interface LaneRow {
  readonly key: string;
  readonly label: string;
  readonly skillId: string | null;
  readonly nextAt: number | null;
  readonly intervalMs: number | null;
  /** Where the runs have to be asked for one by one. */
  readonly schedule: Schedule | null;
  readonly words: string;
}

/** The next 60 minutes with one lane per task and per skill: what is asked when, and whether the load is spread. */
export function NextHour({ tasks }: { tasks: readonly ScheduledTask[] }) {
  const skills = useHost((state) => state.skills);
  const order = useHost((state) => state.order);
  const from = useTicking(useCallback((now: number) => Math.floor(now / STEP_MS) * STEP_MS, []));
  const [all, setAll] = useState(false);

  const known = inOrder({ skills, order });
  const planned = known.filter((skill) => skill.nextCheckAt !== null);
  const rows: LaneRow[] = [
    ...tasks.filter((task) => task.enabled).map(laneOfTask),
    ...planned.map((skill) => ({
      key: `skill ${skill.id}`,
      label: skill.id,
      skillId: skill.id,
      nextAt: skill.nextCheckAt,
      intervalMs: skill.config.health.checkIntervalSecs * 1000,
      schedule: null,
      words: `every ${shortInterval(skill.config.health.checkIntervalSecs)}`,
    })),
  ];
  const frame: LaneFrame = { fromMs: from, toMs: from + HOUR_MS, width: WIDTH };
  const unplanned = known.length - planned.length;

  return (
    <section className={`sw-card ${classes.card}`} aria-labelledby="next-hour-title">
      <header className={classes.header}>
        <h2 id="next-hour-title">The next hour</h2>
        <span className={classes.muted}>
          {plural(planned.length, 'skill is', 'skills are')} checked
          {unplanned > 0 && `, ${unplanned} not (paused, disabled, quarantined or broken)`}
        </span>
      </header>
      <ul className={classes.lanes}>
        {(all ? rows : rows.slice(0, FEW)).map((row) => (
          <Lane key={row.key} row={row} frame={frame} />
        ))}
      </ul>
      <Axis frame={frame} />
      {rows.length > FEW && (
        <Anchor component="button" type="button" size="sm" mt={8} onClick={() => setAll((shown) => !shown)}>
          {all ? 'Show fewer' : `Show all ${rows.length} lanes`}
        </Anchor>
      )}
    </section>
  );
}

function laneOfTask(task: ScheduledTask): LaneRow {
  return {
    key: `task ${task.id}`,
    label: task.name,
    skillId: null,
    nextAt: task.nextRunAt,
    intervalMs: task.schedule.kind === 'interval' ? task.schedule.secs * 1000 : null,
    schedule: task.schedule.kind === 'cron' ? task.schedule : null,
    words:
      task.schedule.kind === 'interval'
        ? `every ${shortInterval(task.schedule.secs)}`
        : scheduleInWords(task.schedule).replace(/^Every/, 'every'),
  };
}

/** The runs of the next hour and a little more; undefined for a schedule whose runs need not be asked for. */
function useRunsAhead(schedule: Schedule | null): readonly number[] | undefined {
  return useQuery({
    queryKey: ['schedule-preview', JSON.stringify(schedule), 'lane'],
    queryFn: async () =>
      schedule === null ? [] : (await call('scheduler.preview', { schedule, count: MAX_AHEAD })).runs,
    enabled: schedule !== null,
    refetchInterval: 60_000,
  }).data;
}

function Lane({ row, frame }: { row: LaneRow; frame: LaneFrame }) {
  const times = useRunsAhead(row.schedule);
  const lane = times === undefined ? laneOf(row.nextAt, row.intervalMs, frame) : laneOfTimes(times, frame);
  const later = row.nextAt !== null && lane.kind === 'none';
  return (
    <li className={classes.lane}>
      <span className={row.skillId === null ? classes.task : classes.skill} title={row.label}>
        {row.skillId === null ? (
          row.label
        ) : (
          <Link to="/skill/$skillId" params={{ skillId: row.skillId }} className={classes.link}>
            {row.label}
          </Link>
        )}
      </span>
      <svg
        className={classes.strip}
        viewBox={`0 0 ${WIDTH} 16`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <line className={classes.base} x1="0" x2={WIDTH} y1="15.5" y2="15.5" />
        {lane.kind === 'band' && (
          <rect className={classes.band} x={lane.fromX} y="4" width={WIDTH - lane.fromX} height="9" rx="1" />
        )}
        {lane.kind === 'marks' && (
          <path
            className={row.skillId === null ? classes.taskMarks : classes.marks}
            d={lane.xs.map((x) => `M${x.toFixed(1)} 4v9`).join('')}
          />
        )}
      </svg>
      <span className={classes.words}>
        {row.words}
        {later && row.nextAt !== null && `, next ${formatClock(row.nextAt, frame.fromMs)}`}
      </span>
    </li>
  );
}

function Axis({ frame }: { frame: LaneFrame }) {
  return (
    <div className={classes.axis} aria-hidden="true">
      {axisTicks(frame).map(({ atMs, x }) => (
        <span key={atMs} style={{ left: `${(x / frame.width) * 100}%` }}>
          {formatClock(atMs, atMs)}
        </span>
      ))}
    </div>
  );
}
