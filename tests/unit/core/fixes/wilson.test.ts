import { describe, expect, it } from 'vitest';
import { wilsonLower, wilsonUpper } from '../../../../electron/core/fixes/wilson.ts';

describe('the bounds of a share', () => {
  it.each([
    [1, 1, 0.207],
    [2, 2, 0.342],
    [3, 3, 0.438],
    [5, 5, 0.566],
    [8, 10, 0.49],
    [10, 10, 0.722],
    [45, 50, 0.786],
    [0, 0, 0],
    [0, 7, 0],
  ])('%d of %d is at least %d', (successes, trials, bound) => {
    expect(wilsonLower(successes, trials)).toBeCloseTo(bound, 3);
  });

  it('lie around the share', () => {
    expect(wilsonUpper(0, 0)).toBe(1);
    expect(wilsonUpper(5, 10)).toBeGreaterThan(0.5);
    expect(wilsonLower(5, 10)).toBeLessThan(0.5);
    expect(wilsonUpper(0, 4)).toBeLessThan(0.5);
  });
});
