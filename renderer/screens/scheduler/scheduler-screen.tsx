import { Button, Skeleton } from '@mantine/core';
import { IconClockOff, IconPlus } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { ScheduledTask } from '../../../shared/model/schedule.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { OwnerOnly } from '../../components/fleet/locked.tsx';
import { formatIn, plural } from '../../components/format.ts';
import { ScreenHeader } from '../../components/screen-header.tsx';
import { useHost } from '../../state/host-store.ts';
import { useTicking } from '../../state/ticker.ts';
import { NextHour } from './next-hour.tsx';
import { RunsTable } from './runs-table.tsx';
import classes from './scheduler-screen.module.css';
import { TaskEditor } from './task-editor.tsx';
import { TaskTable } from './task-table.tsx';
import { useTaskCommands } from './use-task-commands.ts';

/** What runs when: the tasks, the coming hour, and what became of earlier runs. */
export function SchedulerScreen() {
  const loaded = useHost((state) => state.loaded);
  const tasks = useHost((state) => state.tasks);

  const [edited, setEdited] = useState<ScheduledTask | 'new' | null>(null);
  const { setAllEnabled } = useTaskCommands();
  const own = tasks.filter((task) => task.kind === 'user');
  const running = own.filter((task) => task.enabled);
  const pausing = running.length > 0;

  return (
    <>
      <ScreenHeader title="What runs when" aside={loaded ? <NextRun tasks={tasks} /> : undefined}>
        <OwnerOnly>
          {own.length > 1 && (
            <Button
              loading={setAllEnabled.isPending}
              onClick={() => setAllEnabled.mutate({ tasks: pausing ? running : own, enabled: !pausing })}
            >
              {pausing ? 'Pause all' : 'Resume all'}
            </Button>
          )}
          <Button
            variant="filled"
            leftSection={<IconPlus size={15} aria-hidden />}
            disabled={!loaded}
            onClick={() => setEdited('new')}
          >
            New task
          </Button>
        </OwnerOnly>
      </ScreenHeader>
      {!loaded ? (
        <Skeleton height={260} radius="lg" role="status" aria-label="Loading the schedule" />
      ) : tasks.length === 0 ? (
        <div className="sw-card">
          <EmptyState icon={<IconClockOff size={26} stroke={1.6} />} title="Nothing is scheduled">
            The host registers its health checks when it starts; until then no skill is asked how it is.
            Restarting the host brings them back.
          </EmptyState>
        </div>
      ) : (
        <div className={classes.stack}>
          <TaskTable tasks={tasks} onEdit={setEdited} />
          <NextHour tasks={tasks} />
          <RunsTable tasks={tasks} />
        </div>
      )}
      {edited !== null && (
        <TaskEditor task={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  );
}

function NextRun({ tasks }: { tasks: readonly ScheduledTask[] }) {
  const next = tasks
    .filter((task) => task.enabled && task.nextRunAt !== null)
    .reduce<number | null>(
      (first, { nextRunAt }) => Math.min(first ?? Infinity, nextRunAt ?? Infinity),
      null,
    );
  const words = useTicking(useCallback((now: number) => (next === null ? '' : formatIn(next, now)), [next]));
  const count = plural(tasks.length, 'task', 'tasks');
  return <>{next === null ? `${count}, all paused` : `${count}, next ${words}`}</>;
}
