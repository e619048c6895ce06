import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ScheduledTask } from '../../../shared/model/schedule.ts';
import { call } from '../../bridge/call.ts';
import { undoAction } from '../../components/undo-action.ts';
import { feedback } from '../../state/feedback.ts';

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

  return { trigger, setEnabled };
}
