import { CommandError } from '../../../shared/contract/index.ts';
import type { Schedule, ScheduledTask } from '../../../shared/model/schedule.ts';
import { upcomingRuns } from '../../core/schedule/due.ts';
import { scheduledTask } from '../../core/schedule/task.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Rooms } from '../rooms.ts';
import { cronNext } from '../task-runner.ts';

const DEFAULT_LIMIT = 100;
const PREVIEWED_RUNS = 5;

export function schedulerCommands(rooms: Rooms) {
  const { clock, keeper, storage, taskRunner, tasks } = rooms;
  return {
    'scheduler.list': () => ({ tasks: [...tasks.list()] }),
    'scheduler.create': ({ id, name, schedule, invoke }) => {
      keeper.skill(invoke.skillId);
      mustBeReadable(schedule);
      if (tasks.get(id) !== undefined) throw new CommandError('conflict', `There is a task "${id}" already.`);
      tasks.addTask(
        scheduledTask(id, name, schedule, { kind: 'user', invoke: callOf(invoke) }),
        clock.nowMs(),
      );
      return { task: taskRunner.saved(id) };
    },
    'scheduler.update': ({ taskId, invoke, ...change }) => {
      const task = taskRunner.get(taskId);
      if (invoke !== undefined) {
        keeper.skill(invoke.skillId);
        if (task.kind === 'builtin')
          throw new CommandError('not_allowed', `What "${task.name}" does belongs to Skillward.`);
      }
      if (change.schedule !== undefined) {
        mustBeReadable(change.schedule);
        if (task.kind === 'builtin') {
          throw new CommandError(
            'not_allowed',
            `"${task.name}" follows the health settings: change health.checkIntervalSecs instead.`,
          );
        }
      }
      tasks.update(
        taskId,
        invoke === undefined ? change : { ...change, invoke: callOf(invoke) },
        clock.nowMs(),
      );
      return { task: taskRunner.saved(taskId) };
    },
    'scheduler.preview': ({ schedule, count }) => {
      mustBeReadable(schedule);
      return { runs: [...upcomingRuns(schedule, clock.nowMs(), count ?? PREVIEWED_RUNS, cronNext)] };
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

type Invocation = NonNullable<ScheduledTask['invoke']>;

/** Optional means absent: what is stored and compared has no `undefined` in it. */
function callOf({
  params,
  ...call
}: Omit<Invocation, 'params'> & { readonly params?: Invocation['params'] | undefined }): Invocation {
  return params === undefined ? call : { ...call, params };
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
