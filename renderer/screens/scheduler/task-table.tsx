import { Button, Switch } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ScheduledTask, TaskRun } from '../../../shared/model/schedule.ts';
import { Orders, OwnerOnly } from '../../components/fleet/locked.tsx';
import { formatDuration } from '../../components/format.ts';
import { StatusPill } from '../../components/status-pill.tsx';
import { Time } from '../../components/time.tsx';
import { useTaskRuns } from '../../state/queries.ts';
import { tooLongMs } from './pace.ts';
import { scheduleInWords } from './schedule-in-words.ts';
import classes from './scheduler-screen.module.css';
import { TaskMenu } from './task-menu.tsx';
import { taskState } from './task-state.ts';
import { useTaskCommands } from './use-task-commands.ts';

/** Runs looked at to tell how long one takes. */
const RUNS = 50;

type EditTask = (task: ScheduledTask) => void;

/** One row per task: when it runs, how the last run went, and the two things a person can do about it. */
export function TaskTable({ tasks, onEdit }: { tasks: readonly ScheduledTask[]; onEdit: EditTask }) {
  return (
    <div className={`sw-card ${classes.frame}`}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Task</th>
            <th scope="col">State</th>
            <th scope="col">Next run</th>
            <th scope="col">Last run</th>
            <th scope="col" className={classes.right}>
              Enabled
            </th>
            <th scope="col">
              <span className={classes.srOnly}>Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <TaskRow key={task.id} task={task} onEdit={onEdit} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TaskRow({ task, onEdit }: { task: ScheduledTask; onEdit: EditTask }) {
  const runs = useTaskRuns(task.id, RUNS).data ?? [];
  const lastRun = runs[0];
  const slowMs = tooLongMs(task, runs);
  const { trigger, setEnabled } = useTaskCommands();
  const { detail, ...state } = taskState(task);
  return (
    <tr>
      <td>
        <span className={classes.name}>{task.name}</span>
        <div className={classes.muted}>
          {task.kind === 'builtin' ? (
            // Its interval is the one of the health settings; it cannot differ here.
            <Link to="/settings" search={{ section: 'health' }} className={classes.link}>
              {scheduleInWords(task.schedule)}
            </Link>
          ) : (
            scheduleInWords(task.schedule)
          )}
          {task.invoke !== null && ` · ${task.invoke.skillId}, ${task.invoke.method}`}
        </div>
      </td>
      <td>
        <StatusPill {...state} />
        {detail !== null && <div className={classes.detail}>{detail}</div>}
        {slowMs !== null && (
          <div className={classes.late}>
            Takes up to {formatDuration(slowMs)}, longer than until the next run. Give it a longer interval.
          </div>
        )}
      </td>
      <td className={classes.nowrap}>
        {task.running ? (
          'running now'
        ) : (
          <Time at={task.enabled ? task.nextRunAt : null} style="in" none="–" />
        )}
      </td>
      <td>
        <LastRun at={task.lastRunAt} run={lastRun} />
      </td>
      <td className={classes.right}>
        <OwnerOnly>
          <Switch
            className={classes.switch ?? ''}
            checked={task.enabled}
            disabled={setEnabled.isPending}
            aria-label={`${task.name} enabled`}
            onChange={(event) => setEnabled.mutate({ task, enabled: event.currentTarget.checked })}
          />
        </OwnerOnly>
      </td>
      <td className={`${classes.right} ${classes.nowrap}`}>
        <Orders>
          <Button
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            loading={trigger.isPending}
            disabled={task.running}
            aria-label={`Run now: ${task.name}`}
            onClick={() => trigger.mutate(task)}
          >
            Run now
          </Button>
        </Orders>{' '}
        {task.kind === 'user' && (
          <OwnerOnly>
            <TaskMenu task={task} onEdit={onEdit} />
          </OwnerOnly>
        )}
      </td>
    </tr>
  );
}

function LastRun({ at, run }: { at: number | null; run: TaskRun | undefined }) {
  if (at === null) return <span className={classes.muted}>has not run yet</span>;
  return (
    <>
      <Time at={at} />
      {run !== undefined && (
        <div className={classes.muted}>
          {run.outcome === 'skipped' ? 'skipped' : `took ${formatDuration(run.durationMs)}`}
          {run.softTimeout && ', longer than it should'}
          {run.summary !== '' && ` · ${run.summary}`}
        </div>
      )}
    </>
  );
}
