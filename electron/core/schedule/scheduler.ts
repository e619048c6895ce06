import type { Schedule, ScheduledTask, TaskRun, TaskRunOutcome } from '../../../shared/model/schedule.ts';
import { type CronNext, nextRunAfter } from './due.ts';
import { HEALTH_TASK_ID, HEALTH_TASK_NAME, scheduledTask, TaskError } from './task.ts';

/** What a person may change of a task. Absent means unchanged. */
export interface TaskChanges {
  readonly name?: string | undefined;
  readonly schedule?: Schedule | undefined;
  readonly invoke?: ScheduledTask['invoke'] | undefined;
  readonly enabled?: boolean | undefined;
}

/** How a run ended. `error` is for outcome `error`; without it the summary is taken. */
export interface RunResult {
  readonly outcome: TaskRunOutcome;
  readonly summary: string;
  readonly error?: string | undefined;
}

/**
 * Every scheduled task and when it is due (DESIGN.md §8). Tasks are immutable: each change makes a new one. A run
 * never overlaps itself; slots missed while asleep are run once, not all. All times are epoch ms.
 */
export class TaskTable {
  readonly #cronNext: CronNext;
  readonly #tasks = new Map<string, ScheduledTask>();

  constructor(cronNext: CronNext) {
    this.#cronNext = cronNext;
  }

  /** Adds a task; one that has no `nextRunAt` waits for its first slot. Throws `TaskError` `exists`. */
  addTask(task: ScheduledTask, nowMs: number): ScheduledTask {
    if (this.#tasks.has(task.id)) throw new TaskError('exists', task.id);
    const nextRunAt = task.enabled ? (task.nextRunAt ?? this.#slotAfter(task.schedule, nowMs)) : null;
    return this.#put({ ...task, running: false, nextRunAt });
  }

  /** `addTask`, unless the id is taken: then the task that has it stays as it is and is returned. */
  addTaskIfMissing(task: ScheduledTask, nowMs: number): ScheduledTask {
    return this.#tasks.get(task.id) ?? this.addTask(task, nowMs);
  }

  /**
   * Registers `skill_health_check` every `checkIntervalSecs`. Where it exists with another interval it is re-timed,
   * counted from its last run and never into the past.
   */
  withSkillHealthChecks(checkIntervalSecs: number, nowMs: number): ScheduledTask {
    const schedule: Schedule = { kind: 'interval', secs: checkIntervalSecs };
    const task = this.addTaskIfMissing(scheduledTask(HEALTH_TASK_ID, HEALTH_TASK_NAME, schedule), nowMs);
    if (task.schedule.kind === 'interval' && task.schedule.secs === checkIntervalSecs) return task;
    const lastRunAt = Math.min(task.lastRunAt ?? nowMs, nowMs);
    const nextRunAt = Math.max(nowMs, this.#slotAfter(schedule, lastRunAt) ?? nowMs);
    return this.#put({ ...task, schedule, nextRunAt: task.enabled ? nextRunAt : null });
  }

  get(taskId: string): ScheduledTask | undefined {
    return this.#tasks.get(taskId);
  }

  /** Every task, sorted by id. */
  list(): readonly ScheduledTask[] {
    return [...this.#tasks.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /**
   * Changes a task. Another schedule counts from now. Enabling a disabled or paused task clears its failure streak and
   * error. Throws `TaskError` `not_found`.
   */
  update(taskId: string, changes: TaskChanges, nowMs: number): ScheduledTask {
    const task = this.#tasks.get(taskId);
    if (task === undefined) throw new TaskError('not_found', taskId);
    const schedule = changes.schedule ?? task.schedule;
    const enabled = changes.enabled ?? task.enabled;
    const revived = enabled && !task.enabled;
    const replan = revived || changes.schedule !== undefined;
    const nextRunAt = replan ? this.#slotAfter(schedule, nowMs) : task.nextRunAt;
    return this.#put({
      ...task,
      name: changes.name ?? task.name,
      invoke: changes.invoke ?? task.invoke,
      schedule,
      enabled,
      nextRunAt: enabled ? nextRunAt : null,
      failureStreak: revived ? 0 : task.failureStreak,
      lastError: revived ? null : task.lastError,
    });
  }

  /** Takes a task out; false when there was none. A run under way may still be finished: it leaves no trace here. */
  remove(taskId: string): boolean {
    return this.#tasks.delete(taskId);
  }

  /** Tasks to run now, the longest due first: enabled, not running, their time has come. */
  due(nowMs: number): readonly ScheduledTask[] {
    return this.#waiting()
      .filter(({ nextRunAt }) => nextRunAt <= nowMs)
      .sort((a, b) => a.nextRunAt - b.nextRunAt || (a.id < b.id ? -1 : 1));
  }

  /** When `due` next has something; null when nothing is planned. */
  earliestDue(): number | null {
    const times = this.#waiting().map(({ nextRunAt }) => nextRunAt);
    return times.length === 0 ? null : Math.min(...times);
  }

  /**
   * Marks a task as running, due or not, enabled or not (`trigger_now`). False, and nothing changes, while it runs
   * already. Throws `TaskError` `not_found`.
   */
  begin(taskId: string, nowMs: number): boolean {
    const task = this.#tasks.get(taskId);
    if (task === undefined) throw new TaskError('not_found', taskId);
    if (task.running) return false;
    this.#put({ ...task, running: true, lastRunAt: nowMs });
    return true;
  }

  /**
   * Ends a run and plans the next one. Success clears the streak. An error is retried 60 s × 2ⁿ later while the
   * streak is within `maxRetries`, then waits for the next slot; at `maxFailureStreakBeforePause` the task is paused
   * with the reason in `lastError`. `skipped` leaves the streak as it was.
   */
  finish(taskId: string, result: RunResult, startedAtMs: number, finishedAtMs: number): TaskRun {
    const task = this.#tasks.get(taskId);
    const durationMs = Math.max(0, finishedAtMs - startedAtMs);
    if (task?.running === true) {
      // The earlier of the two: were the wall clock set back meanwhile, the next slot would be far away.
      const slot = this.#slotFollowing(task.schedule, Math.min(startedAtMs, finishedAtMs), finishedAtMs);
      this.#put({ ...task, ...settled(task, result, slot, finishedAtMs), running: false });
    }
    return {
      taskId,
      startedAt: startedAtMs,
      durationMs,
      outcome: result.outcome,
      softTimeout: task !== undefined && durationMs > task.softTimeoutSecs * 1000,
      summary: result.summary,
    };
  }

  /** The first slot of a task inside a stretch, which a run that filled the stretch kept it from; null when there was none. */
  missedSlot(taskId: string, startedAtMs: number, finishedAtMs: number): number | null {
    const task = this.#tasks.get(taskId);
    if (task?.enabled !== true) return null;
    const slot = this.#slotAfter(task.schedule, startedAtMs);
    return slot !== null && slot <= finishedAtMs ? slot : null;
  }

  /** After the wall clock was set: no task waits longer than its schedule says. What is due stays due, once. */
  replan(nowMs: number): void {
    for (const task of this.#waiting()) {
      const slot = this.#slotAfter(task.schedule, nowMs);
      if (slot !== null && slot < task.nextRunAt) this.#put({ ...task, nextRunAt: slot });
    }
  }

  /** Takes over stored tasks as they stand. A run that a killed host left open is over. */
  restore(tasks: Iterable<ScheduledTask>): void {
    for (const task of tasks) this.#put({ ...task, running: false });
  }

  #waiting(): (ScheduledTask & { readonly nextRunAt: number })[] {
    return [...this.#tasks.values()].filter(
      (task): task is ScheduledTask & { readonly nextRunAt: number } =>
        task.enabled && !task.running && task.nextRunAt !== null,
    );
  }

  /** The slot after a run: counted from its start, so that an interval keeps its pace, but never in the past. */
  #slotFollowing(schedule: Schedule, startedAtMs: number, finishedAtMs: number): number | null {
    const slot = this.#slotAfter(schedule, startedAtMs);
    return slot === null || slot > finishedAtMs ? slot : this.#slotAfter(schedule, finishedAtMs);
  }

  #slotAfter(schedule: Schedule, afterMs: number): number | null {
    return nextRunAfter(schedule, afterMs, this.#cronNext);
  }

  #put(task: ScheduledTask): ScheduledTask {
    this.#tasks.set(task.id, Object.freeze(task));
    return task;
  }
}

type Settled = Pick<ScheduledTask, 'enabled' | 'failureStreak' | 'lastError' | 'nextRunAt'>;

/** What a result makes of a task whose next regular slot is `slot`. */
function settled(task: ScheduledTask, result: RunResult, slot: number | null, finishedAtMs: number): Settled {
  const { enabled, failureStreak, lastError } = task;
  const nextRunAt = enabled ? slot : null;
  if (result.outcome === 'success') return { enabled, failureStreak: 0, lastError: null, nextRunAt };
  if (result.outcome === 'skipped') return { enabled, failureStreak, lastError, nextRunAt };

  const streak = failureStreak + 1;
  const error = result.error ?? result.summary;
  if (streak >= task.maxFailureStreakBeforePause) {
    const reason = `paused after ${streak} failures in a row, last: ${error}`;
    return { enabled: false, failureStreak: streak, lastError: reason, nextRunAt: null };
  }
  const retryAt = finishedAtMs + task.retryBackoffSecs * 1000 * 2 ** (streak - 1);
  const next = streak <= task.maxRetries ? retryAt : slot;
  return { enabled, failureStreak: streak, lastError: error, nextRunAt: enabled ? next : null };
}
