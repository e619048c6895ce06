import { CommandError } from '../../../shared/contract/index.ts';
import type { Schedule } from '../../../shared/model/schedule.ts';
import { scheduledTask } from '../../core/schedule/task.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Rooms } from '../rooms.ts';
import { cronNext } from '../task-runner.ts';

const DEFAULT_LIMIT = 100;

export function schedulerCommands(rooms: Rooms) {
  const { clock, keeper, storage, taskRunner, tasks } = rooms;
  return {
    'scheduler.list': () => ({ tasks: [...tasks.list()] }),
    'scheduler.create': ({ id, name, schedule, invoke }) => {
      keeper.skill(invoke.skillId);
      mustBeReadable(schedule);
      if (tasks.get(id) !== undefined) throw new CommandError('conflict', `There is a task "${id}" already.`);
      const { params, ...call } = invoke;
      tasks.addTask(
        scheduledTask(id, name, schedule, {
          kind: 'user',
          invoke: params === undefined ? call : { ...call, params },
        }),
        clock.nowMs(),
      );
      return { task: taskRunner.saved(id) };
    },
    'scheduler.update': ({ taskId, ...change }) => {
      const task = taskRunner.get(taskId);
      if (change.schedule !== undefined) {
        mustBeReadable(change.schedule);
        if (task.kind === 'builtin') {
          throw new CommandError(
            'not_allowed',
            `"${task.name}" follows the health settings: change health.checkIntervalSecs instead.`,
          );
        }
      }
      const defined = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      tasks.update(taskId, defined, clock.nowMs());
      return { task: taskRunner.saved(taskId) };
    },
    'scheduler.delete': ({ taskId }) => {
      const task = taskRunner.get(taskId);
      if (task.kind === 'builtin')
        throw new CommandError('not_allowed', `"${task.name}" belongs to Skillward. Pause it instead.`);
      taskRunner.remove(taskId);
      return { deleted: true as const };
    },
    'scheduler.trigger_now': async ({ taskId }) => ({ run: await taskRunner.trigger(taskId) }),
    'scheduler.history': ({ taskId, before, limit }) => ({
      runs: storage.tasks.runs({
        ...(taskId === undefined ? {} : { taskId }),
        ...(before === undefined ? {} : { before }),
        limit: limit ?? DEFAULT_LIMIT,
      }),
    }),
  } satisfies Partial<Handlers>;
}

function mustBeReadable(schedule: Schedule): void {
  if (schedule.kind !== 'cron') return;
  try {
    cronNext(schedule.expression, 0);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError('invalid_payload', `schedule.expression: not a cron expression (${why}).`);
  }
}
