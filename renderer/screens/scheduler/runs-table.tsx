import { Button, SegmentedControl, Select, Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { ScheduledTask, TaskRun } from '../../../shared/model/schedule.ts';
import { formatDuration } from '../../components/format.ts';
import seg from '../../components/range-control.module.css';
import { StatusPill } from '../../components/status-pill.tsx';
import { Time } from '../../components/time.tsx';
import { useTaskRuns } from '../../state/queries.ts';
import classes from './scheduler-screen.module.css';
import { outcomeState } from './task-state.ts';

const LIMIT = 100;
/** What is less is how timers are, and no news. */
const LATE_MS = 2000;

/** The latest runs, newest first. */
export function RunsTable({ tasks }: { tasks: readonly ScheduledTask[] }) {
  const [taskId, setTaskId] = useState<string | null>(null);
  const [show, setShow] = useState<'all' | 'trouble'>('all');
  const query = useTaskRuns(taskId ?? undefined, LIMIT);
  const runs = query.data?.filter((run) => show === 'all' || run.outcome !== 'success' || run.softTimeout);

  return (
    <section className={`sw-card ${classes.frame}`} aria-labelledby="runs-title">
      <header className={classes.cardHeader}>
        <h2 id="runs-title">Runs</h2>
        {tasks.length > 1 && (
          <Select
            size="xs"
            aria-label="Runs of which task"
            placeholder="Every task"
            clearable
            data={tasks.map((task) => ({ value: task.id, label: task.name }))}
            value={taskId}
            onChange={setTaskId}
          />
        )}
        <SegmentedControl
          size="xs"
          classNames={seg}
          aria-label="Which runs"
          data={[
            { value: 'all', label: 'All' },
            { value: 'trouble', label: 'With trouble' },
          ]}
          value={show}
          onChange={setShow}
        />
      </header>
      {runs === undefined ? (
        query.isError ? (
          <p className={classes.notice} role="alert">
            The runs could not be loaded: {query.error.message}{' '}
            <Button size="compact-xs" onClick={() => void query.refetch()}>
              Try again
            </Button>
          </p>
        ) : (
          <Skeleton height={120} m="md" role="status" aria-label="Loading runs" />
        )
      ) : runs.length === 0 ? (
        <p className={classes.notice}>
          {show === 'trouble' && (query.data?.length ?? 0) > 0
            ? `None of the last ${query.data?.length} runs had trouble.`
            : 'Nothing has run yet. The first run will stand here with its time and outcome.'}
        </p>
      ) : (
        <RunRows runs={runs} tasks={tasks} />
      )}
      {query.data?.length === LIMIT && <p className={classes.notice}>These are the latest {LIMIT} runs.</p>}
    </section>
  );
}

function RunRows({ runs, tasks }: { runs: readonly TaskRun[]; tasks: readonly ScheduledTask[] }) {
  const names = new Map(tasks.map((task) => [task.id, task.name]));
  const several = runs.some((run) => run.taskId !== runs[0]?.taskId) || tasks.length > 1;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Started</th>
          {several && <th scope="col">Task</th>}
          <th scope="col">Outcome</th>
          <th scope="col" className={classes.right}>
            Took
          </th>
          <th scope="col">What came of it</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={`${run.taskId} ${run.startedAt}`}>
            <td className={classes.nowrap}>
              <Time at={run.startedAt} style="clock" />
            </td>
            {several && <td>{names.get(run.taskId) ?? run.taskId}</td>}
            <td>
              <StatusPill {...outcomeState(run.outcome)} />
            </td>
            <td className={`${classes.right} ${classes.nowrap}`}>
              {run.outcome === 'skipped' ? '–' : formatDuration(run.durationMs)}
              {(run.lateByMs ?? 0) >= LATE_MS && (
                <div className={classes.late}>began {formatDuration(run.lateByMs ?? 0)} late</div>
              )}
              {run.softTimeout && <div className={classes.late}>longer than it should</div>}
            </td>
            <td className={classes.summary}>{run.summary}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
