import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckPlan, stableOffset } from '../../../../electron/core/schedule/check-plan.ts';

const interval = 60_000;

function planOf(now: number, ...ids: string[]): CheckPlan {
  const plan = new CheckPlan();
  for (const id of ids) plan.setSkill(id, interval, now);
  return plan;
}

/** What a plan that holds the skill answers; a missing one fails the test. */
function nextAt(plan: CheckPlan, id: string): number {
  const at = plan.nextAt(id);
  if (at === null) throw new Error(`${id} is not planned`);
  return at;
}

describe('CheckPlan', () => {
  it('is empty at first', () => {
    const plan = new CheckPlan();
    expect([plan.due(1e12), plan.earliest(), plan.nextAt('a')]).toEqual([[], null, null]);
  });

  it('waits for the slot of a new skill, which is the same after every start', () => {
    const first = nextAt(planOf(1000, 'a'), 'a');
    expect(first).toBeGreaterThanOrEqual(1000);
    expect(first).toBeLessThan(1000 + interval);
    expect(nextAt(planOf(1000, 'a'), 'a')).toBe(first);
    expect((first - stableOffset('a', interval)) % interval).toBe(0);
  });

  it('asks at once where that is wanted', () => {
    const plan = new CheckPlan();
    plan.setSkill('a', interval, 5000, { soon: true });
    expect(plan.due(5000)).toEqual(['a']);
  });

  it('leaves a skill due until it was asked, and then waits for a slot', () => {
    const plan = planOf(0, 'a');
    const at = nextAt(plan, 'a');
    expect(plan.due(at - 1)).toEqual([]);
    expect(plan.due(at)).toEqual(['a']);
    expect(plan.due(at)).toEqual(['a']);
    plan.asked('a', at);
    expect(plan.due(at)).toEqual([]);
    expect(nextAt(plan, 'a')).toBe(at + interval);
  });

  it('gives those due in the order they fell due', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const plan = planOf(0, ...ids);
    const byTime = [...ids].sort((x, y) => nextAt(plan, x) - nextAt(plan, y));
    expect(plan.due(interval)).toEqual(byTime);
    expect(plan.earliest()).toBe(nextAt(plan, byTime[0] ?? ''));
  });

  it('has one turn waiting after eight hours of sleep, not hundreds', () => {
    const plan = planOf(0, 'a');
    const woke = 8 * 3_600_000;
    expect(plan.due(woke)).toEqual(['a']);
    plan.asked('a', woke);
    expect(plan.due(woke)).toEqual([]);
    expect(nextAt(plan, 'a') - woke).toBeGreaterThanOrEqual(interval / 2);
  });

  it('moves nothing when the same interval is set again', () => {
    const plan = planOf(0, 'a');
    plan.askSoon('a', 10);
    plan.setSkill('a', interval, 5);
    expect(nextAt(plan, 'a')).toBe(10);
  });

  it('takes a shorter interval at once, and a longer one as well', () => {
    const plan = planOf(0, 'a');
    plan.setSkill('a', 2000, 100);
    expect(nextAt(plan, 'a')).toBeLessThan(2100);
    plan.setSkill('a', interval, 100);
    expect((nextAt(plan, 'a') - stableOffset('a', interval)) % interval).toBe(0);
  });

  it('keeps a skill due that is due when its interval changes', () => {
    const plan = planOf(0, 'a');
    const at = nextAt(plan, 'a');
    plan.setSkill('a', 10 * interval, at + 1);
    expect(plan.due(at + 1)).toEqual(['a']);
  });

  it('brings a turn forward when asked to, and never back', () => {
    const plan = planOf(0, 'a');
    plan.askSoon('a', 1);
    expect(nextAt(plan, 'a')).toBe(1);
    plan.askSoon('a', 9);
    expect(nextAt(plan, 'a')).toBe(1);
    plan.askSoon('nobody', 1);
    expect(plan.nextAt('nobody')).toBeNull();
  });

  it('forgets a removed skill; asking it later does not bring it back', () => {
    const plan = planOf(0, 'a');
    plan.removeSkill('a');
    plan.asked('a', 5);
    expect([plan.due(1e9), plan.earliest()]).toEqual([[], null]);
  });

  it('leaves 0.5 to 1.5 intervals after the first ask, and exactly one afterwards', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1000, max: 3_600_000 }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        (id, intervalMs, start) => {
          const plan = new CheckPlan();
          plan.setSkill(id, intervalMs, start, { soon: true });
          plan.asked(id, start);
          let at = nextAt(plan, id);
          expect(at - start).toBeGreaterThanOrEqual(intervalMs * 0.5 - 1e-6);
          expect(at - start).toBeLessThanOrEqual(intervalMs * 1.5 + 1e-6);
          for (let round = 0; round < 5; round += 1) {
            plan.asked(id, at);
            expect(nextAt(plan, id)).toBe(at + intervalMs);
            at += intervalMs;
          }
        },
      ),
    );
  });

  it('spreads 200 skills: no twentieth of the interval holds more than three times its share', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z_-]{0,12}$/),
        fc.constantFrom(1000, 2000, 60_000, 300_000, 3_600_000),
        fc.nat({ max: 5000 }),
        (prefix, intervalMs, first) => {
          const slices = new Array<number>(20).fill(0);
          for (let n = first; n < first + 200; n += 1) {
            const slice = Math.floor((stableOffset(`${prefix}${n}`, intervalMs) / intervalMs) * 20);
            slices[slice] = (slices[slice] ?? 0) + 1;
          }
          expect(slices).toHaveLength(20);
          expect(Math.max(...slices)).toBeLessThanOrEqual(30);
        },
      ),
    );
  });
});
