import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { nextRunAfter } from '../../../../electron/core/schedule/due.ts';
import type { Schedule, Weekday } from '../../../../shared/model/schedule.ts';

const day = 86_400_000;
const noCron = () => null;
const next = (schedule: Schedule, after: string) => {
  const at = nextRunAfter(schedule, Date.parse(after), noCron);
  return at === null ? null : new Date(at).toISOString();
};
const daily = (hour: number, minute = 0): Schedule => ({ kind: 'daily', hour, minute });
const weekly = (days: Weekday[], hour: number, minute = 0): Schedule => ({
  kind: 'weekly',
  days,
  hour,
  minute,
});

const zoneBefore = process.env.TZ;
function zone(name: string) {
  process.env.TZ = name;
}
afterEach(() => {
  process.env.TZ = zoneBefore;
});

describe('nextRunAfter', () => {
  it('adds the interval', () => {
    expect(nextRunAfter({ kind: 'interval', secs: 1.5 }, 1000, noCron)).toBe(2500);
  });

  it('takes the slot of today, else of tomorrow; never the very moment', () => {
    expect(next(daily(9, 30), '2026-03-10T09:29:59.999Z')).toBe('2026-03-10T09:30:00.000Z');
    expect(next(daily(9, 30), '2026-03-10T09:30:00Z')).toBe('2026-03-11T09:30:00.000Z');
    expect(next(daily(0, 0), '2026-12-31T00:00:00Z')).toBe('2027-01-01T00:00:00.000Z');
    expect(next(daily(0, 0), '2028-02-28T12:00:00Z')).toBe('2028-02-29T00:00:00.000Z');
  });

  it('takes the nearest of the chosen weekdays, in whatever order they are given', () => {
    // 2026-03-10 is a Tuesday.
    expect(next(weekly(['fri', 'mon'], 9), '2026-03-10T10:00:00Z')).toBe('2026-03-13T09:00:00.000Z');
    expect(next(weekly(['tue'], 9), '2026-03-10T08:00:00Z')).toBe('2026-03-10T09:00:00.000Z');
    expect(next(weekly(['tue'], 9), '2026-03-10T09:00:00Z')).toBe('2026-03-17T09:00:00.000Z');
    expect(next(weekly(['sun'], 9), '2026-03-10T09:00:00Z')).toBe('2026-03-15T09:00:00.000Z');
  });

  it('asks the given reader for cron, and believes only the future', () => {
    const cron: Schedule = { kind: 'cron', expression: '*/5 * * * *' };
    expect(nextRunAfter(cron, 100, (expression, after) => after + expression.length)).toBe(111);
    expect(nextRunAfter(cron, 100, (_expression, after) => after)).toBeNull();
    expect(nextRunAfter(cron, 100, () => null)).toBeNull();
  });

  it('means local time', () => {
    zone('America/New_York');
    expect(next(daily(9), '2026-01-10T00:00:00Z')).toBe('2026-01-10T14:00:00.000Z');
    zone('Asia/Kathmandu');
    expect(next(daily(9), '2026-01-10T00:00:00Z')).toBe('2026-01-10T03:15:00.000Z');
    // Saturday 21:00 in Los Angeles is Sunday in UTC.
    zone('America/Los_Angeles');
    expect(next(weekly(['sat'], 21), '2026-01-10T12:00:00Z')).toBe('2026-01-11T05:00:00.000Z');
  });

  it('skips a slot that the clock change leaves out', () => {
    zone('Europe/Berlin'); // 2026-03-29: 02:00 becomes 03:00
    expect(next(daily(2, 30), '2026-03-28T12:00:00Z')).toBe('2026-03-30T00:30:00.000Z');
    expect(next(daily(3, 0), '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
    expect(next(weekly(['sun'], 2, 30), '2026-03-28T12:00:00Z')).toBe('2026-04-05T00:30:00.000Z');
    zone('America/New_York'); // 2026-03-08
    expect(next(daily(2, 15), '2026-03-08T05:00:00Z')).toBe('2026-03-09T06:15:00.000Z');
    zone('Australia/Lord_Howe'); // 2026-10-04: half an hour, 02:00 becomes 02:30
    expect(next(daily(2, 15), '2026-10-03T12:00:00Z')).toBe('2026-10-04T15:15:00.000Z');
  });

  it('takes the first of two', () => {
    zone('Europe/Berlin'); // 2026-10-25: 03:00 becomes 02:00
    expect(next(daily(2, 30), '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(next(daily(2, 30), '2026-10-25T00:30:00Z')).toBe('2026-10-26T01:30:00.000Z');
    expect(next(daily(2, 30), '2026-10-25T01:10:00Z')).toBe('2026-10-26T01:30:00.000Z');
  });

  it('does without a day that never was', () => {
    zone('Pacific/Apia'); // 2011-12-30 was left out
    expect(next(daily(9), '2011-12-29T20:00:00Z')).toBe('2011-12-30T19:00:00.000Z');
    expect(next(weekly(['fri'], 9), '2011-12-29T20:00:00Z')).toBe('2012-01-05T19:00:00.000Z');
  });

  it.each([
    'UTC',
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'Africa/Casablanca',
  ])('is always ahead, within a bound, and at the hour it names (%s)', (name) => {
    zone(name);
    const weekdays: Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    const time = { hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) };
    const slot = fc.oneof(
      fc.record({ kind: fc.constant('daily' as const), ...time }),
      fc.record({
        kind: fc.constant('weekly' as const),
        days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
        ...time,
      }),
    );
    const after = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2035-01-01') });
    fc.assert(
      fc.property(slot, after, (schedule, afterMs) => {
        const at = nextRunAfter(schedule, afterMs, noCron);
        if (at === null) throw new Error('no slot found');
        expect(at).toBeGreaterThan(afterMs);
        expect(at - afterMs).toBeLessThan(schedule.kind === 'daily' ? 3 * day : 22 * day);
        const local = new Date(at);
        expect([local.getHours(), local.getMinutes()]).toEqual([schedule.hour, schedule.minute]);
        if (schedule.kind === 'weekly') expect(schedule.days).toContain(weekdays[local.getDay()]);
        // No slot between: the one before it, sought from just before, is this one again.
        expect(nextRunAfter(schedule, at - 1, noCron)).toBe(at);
      }),
    );
  });
});
