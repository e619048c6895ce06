import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTicks, laneOf, laneOfTimes, MIN_MARK_GAP } from '../../../renderer/screens/scheduler/lane.ts';
import {
  intervalInWords,
  scheduleInWords,
  shortInterval,
} from '../../../renderer/screens/scheduler/schedule-in-words.ts';

describe('a schedule in words', () => {
  it.each([
    [1, 'Every second'],
    [2, 'Every 2 seconds'],
    [1.5, 'Every 1.5 seconds'],
    [60, 'Every minute'],
    [90, 'Every 1 minute 30 seconds'],
    [300, 'Every 5 minutes'],
    [3600, 'Every hour'],
    [5400, 'Every 1 hour 30 minutes'],
    [3661, 'Every 3661 seconds'],
    [86_400, 'Every day'],
    [2_592_000, 'Every 30 days'],
  ])('%d s is "%s"', (secs, words) => {
    expect(scheduleInWords({ kind: 'interval', secs })).toBe(words);
  });

  it('has a short form that keeps the numbers', () => {
    expect(shortInterval(69)).toBe('1 min 9 s');
    expect(shortInterval(60)).toBe('minute');
    expect(shortInterval(5400)).toBe('1 h 30 min');
    expect(shortInterval(300)).toBe('5 min');
  });

  it('names days in the order of the week', () => {
    const at = { kind: 'weekly', hour: 7, minute: 5 } as const;
    expect(scheduleInWords({ ...at, days: ['thu', 'mon'] })).toBe('Every Monday and Thursday at 07:05');
    expect(scheduleInWords({ ...at, days: ['sun', 'sat'] })).toBe('At weekends at 07:05');
    expect(scheduleInWords({ ...at, days: ['fri', 'mon', 'tue', 'wed', 'thu'] })).toBe(
      'On weekdays at 07:05',
    );
    expect(scheduleInWords({ ...at, days: ['fri', 'mon', 'tue', 'wed', 'thu', 'sat', 'sun'] })).toBe(
      'Every day at 07:05',
    );
    expect(scheduleInWords({ kind: 'daily', hour: 0, minute: 0 })).toBe('Every day at 00:00');
    expect(scheduleInWords({ kind: 'cron', expression: '0 7 * * 1' })).toBe('Every Monday at 07:00');
  });

  it('never loses time: the words add up to the interval', () => {
    const secsOf = { second: 1, minute: 60, hour: 3600, day: 86_400 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_592_000 }), (secs) => {
        let total = 0;
        for (const [, amount, unit] of intervalInWords(secs).matchAll(
          /(\d+)? ?(second|minute|hour|day)s?/g,
        )) {
          total += Number(amount ?? 1) * secsOf[unit as keyof typeof secsOf];
        }
        expect(total).toBe(secs);
      }),
    );
  });
});

describe('a lane of the next hour', () => {
  const frame = { fromMs: 1_000_000, toMs: 1_000_000 + 3_600_000, width: 720 };

  it('is empty without a next check, or with one beyond the frame', () => {
    expect(laneOf(null, 60_000, frame)).toEqual({ kind: 'none' });
    expect(laneOf(frame.toMs + 1, 60_000, frame)).toEqual({ kind: 'none' });
  });

  it('marks each check where it falls', () => {
    expect(laneOf(frame.fromMs + 300_000, 1_800_000, frame)).toEqual({ kind: 'marks', xs: [60, 420] });
    expect(laneOf(frame.fromMs + 300_000, null, frame)).toEqual({ kind: 'marks', xs: [60] });
  });

  it('draws a due check at the left edge', () => {
    expect(laneOf(frame.fromMs - 5000, 3_600_000, frame)).toEqual({ kind: 'marks', xs: [0, 720] });
  });

  it('becomes a band where marks would touch', () => {
    expect(laneOf(frame.fromMs, 5000, frame)).toEqual({ kind: 'band', fromX: 0 });
  });

  it('never leaves the frame nor draws marks closer than the limit', () => {
    const around = fc.integer({ min: frame.fromMs - 10_000_000, max: frame.toMs + 10_000_000 });
    fc.assert(
      fc.property(around, fc.integer({ min: 1000, max: 86_400_000 }), (nextAtMs, intervalMs) => {
        const lane = laneOf(nextAtMs, intervalMs, frame);
        if (lane.kind !== 'marks') return;
        for (const [index, x] of lane.xs.entries()) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(frame.width);
          const before = lane.xs[index - 1];
          if (before !== undefined) expect(x - before).toBeGreaterThan(MIN_MARK_GAP - 1e-6);
        }
      }),
    );
  });

  it('marks times that are known one by one, and no others', () => {
    const frame = { fromMs: 0, toMs: 1000, width: 100 };
    expect(laneOfTimes([-5, 0, 500, 1001], frame)).toEqual({ kind: 'marks', xs: [0, 50] });
    expect(laneOfTimes([100, 110, 500], frame)).toEqual({ kind: 'band', fromX: 10 });
    expect(laneOfTimes([2000], frame)).toEqual({ kind: 'none' });
  });
  it('has axis ticks on full ten minutes', () => {
    const ticks = axisTicks(frame);
    expect(ticks).toHaveLength(6);
    expect(ticks.every(({ atMs }) => atMs % 600_000 === 0)).toBe(true);
  });
});
