import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COARSE_MS,
  MAX_POINTS,
  planBuckets,
  SLOT_MS,
} from '../../../electron/storage/history/bucket-plan.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now = 1_760_000_123_456;

describe('planBuckets', () => {
  it('never makes more buckets than asked for, nor more than 360, and covers the whole range', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: now }),
        fc.integer({ min: 1, max: 800 * DAY }),
        fc.integer({ min: 1, max: 1000 }),
        fc.constantFrom(1, SLOT_MS, COARSE_MS),
        (from, length, points, unit) => {
          const end = from + length;
          const { origin, width } = planBuckets(from, end, points, unit);
          const first = Math.floor((from - origin) / width);
          const last = Math.floor((end - 1 - origin) / width);
          expect(last - first + 1).toBeLessThanOrEqual(Math.min(points, MAX_POINTS));
          expect(width % unit).toBe(0);
          expect(origin % unit).toBe(0);
          expect(origin + first * width).toBeLessThanOrEqual(from);
        },
      ),
    );
  });

  it.each([
    ['1 h', HOUR, 15_000],
    ['24 h', DAY, 300_000],
    ['7 d', 7 * DAY, 30 * 60_000],
    ['30 d', 30 * DAY, 3 * HOUR],
  ])('cuts %s at widths a person can read', (_label, length, width) => {
    expect(planBuckets(now - length, now, 360)).toEqual({ origin: 0, width });
  });

  it('keeps bounds in place while the range moves with the clock', () => {
    const bounds = (end: number) => {
      const { origin, width } = planBuckets(end - DAY, end, 360);
      return (now - origin) % width;
    };
    expect(bounds(now + 61_000)).toBe(bounds(now));
  });
});
