import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TaskTable } from '../../../../electron/core/schedule/scheduler.ts';
import { scheduledTask } from '../../../../electron/core/schedule/task.ts';

const t0 = Date.parse('2026-03-10T08:00:00Z');
const id = fc.constantFrom('a', 'b', 'c');
const step = fc.oneof(
  fc.record({ do: fc.constant('begin' as const), id }),
  fc.record({
    do: fc.constant('finish' as const),
    id,
    outcome: fc.constantFrom('success' as const, 'error' as const, 'skipped' as const),
  }),
  fc.record({ do: fc.constant('enable' as const), id, enabled: fc.boolean() }),
  fc.record({ do: fc.constant('remove' as const), id }),
  fc.record({ do: fc.constant('add' as const), id, secs: fc.integer({ min: 1, max: 5000 }) }),
);
const steps = fc.array(fc.record({ step, afterMs: fc.integer({ min: 0, max: 3_600_000 }) }), {
  maxLength: 80,
});

describe('whatever is ordered', () => {
  it('a task never has two runs, is never due while it runs, and always has a next slot while it waits', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const table = new TaskTable(() => null);
        const running = new Set<string>();
        let now = t0;
        for (const { step: order, afterMs } of all) {
          now += afterMs;
          if (order.do === 'add') {
            const schedule = { kind: 'interval', secs: order.secs } as const;
            table.addTaskIfMissing(scheduledTask(order.id, order.id, schedule), now);
          } else if (table.get(order.id) === undefined) continue;
          else if (order.do === 'begin') {
            expect(table.begin(order.id, now)).toBe(!running.has(order.id));
            running.add(order.id);
          } else if (order.do === 'finish') {
            table.finish(order.id, { outcome: order.outcome, summary: 's' }, now, now);
            running.delete(order.id);
          } else if (order.do === 'enable') table.update(order.id, { enabled: order.enabled }, now);
          else {
            table.remove(order.id);
            running.delete(order.id);
          }

          const due = table.due(now).map((task) => task.id);
          for (const task of table.list()) {
            expect(task.running).toBe(running.has(task.id));
            if (task.enabled) expect(task.failureStreak).toBeLessThan(task.maxFailureStreakBeforePause);
            if (task.running || !task.enabled) expect(due).not.toContain(task.id);
            if (!task.enabled) expect(task.nextRunAt).toBeNull();
            else expect(task.nextRunAt).not.toBeNull();
          }
          const earliest = table.earliestDue();
          expect(due.length > 0).toBe(earliest !== null && earliest <= now);
        }
      }),
    );
  });

  it('after a run the next one is ahead', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.constantFrom('success' as const, 'error' as const, 'skipped' as const),
        (secs, durationMs, outcome) => {
          const table = new TaskTable(() => null);
          table.addTask(scheduledTask('t', 'Task', { kind: 'interval', secs }), t0);
          table.begin('t', t0);
          table.finish('t', { outcome, summary: 's' }, t0, t0 + durationMs);
          expect(table.get('t')?.nextRunAt).toBeGreaterThan(t0 + durationMs);
        },
      ),
    );
  });
});
