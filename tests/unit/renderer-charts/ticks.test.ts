import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tickLabel, timeTicks, valueTicks } from '../../../renderer/charts/ticks.ts';
import { DAY, HOUR, MINUTE, T0 } from './build.ts';

describe('timeTicks', () => {
  it('uses round hours on a day and keeps them while the window moves on', () => {
    const ticks = timeTicks({ from: T0 + 7 * MINUTE, to: T0 + DAY + 7 * MINUTE }, 8);
    expect(ticks.map((at) => new Date(at).getUTCHours())).toEqual([3, 6, 9, 12, 15, 18, 21, 0]);
    const later = timeTicks({ from: T0 + 12 * MINUTE, to: T0 + DAY + 12 * MINUTE }, 8);
    expect(later).toEqual(ticks);
  });

  it('uses minutes on an hour and days on a month', () => {
    const hour = timeTicks({ from: T0, to: T0 + HOUR }, 8);
    expect(hour[1]).toBe(T0 + 10 * MINUTE);
    const month = timeTicks({ from: T0, to: T0 + 30 * DAY }, 8);
    expect(new Set(month.map((at) => at % DAY))).toEqual(new Set([0]));
  });

  it('gives rising ticks inside the window, never more than asked, never none on a window of use', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: T0, max: T0 + 400 * DAY }),
        fc.integer({ min: 2 * MINUTE, max: 60 * DAY }),
        fc.integer({ min: 3, max: 12 }),
        (from, span, most) => {
          const ticks = timeTicks({ from, to: from + span }, most);
          expect(ticks.length).toBeGreaterThanOrEqual(1);
          expect(ticks.length).toBeLessThanOrEqual(most);
          ticks.forEach((at, index) => {
            expect(at).toBeGreaterThanOrEqual(index === 0 ? from : (ticks[index - 1] ?? 0) + 1);
            expect(at).toBeLessThanOrEqual(from + span);
          });
        },
      ),
    );
  });
});

describe('tickLabel', () => {
  it('names the day on midnight and the time elsewhere', () => {
    const window = { from: T0 - 12 * HOUR, to: T0 + 12 * HOUR };
    expect(tickLabel(T0, window)).toContain('24');
    expect(tickLabel(T0 + 4 * HOUR, window)).toMatch(/0?4:00/);
  });

  it('shows seconds only where the tick is not on a whole minute', () => {
    const window = { from: T0, to: T0 + 2 * MINUTE };
    expect(tickLabel(T0 + MINUTE, window)).not.toMatch(/:\d\d:/);
    expect(tickLabel(T0 + 90_000, window)).toMatch(/01:30/);
  });
});

describe('valueTicks', () => {
  it.each([
    [96, [0, 20, 40, 60, 80, 100]],
    [0.4, [0, 0.1, 0.2, 0.3, 0.4]],
    [5200, [0, 2000, 4000, 6000]],
  ])('labels an axis up to %d', (top, ticks) => {
    expect(valueTicks(top, 5)).toEqual(ticks);
  });

  it('starts at zero, reaches the top and stays short for any value', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e8, noNaN: true }), (top) => {
        const ticks = valueTicks(top, 5);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(top);
        expect(ticks.length).toBeLessThanOrEqual(7);
      }),
    );
  });
});
