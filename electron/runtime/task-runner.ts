import { Cron } from 'croner';
import { CommandError } from '../../shared/contract/index.ts';
import type { ScheduledTask, TaskRun } from '../../shared/model/schedule.ts';
import type { TaskTable } from '../core/schedule/scheduler.ts';
import type { Clock, Timer } from '../core/supervision/clock.ts';
import type { Storage } from '../storage/storage.ts';
import type { EventHub } from './event-hub.ts';

/** The table is looked at least this often, so that a set-back wall clock or a sleep is noticed. */
const MAX_WAIT_MS = 30_000;

/** Thrown by a run that had no chance: nothing was tried, and nothing counts as failed. The message says why. */
export class RunSkipped extends Error {
  override readonly name = 'RunSkipped';
}

/** What a run came to, in one sentence. Throwing means the run failed, or was skipped (`RunSkipped`). */
export type RunTask = (task: ScheduledTask, asked: 'schedule' | 'person') => Promise<string>;

export interface TaskRunnerPorts {
  readonly clock: Clock;
  readonly table: TaskTable;
  readonly tasks: Storage['tasks'];
  readonly hub: EventHub;
  readonly run: RunTask;
  /** A task was made, changed or has run. */
  onSaved(taskId: string): void;
}

/** Runs scheduled tasks when they are due, never one twice at once, and keeps the record of every run. */
export class TaskRunner {
  readonly #ports: TaskRunnerPorts;
  #timer: Timer | null = null;
  #stopped = true;

  constructor(ports: TaskRunnerPorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#stopped = false;
    this.#reschedule();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  /** The wall clock was set: what was planned by it is planned anew. */
  clockJumped(): void {
    this.#ports.table.replan(this.#ports.clock.nowMs());
    this.#reschedule();
  }

  /** Runs a task now, whatever its schedule, and answers with the finished run. */
  async trigger(taskId: string): Promise<TaskRun> {
    const task = this.get(taskId);
    return this.#run(task, 'person');
  }

  get(taskId: string): ScheduledTask {
    const task = this.#ports.table.get(taskId);
    if (task === undefined) throw new CommandError('not_found', `There is no task "${taskId}".`);
    return task;
  }

  /** Keeps a task after it was made or changed, and tells. */
  saved(taskId: string): ScheduledTask {
    const task = this.get(taskId);
    this.#ports.tasks.save(task);
    this.#ports.hub.publish('task.changed', { taskId, task }, taskId);
    this.#ports.onSaved(taskId);
    this.#reschedule();
    return task;
  }

  remove(taskId: string): void {
    this.get(taskId);
    this.#ports.table.remove(taskId);
    this.#ports.tasks.remove(taskId);
    this.#ports.hub.publish('task.changed', { taskId, task: null }, taskId);
    this.#reschedule();
  }

  #reschedule(): void {
    if (this.#stopped) return;
    this.#timer?.cancel();
    const { clock, table } = this.#ports;
    const earliest = table.earliestDue();
    const waitMs =
      earliest === null ? MAX_WAIT_MS : Math.min(MAX_WAIT_MS, Math.max(0, earliest - clock.nowMs()));
    this.#timer = clock.after(waitMs, () => this.#wake());
  }

  #wake(): void {
    for (const task of this.#ports.table.due(this.#ports.clock.nowMs())) void this.#run(task, 'schedule');
    this.#reschedule();
  }

  async #run(task: ScheduledTask, asked: 'schedule' | 'person'): Promise<TaskRun> {
    const { clock, hub, table, tasks } = this.#ports;
    const startedAt = clock.nowMs();
    const startedMono = clock.monotonicMs();
    if (!table.begin(task.id, startedAt))
      throw new CommandError('conflict', `${task.name} is running already.`);
    hub.publish('task.changed', { taskId: task.id, task: this.get(task.id) }, task.id);
    const result = await this.#ports.run(task, asked).then(
      (summary) => ({ outcome: 'success' as const, summary }),
      (error: unknown) => ({
        outcome: error instanceof RunSkipped ? ('skipped' as const) : ('error' as const),
        summary: error instanceof Error ? error.message : String(error),
      }),
    );
    // The duration is measured on the monotonic clock; the wall clock may have moved meanwhile.
    const finishedAt = startedAt + Math.round(clock.monotonicMs() - startedMono);
    const planned = asked === 'schedule' && result.outcome !== 'skipped' ? task.nextRunAt : null;
    const missedAt = table.missedSlot(task.id, startedAt, finishedAt);
    const run: TaskRun = {
      ...table.finish(task.id, result, startedAt, finishedAt),
      ...(planned === null ? {} : { lateByMs: Math.max(0, startedAt - planned) }),
    };
    tasks.addRun(run);
    if (missedAt !== null) tasks.addRun(skippedRun(task.id, missedAt));
    if (table.get(task.id) !== undefined) this.saved(task.id);
    return run;
  }
}

/** A run that never began, because the one before it was still going. Several in a row are told once. */
function skippedRun(taskId: string, startedAt: number): TaskRun {
  const summary = 'the run before it was still going';
  return { taskId, startedAt, durationMs: 0, outcome: 'skipped', softTimeout: false, summary };
}

/** The next slot of a cron expression strictly after `afterMs`, local time; null when there is none. Throws on a bad expression. */
export function cronNext(expression: string, afterMs: number): number | null {
  return new Cron(expression, { paused: true }).nextRun(new Date(afterMs))?.getTime() ?? null;
}
