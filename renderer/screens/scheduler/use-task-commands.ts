import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Schedule, ScheduledTask } from '../../../shared/model/schedule.ts';
import { call } from '../../bridge/call.ts';
import { plural } from '../../components/format.ts';
import { undoAction } from '../../components/undo-action.ts';
import { feedback } from '../../state/feedback.ts';
import { useHost } from '../../state/host-store.ts';
import { invocationOf, newTaskId, type TaskForm } from './task-form.ts';

interface TaskDraft {
  /** Null: a new one. */
  readonly task: ScheduledTask | null;
  readonly form: TaskForm;
  readonly schedule: Schedule;
}

/** Running a task now, and taking it off the schedule or putting it back. */
export function useTaskCommands() {
  const queryClient = useQueryClient();

  const trigger = useMutation({
    mutationFn: (task: ScheduledTask) => call('scheduler.trigger_now', { taskId: task.id }),
    onSuccess: ({ run }, task) => {
      const key = `task:${task.id}`;
      if (run.outcome === 'error') feedback.error(`${task.name} failed`, run.summary, { key });
      else
        feedback.done(`${task.name}: ${run.outcome === 'skipped' ? 'skipped' : 'done'}`, {
          body: run.summary,
          key,
        });
    },
    onError: (error, task) =>
      feedback.error(`${task.name} could not be run`, error, { key: `task:${task.id}` }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['task-runs'] }),
  });

  const setEnabled = useMutation({
    mutationFn: ({ task, enabled }: { task: ScheduledTask; enabled: boolean }) =>
      call('scheduler.update', { taskId: task.id, enabled }),
    onSuccess: (_answer, { task, enabled }) => {
      feedback.done(enabled ? `${task.name} is on schedule again` : `${task.name} is paused`, {
        key: `task:${task.id}`,
        action: undoAction(() => call('scheduler.update', { taskId: task.id, enabled: !enabled })),
        ...(enabled ? {} : { body: 'It does not run by itself until it is enabled again.' }),
      });
    },
    onError: (error, { task }) =>
      feedback.error(`${task.name} could not be changed`, error, { key: `task:${task.id}` }),
  });

  const save = useMutation({
    mutationFn: async ({ task, form, schedule }: TaskDraft) => {
      const what = { name: form.name.trim(), schedule, invoke: invocationOf(form) };
      if (task !== null) return call('scheduler.update', { taskId: task.id, ...what });
      const taken = new Set(useHost.getState().tasks.map(({ id }) => id));
      return call('scheduler.create', { id: newTaskId(form.name, taken), ...what });
    },
    onSuccess: ({ task }, { task: before }) => {
      feedback.done(before === null ? `${task.name} is on schedule` : `${task.name} is changed`, {
        key: `task:${task.id}`,
        action: undoAction(() =>
          before === null
            ? call('scheduler.delete', { taskId: task.id })
            : call('scheduler.update', { taskId: task.id, ...decisionsOf(before) }),
        ),
      });
    },
  });

  const remove = useMutation({
    mutationFn: (task: ScheduledTask) => call('scheduler.delete', { taskId: task.id }),
    onSuccess: (_answer, task) =>
      feedback.done(`${task.name} is deleted`, {
        key: `task:${task.id}`,
        body: 'The history of its runs stays.',
        action: undoAction(() => createAgain(task)),
      }),
    onError: (error, task) =>
      feedback.error(`${task.name} could not be deleted`, error, { key: `task:${task.id}` }),
  });

  const setAllEnabled = useMutation({
    mutationFn: ({ tasks, enabled }: { tasks: readonly ScheduledTask[]; enabled: boolean }) =>
      updateAll(tasks, enabled),
    onSuccess: (_answer, { tasks, enabled }) => {
      const count = plural(tasks.length, 'task', 'tasks');
      feedback.done(enabled ? `${count} on schedule again` : `${count} paused`, {
        key: 'tasks',
        action: undoAction(() => updateAll(tasks, !enabled)),
        ...(enabled ? {} : { body: 'Health checks go on.' }),
      });
    },
    onError: (error) => feedback.error('Not every task could be changed', error, { key: 'tasks' }),
  });

  return { trigger, setEnabled, save, remove, setAllEnabled };
}

async function updateAll(tasks: readonly ScheduledTask[], enabled: boolean): Promise<void> {
  await Promise.all(tasks.map(({ id }) => call('scheduler.update', { taskId: id, enabled })));
}

/** What a person decided about a task, as the contract takes it. */
function decisionsOf({ name, schedule, invoke }: ScheduledTask) {
  return { name, schedule, ...(invoke === null ? {} : { invoke }) };
}

async function createAgain(task: ScheduledTask): Promise<void> {
  const { id, name, schedule, invoke, enabled } = task;
  if (invoke === null) return;
  await call('scheduler.create', { id, name, schedule, invoke });
  if (!enabled) await call('scheduler.update', { taskId: id, enabled });
}
