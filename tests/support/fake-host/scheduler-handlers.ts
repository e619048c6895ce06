import { CommandError } from '../../../shared/contract/index.ts';
import type { ScheduledTask } from '../../../shared/model/schedule.ts';
import type { Handlers } from './handlers.ts';
import type { World } from './world.ts';

export function schedulerHandlers(
  world: World,
): Pick<
  Handlers,
  | 'scheduler.list'
  | 'scheduler.create'
  | 'scheduler.update'
  | 'scheduler.preview'
  | 'scheduler.delete'
  | 'scheduler.trigger_now'
  | 'scheduler.history'
> {
  function task(id: string): ScheduledTask {
    const found = world.tasks.get(id);
    if (found === undefined) throw new CommandError('not_found', `There is no task “${id}”.`);
    return found;
  }
  function put(next: ScheduledTask): { task: ScheduledTask } {
    world.tasks.set(next.id, next);
    world.publish('task.changed', { taskId: next.id, task: next });
    return { task: next };
  }
  return {
    'scheduler.list': () => ({ tasks: [...world.tasks.values()] }),
    'scheduler.create': ({ id, name, schedule, invoke }) =>
      put({
        ...task('skill_health_check'),
        id,
        name,
        schedule,
        kind: 'user',
        invoke: {
          skillId: invoke.skillId,
          method: invoke.method,
          ...(invoke.params === undefined ? {} : { params: invoke.params }),
        },
      }),
    'scheduler.update': ({ taskId, name, schedule, enabled }) => {
      const before = task(taskId);
      return put({
        ...before,
        name: name ?? before.name,
        schedule: schedule ?? before.schedule,
        enabled: enabled ?? before.enabled,
        nextRunAt: (enabled ?? before.enabled) ? Date.now() + 180_000 : null,
      });
    },
    'scheduler.preview': ({ schedule, count = 5 }) => {
      const stepMs = schedule.kind === 'interval' ? schedule.secs * 1000 : 86_400_000;
      return { runs: Array.from({ length: count }, (_, index) => Date.now() + (index + 1) * stepMs) };
    },
    'scheduler.delete': ({ taskId }) => {
      world.tasks.delete(taskId);
      world.publish('task.changed', { taskId, task: null });
      return { deleted: true };
    },
    'scheduler.trigger_now': async ({ taskId }) => {
      const before = task(taskId);
      put({ ...before, running: true });
      await new Promise((resolve) => setTimeout(resolve, 600));
      const run = {
        taskId,
        startedAt: Date.now() - 600,
        durationMs: 600,
        outcome: 'success' as const,
        softTimeout: false,
        summary: '9 asked, 1 failed',
      };
      world.runs.unshift(run);
      put({ ...before, running: false, lastRunAt: Date.now(), nextRunAt: Date.now() + 300_000 });
      return { run };
    },
    'scheduler.history': ({ taskId, limit = 100 }) => ({
      runs: world.runs.filter((run) => taskId === undefined || run.taskId === taskId).slice(0, limit),
    }),
  };
}
