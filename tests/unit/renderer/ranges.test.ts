import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeIds, ranges, windowAt } from '../../../renderer/state/ranges.ts';

describe('windowAt', () => {
  it('contains now, has the range’s length and ends on a cell boundary', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rangeIds), fc.integer({ min: 1, max: 4e12 }), (id, now) => {
        const range = ranges[id];
        const { from, to } = windowAt(range, now);
        expect(to - from).toBe(range.ms);
        expect(to % range.cellMs).toBe(0);
        expect(now).toBeGreaterThanOrEqual(from);
        expect(now).toBeLessThan(to);
      }),
    );
  });
  it('does not move within a cell, so that bars keep still', () => {
    const range = ranges['24h'];
    const start = 1000 * range.cellMs;
    expect(windowAt(range, start + range.cellMs - 1)).toEqual(windowAt(range, start));
    expect(windowAt(range, start + range.cellMs).to).toBe(windowAt(range, start).to + range.cellMs);
  });
  it('never asks for more than the contract allows', () => {
    for (const range of Object.values(ranges)) {
      expect(range.points).toBeLessThanOrEqual(360);
      expect(range.cells).toBeLessThanOrEqual(120);
    }
  });
});
