import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addFailure,
  emptyFailureWindow,
  type FailureWindow,
  failuresWithin,
} from '../../../../electron/core/supervision/failure-window.ts';

const limits = { windowMs: 1000, maxFailures: 3 };
const added = (...times: number[]) =>
  times.reduce<FailureWindow>((window, at) => addFailure(window, at, limits), emptyFailureWindow);

describe('the failure window', () => {
  it('is empty at first', () => {
    expect(failuresWithin(emptyFailureWindow, 5, 1000)).toBe(0);
  });

  it('counts a failure until it is older than the window', () => {
    const window = added(100);
    expect(failuresWithin(window, 1100, 1000)).toBe(1);
    expect(failuresWithin(window, 1100.5, 1000)).toBe(0);
  });

  it('drops what is too old and keeps the latest', () => {
    expect(added(0, 100, 1050)).toEqual([100, 1050]);
    expect(added(0, 1, 2, 3, 4)).toEqual([2, 3, 4]);
  });

  it('leaves the window it was given as it was', () => {
    const window = added(1, 2);
    addFailure(window, 3, limits);
    expect(window).toEqual([1, 2]);
  });

  it('shrinks to a lowered limit with the next failure', () => {
    expect(addFailure(added(1, 2, 3), 4, { windowMs: 1000, maxFailures: 1 })).toEqual([4]);
  });

  it('is bounded, and decides like counting all failures ever would', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 12 }),
        (gaps, windowMs, maxFailures) => {
          let window = emptyFailureWindow;
          let now = 0;
          const all: number[] = [];
          for (const gap of gaps) {
            now += gap;
            all.push(now);
            window = addFailure(window, now, { windowMs, maxFailures });
            const truly = all.filter((at) => now - at <= windowMs).length;
            expect(window.length).toBeLessThanOrEqual(maxFailures);
            expect(failuresWithin(window, now, windowMs)).toBe(Math.min(truly, maxFailures));
          }
        },
      ),
    );
  });
});
