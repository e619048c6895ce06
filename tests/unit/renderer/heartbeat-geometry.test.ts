import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BAR_HEIGHT, beatPaths, partsOf, pitchOf } from '../../../renderer/components/heartbeat-geometry.ts';
import { ranges } from '../../../renderer/state/ranges.ts';

const count = fc.integer({ min: 0, max: 500 });
const cells = fc.record({
  index: fc.integer({ min: 0, max: 95 }),
  healthy: count,
  degraded: count,
  failed: count,
  unreachable: count,
  quarantined: fc.boolean(),
});
const heightOf = (parts: readonly (readonly [string, number])[]) =>
  parts.reduce((sum, [, height]) => sum + height, 0);

describe('partsOf', () => {
  it('stands taller the worse it is: no data, healthy, degraded, bad', () => {
    const cell = { index: 0, healthy: 3, degraded: 0, failed: 0, unreachable: 0, quarantined: false };
    const heights = [undefined, cell, { ...cell, degraded: 1 }, { ...cell, failed: 1 }].map((one) =>
      heightOf(partsOf(one)),
    );
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    expect(new Set(heights).size).toBe(4);
  });
  it('shows one failure in a hundred without painting the cell red', () => {
    const parts = partsOf({
      index: 0,
      healthy: 99,
      degraded: 0,
      failed: 1,
      unreachable: 0,
      quarantined: false,
    });
    expect(parts).toEqual([
      ['ok', 15],
      ['bad', 5],
    ]);
  });
  it('is all red when every check failed, and all violet in quarantine without checks', () => {
    const none = { index: 0, healthy: 0, degraded: 0, failed: 0, unreachable: 0, quarantined: false };
    expect(partsOf({ ...none, failed: 2, unreachable: 1 })).toEqual([['bad', 20]]);
    expect(partsOf({ ...none, quarantined: true })).toEqual([['quar', 20]]);
    expect(partsOf(none)).toEqual([['none', 4]]);
  });
  it('never leaves the bar and never draws a part of no height', () => {
    fc.assert(
      fc.property(cells, (cell) => {
        const parts = partsOf(cell);
        expect(heightOf(parts)).toBeLessThan(BAR_HEIGHT);
        for (const [, height] of parts) expect(height).toBeGreaterThan(0);
      }),
    );
  });
});

describe('beatPaths', () => {
  it('draws every cell once, the absent ones as no data', () => {
    const paths = beatPaths(
      [{ index: 2, healthy: 1, degraded: 0, failed: 0, unreachable: 0, quarantined: false }],
      4,
    );
    expect(paths.none.match(/M/g)).toHaveLength(3);
    expect(paths.ok.match(/M/g)).toHaveLength(1);
    expect(paths.bad).toBe('');
  });
  it('keeps whole pixels for every range', () => {
    for (const range of Object.values(ranges)) {
      expect(Number.isInteger(pitchOf(range.cells))).toBe(true);
      expect(pitchOf(range.cells) * range.cells).toBeLessThanOrEqual(288);
    }
  });
});
