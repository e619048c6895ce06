import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduledTask } from '../../../electron/core/schedule/task.ts';
import { tooLongMs } from '../../../renderer/screens/scheduler/pace.ts';
import { scheduleInWords } from '../../../renderer/screens/scheduler/schedule-in-words.ts';
import {
  formOf,
  invocationOf,
  newTaskId,
  scheduleOf,
  type TaskForm,
  taskFormSchema,
} from '../../../renderer/screens/scheduler/task-form.ts';
import { type Schedule, type TaskRun, taskIdSchema, weekdaySchema } from '../../../shared/model/schedule.ts';

const invoke = { skillId: 'weather', method: 'fetch', params: { city: 'Oslo' } };
const time = { hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) };
const schedules: fc.Arbitrary<Schedule> = fc.oneof(
  fc.record({ kind: fc.constant('interval' as const), secs: fc.integer({ min: 1, max: 1_000_000 }) }),
  fc.record({ kind: fc.constant('daily' as const), ...time }),
  fc.record({
    kind: fc.constant('weekly' as const),
    days: fc.subarray([...weekdaySchema.options], { minLength: 1 }),
    ...time,
  }),
  fc.record({ kind: fc.constant('cron' as const), expression: fc.constant('0 8 * * 1-5') }),
);

describe('the task form', () => {
  it('shows a task and gives the same task back', () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        const form = formOf(scheduledTask('t', 'T', schedule, { kind: 'user', invoke }));
        expect(taskFormSchema.safeParse(form).success).toBe(true);
        expect([scheduleOf(form), invocationOf(form)]).toEqual([schedule, invoke]);
      }),
    );
  });
  it('says what is missing, where it is missing', () => {
    const wrong = (change: Partial<TaskForm>) =>
      taskFormSchema.safeParse({ ...formOf(null), name: 'x', skillId: 'a', method: 'm', ...change });
    const at = (change: Partial<TaskForm>) => wrong(change).error?.issues.map(({ path }) => path.join('.'));
    expect(at({})).toBeUndefined();
    expect(at({ name: ' ' })).toEqual(['name']);
    expect(at({ params: '[1]' })).toEqual(['params']);
    expect(at({ params: '{"a": 1}' })).toBeUndefined();
    expect(at({ amount: 0 })).toEqual(['amount']);
    expect(at({ kind: 'weekly', days: [], time: '25:00' })).toEqual(['time', 'days']);
    expect(at({ kind: 'cron', cron: ' ' })).toEqual(['cron']);
  });
  it('makes an id of any name that the contract takes and nobody has', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 80 })), (names) => {
        const taken = new Set<string>();
        for (const name of names) {
          const id = newTaskId(name, taken);
          expect([taken.has(id), taskIdSchema.safeParse(id).success]).toEqual([false, true]);
          taken.add(id);
        }
      }),
    );
    expect(newTaskId('Bücher holen!', new Set(['bucher-holen']))).toBe('bucher-holen-2');
  });
});

describe('cron in words', () => {
  it.each([
    ['* * * * *', 'Every minute'],
    ['*/15 * * * *', 'Every 15 minutes'],
    ['5 * * * *', 'Every hour at :05'],
    ['30 8 * * *', 'Every day at 08:30'],
    ['0 8 * * 1-5', 'On weekdays at 08:00'],
    ['0 8 * * 0', 'Every Sunday at 08:00'],
    ['0 8 * * 6', 'Every Saturday at 08:00'],
    ['*/7 * * * *', 'Cron */7 * * * *'],
    ['0 8 1 * *', 'Cron 0 8 1 * *'],
    ['0 0 8 * * *', 'Cron 0 0 8 * * *'],
    ['99 8 * * *', 'Cron 99 8 * * *'],
  ])('%s: %s', (expression, words) => {
    expect(scheduleInWords({ kind: 'cron', expression })).toBe(words);
  });
});

describe('the pace of a task', () => {
  const run = (durationMs: number, outcome: TaskRun['outcome'] = 'success'): TaskRun => ({
    ...{ taskId: 't', startedAt: 0, durationMs, outcome, softTimeout: false, summary: '' },
  });
  const task = scheduledTask('t', 'T', { kind: 'interval', secs: 10 }, { kind: 'user', invoke });

  it('is too fast when runs take longer than the time between them', () => {
    expect(
      tooLongMs(
        task,
        [1, 2, 3, 4, 5].map((secs) => run(secs * 4000)),
      ),
    ).toBe(20_000);
    expect(
      tooLongMs(
        task,
        [1, 2, 3, 4, 5].map((secs) => run(secs * 1000)),
      ),
    ).toBeNull();
  });
  it('is not judged by one slow run in many, by few runs, by skipped ones, or where there is no interval', () => {
    expect(tooLongMs(task, [...Array.from({ length: 39 }, () => run(10)), run(99_000)])).toBeNull();
    expect(tooLongMs(task, [run(99_000), run(99_000)])).toBeNull();
    expect(
      tooLongMs(
        task,
        Array.from({ length: 9 }, () => run(99_000, 'skipped')),
      ),
    ).toBeNull();
    const daily = scheduledTask('t', 'T', { kind: 'daily', hour: 1, minute: 0 }, { kind: 'user', invoke });
    expect(
      tooLongMs(
        daily,
        Array.from({ length: 9 }, () => run(99_000)),
      ),
    ).toBeNull();
  });
});
