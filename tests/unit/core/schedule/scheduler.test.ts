import { describe, expect, it } from 'vitest';
import { type RunResult, TaskTable } from '../../../../electron/core/schedule/scheduler.ts';
import { scheduledTask, TaskError } from '../../../../electron/core/schedule/task.ts';
import { scheduledTaskSchema } from '../../../../shared/model/schedule.ts';

const t0 = Date.parse('2026-03-10T08:00:00Z');
const secs = 1000;
const success: RunResult = { outcome: 'success', summary: 'fine' };
const error: RunResult = { outcome: 'error', summary: 'went wrong', error: 'boom' };
const every = (interval: number) => ({ kind: 'interval', secs: interval }) as const;

/** A table with one task `t` every 100 s, and a hand that runs it. */
function withTask(extra: Parameters<typeof scheduledTask>[3] = {}) {
  const table = new TaskTable(() => null);
  table.addTask(scheduledTask('t', 'Task', every(100), extra), t0);
  const run = (result: RunResult, startedAt: number, finishedAt = startedAt) => {
    expect(table.begin('t', startedAt)).toBe(true);
    return table.finish('t', result, startedAt, finishedAt);
  };
  const task = () => table.get('t') ?? expect.fail('the task is gone');
  return { table, run, task };
}

describe('ScheduledTask', () => {
  it('has the defaults of DESIGN.md section 8', () => {
    const task = scheduledTask('t', 'Task', every(60));
    expect(scheduledTaskSchema.parse(task)).toEqual(task);
    expect(task).toMatchObject({
      id: 't',
      kind: 'builtin',
      enabled: true,
      maxRetries: 3,
      retryBackoffSecs: 60,
      maxFailureStreakBeforePause: 5,
      softTimeoutSecs: 300,
      running: false,
    });
  });

  it('is a task of the user when it invokes a skill', () => {
    const invoke = { skillId: 'a', method: 'sync' };
    expect(scheduledTask('t', 'Task', every(60), { invoke })).toMatchObject({ kind: 'user', invoke });
  });
});

describe('TaskTable', () => {
  it('plans the first slot of a new task, and keeps one it already has', () => {
    expect(withTask().task().nextRunAt).toBe(t0 + 100 * secs);
    expect(withTask({ nextRunAt: t0 + 5 }).task().nextRunAt).toBe(t0 + 5);
    expect(withTask({ enabled: false, nextRunAt: t0 + 5 }).task().nextRunAt).toBeNull();
  });

  it('refuses an id that is taken with a typed error, and changes nothing', () => {
    const { table, task } = withTask();
    const before = task();
    expect(() => table.addTask(scheduledTask('t', 'Other', every(5)), t0)).toThrow(TaskError);
    expect(() => table.addTask(scheduledTask('t', 'Other', every(5)), t0)).toThrow('already a task t');
    expect(table.addTaskIfMissing(scheduledTask('t', 'Other', every(5)), t0)).toBe(before);
    expect(table.list()).toEqual([before]);
  });

  it('lists tasks by id', () => {
    const { table } = withTask();
    table.addTaskIfMissing(scheduledTask('a', 'A', every(5)), t0);
    expect(table.list().map((task) => task.id)).toEqual(['a', 't']);
  });

  it('says what is due, the longest waiting first, and when something will be', () => {
    const { table } = withTask();
    table.addTask(scheduledTask('a', 'A', every(200)), t0);
    table.addTask(scheduledTask('b', 'B', every(50)), t0);
    table.addTask(scheduledTask('off', 'Off', every(1), { enabled: false }), t0);
    expect(table.earliestDue()).toBe(t0 + 50 * secs);
    expect(table.due(t0 + 50 * secs - 1)).toEqual([]);
    expect(table.due(t0 + 150 * secs).map((task) => task.id)).toEqual(['b', 't']);
  });

  it('has nothing due when there is nothing', () => {
    const table = new TaskTable(() => null);
    expect([table.due(t0), table.earliestDue()]).toEqual([[], null]);
  });

  it('never lets a run overlap itself', () => {
    const { table, task } = withTask();
    expect(table.begin('t', t0 + 100 * secs)).toBe(true);
    expect(task()).toMatchObject({ running: true, lastRunAt: t0 + 100 * secs });
    expect(table.begin('t', t0 + 101 * secs)).toBe(false);
    expect(task().lastRunAt).toBe(t0 + 100 * secs);
    expect(table.due(t0 + 9999 * secs)).toEqual([]);
    expect(table.earliestDue()).toBeNull();
  });

  it('does not begin what it does not know', () => {
    expect(() => new TaskTable(() => null).begin('t', t0)).toThrow('no task t');
  });

  it('reports a run with its duration', () => {
    const { run, task } = withTask();
    expect(run(success, t0, t0 + 1234)).toEqual({
      taskId: 't',
      startedAt: t0,
      durationMs: 1234,
      outcome: 'success',
      softTimeout: false,
      summary: 'fine',
    });
    expect(task()).toMatchObject({ running: false, failureStreak: 0, lastError: null });
  });

  it('reports a run over the soft timeout and lets it count as what it was', () => {
    const { run, task } = withTask({ softTimeoutSecs: 2 });
    expect(run(success, t0, t0 + 2000).softTimeout).toBe(false);
    expect(run(success, t0, t0 + 2001)).toMatchObject({ softTimeout: true, outcome: 'success' });
    expect(task().failureStreak).toBe(0);
  });

  it('keeps the pace of an interval, counted from the start of a run', () => {
    const { run, task } = withTask();
    run(success, t0, t0 + 30 * secs);
    expect(task().nextRunAt).toBe(t0 + 100 * secs);
  });

  it('runs slots missed while asleep or busy once, not all', () => {
    const { table, run, task } = withTask();
    const woke = t0 + 8 * 3600 * secs;
    expect(table.due(woke)).toHaveLength(1);
    run(success, woke, woke);
    expect(table.due(woke)).toEqual([]);
    run(success, woke, woke + 250 * secs);
    expect(task().nextRunAt).toBe(woke + 350 * secs);
  });

  it('retries an error after 60, 120 and 240 s, then waits for the slot', () => {
    const { run, task } = withTask({ maxFailureStreakBeforePause: 9 });
    const waits = [1, 2, 3, 4].map(() => {
      run(error, t0, t0 + secs);
      return ((task().nextRunAt ?? 0) - t0) / secs;
    });
    expect(waits).toEqual([61, 121, 241, 100]);
    expect(task()).toMatchObject({ failureStreak: 4, lastError: 'boom' });
  });

  it('clears streak and error with a success', () => {
    const { run, task } = withTask();
    run({ outcome: 'error', summary: 'went wrong' }, t0);
    expect(task()).toMatchObject({ failureStreak: 1, lastError: 'went wrong' });
    run(success, t0);
    expect(task()).toMatchObject({ failureStreak: 0, lastError: null, nextRunAt: t0 + 100 * secs });
  });

  it('pauses after five failures in a row and says why', () => {
    const { table, run, task } = withTask();
    for (let n = 0; n < 5; n += 1) run(error, t0);
    expect(task()).toMatchObject({
      enabled: false,
      nextRunAt: null,
      failureStreak: 5,
      lastError: 'paused after 5 failures in a row, last: boom',
    });
    expect(table.due(t0 + 1e9)).toEqual([]);
  });

  it('starts from zero when a paused task is enabled again', () => {
    const { table, run, task } = withTask();
    for (let n = 0; n < 5; n += 1) run(error, t0);
    table.update('t', { enabled: true }, t0 + secs);
    expect(task()).toMatchObject({
      enabled: true,
      failureStreak: 0,
      lastError: null,
      nextRunAt: t0 + 101 * secs,
    });
    run(error, t0);
    expect(task()).toMatchObject({ enabled: true, failureStreak: 1 });
  });

  it('lets a skipped run change neither streak nor error', () => {
    const { run, task } = withTask();
    run(error, t0);
    run({ outcome: 'skipped', summary: 'nothing to do' }, t0);
    expect(task()).toMatchObject({ failureStreak: 1, lastError: 'boom', nextRunAt: t0 + 100 * secs });
  });

  it('runs a disabled task when told to, and plans no further run of it', () => {
    const { run, task } = withTask({ enabled: false });
    run(error, t0);
    expect(task()).toMatchObject({ enabled: false, nextRunAt: null, failureStreak: 1 });
  });

  it('keeps a task off that was switched off while it ran', () => {
    const { table, task } = withTask();
    table.begin('t', t0);
    table.update('t', { enabled: false }, t0);
    table.finish('t', success, t0, t0);
    expect(task()).toMatchObject({ enabled: false, running: false, nextRunAt: null });
  });

  it('changes name and schedule; a schedule counts from now, a name moves nothing', () => {
    const { table, task } = withTask();
    table.update('t', { name: 'New' }, t0 + 50 * secs);
    expect(task()).toMatchObject({ name: 'New', nextRunAt: t0 + 100 * secs });
    table.update('t', { schedule: every(10) }, t0 + 50 * secs);
    expect(task().nextRunAt).toBe(t0 + 60 * secs);
    expect(() => table.update('x', { name: 'New' }, t0)).toThrow('no task x');
  });

  it('refuses a cron expression that cannot be read before anything has changed', () => {
    const table = new TaskTable(() => {
      throw new RangeError('bad expression');
    });
    const bad = { kind: 'cron', expression: 'x' } as const;
    expect(() => table.addTask(scheduledTask('c', 'Cron', bad), t0)).toThrow('bad expression');
    expect(table.list()).toEqual([]);
    const task = table.addTask(scheduledTask('t', 'Task', every(5)), t0);
    expect(() => table.update('t', { schedule: bad }, t0)).toThrow('bad expression');
    expect(table.get('t')).toBe(task);
  });

  it('takes the next slot of a cron expression from its reader', () => {
    const table = new TaskTable((_expression, after) => after + 7);
    const task = table.addTask(scheduledTask('c', 'Cron', { kind: 'cron', expression: '* * * * *' }), t0);
    expect(task.nextRunAt).toBe(t0 + 7);
  });

  it('lets a run of a removed task end without bringing it back', () => {
    const { table } = withTask();
    table.begin('t', t0);
    expect(table.remove('t')).toBe(true);
    expect(table.remove('t')).toBe(false);
    expect(table.finish('t', success, t0, t0 + 5)).toMatchObject({ taskId: 't', durationMs: 5 });
    expect(table.list()).toEqual([]);
  });

  it('does not plan anything for a run that never began', () => {
    const { table, task } = withTask();
    const before = task();
    table.finish('t', error, t0, t0);
    expect(task()).toBe(before);
  });

  it('takes over stored tasks; what a killed host left running is due again', () => {
    const { table } = withTask();
    table.begin('t', t0 + 100 * secs);
    const later = new TaskTable(() => null);
    later.restore(JSON.parse(JSON.stringify(table.list())));
    expect(later.get('t')).toMatchObject({ running: false, nextRunAt: t0 + 100 * secs });
    expect(later.due(t0 + 200 * secs)).toHaveLength(1);
  });

  it('waits no longer than the schedule says after the wall clock was set back', () => {
    const { table, task } = withTask();
    const back = t0 - 86_400 * secs;
    table.replan(back);
    expect(task().nextRunAt).toBe(back + 100 * secs);
    table.replan(back + 200 * secs);
    expect(table.due(back + 200 * secs)).toHaveLength(1);
  });

  it('plans from the earlier moment when the clock is set back during a run', () => {
    const { run, task } = withTask();
    expect(run(success, t0, t0 - 3600 * secs).durationMs).toBe(0);
    expect(task().nextRunAt).toBe(t0 - 3500 * secs);
  });
});

describe('withSkillHealthChecks', () => {
  it('registers the health task at the check interval, once', () => {
    const table = new TaskTable(() => null);
    const task = table.withSkillHealthChecks(300, t0);
    expect(task).toMatchObject({
      id: 'skill_health_check',
      name: 'Python Skill Health Checks',
      kind: 'builtin',
      schedule: { kind: 'interval', secs: 300 },
      nextRunAt: t0 + 300 * secs,
    });
    expect(table.withSkillHealthChecks(300, t0 + 50 * secs)).toBe(task);
    expect(table.list()).toHaveLength(1);
  });

  it('is re-timed from its last run when the interval changes, never into the past', () => {
    const table = new TaskTable(() => null);
    table.withSkillHealthChecks(300, t0);
    table.begin('skill_health_check', t0);
    table.finish('skill_health_check', success, t0, t0);
    expect(table.withSkillHealthChecks(60, t0 + 20 * secs).nextRunAt).toBe(t0 + 60 * secs);
    expect(table.withSkillHealthChecks(2, t0 + 20 * secs).nextRunAt).toBe(t0 + 20 * secs);
    expect(table.withSkillHealthChecks(300, t0 + 20 * secs).nextRunAt).toBe(t0 + 300 * secs);
  });

  it('stays off where a person switched it off', () => {
    const table = new TaskTable(() => null);
    table.withSkillHealthChecks(300, t0);
    table.update('skill_health_check', { enabled: false }, t0);
    expect(table.withSkillHealthChecks(60, t0)).toMatchObject({ enabled: false, nextRunAt: null });
  });
});
