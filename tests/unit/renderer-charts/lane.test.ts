import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laneBars } from '../../../renderer/charts/lane.ts';
import { atOf, PLOT, plotWidth, xOf } from '../../../renderer/charts/plot.ts';
import { DAY, MINUTE, T0 } from './build.ts';

const window = { from: T0, to: T0 + DAY };
const WIDTH = 800;

describe('xOf and atOf', () => {
  it('are inverse inside the window and stop at its edges', () => {
    fc.assert(
      fc.property(fc.integer({ min: T0, max: T0 + DAY }), (at) => {
        expect(Math.abs(atOf(xOf(at, window, WIDTH), window, WIDTH) - at)).toBeLessThan(1);
      }),
    );
    expect(atOf(0, window, WIDTH)).toBe(window.from);
    expect(atOf(WIDTH * 2, window, WIDTH)).toBe(window.to);
  });
});

describe('laneBars', () => {
  it('never lets trouble be thinner than three pixels, nor fall out of the plot', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: DAY - 1 }),
        fc.integer({ min: 1, max: 5 * MINUTE }),
        fc.constantFrom('bad' as const, 'quar' as const, 'warn' as const),
        (offset, length, state) => {
          const to = Math.min(T0 + offset + length, window.to);
          const [bar] = laneBars([{ from: T0 + offset, to, state }], window, WIDTH);
          expect(bar?.width).toBeGreaterThanOrEqual(3);
          expect(bar?.x).toBeGreaterThanOrEqual(PLOT.left);
          expect(bar?.x).toBeLessThanOrEqual(PLOT.left + plotWidth(WIDTH));
        },
      ),
    );
  });

  it('draws the worst last, on top of its neighbours', () => {
    const segments = [
      { from: T0, to: T0 + MINUTE, state: 'bad' as const },
      { from: T0 + MINUTE, to: T0 + DAY, state: 'ok' as const },
    ];
    expect(laneBars(segments, window, WIDTH).map((bar) => bar.state)).toEqual(['ok', 'bad']);
  });

  it('gives a long stretch its own width', () => {
    const [bar] = laneBars([{ from: T0, to: T0 + DAY / 2, state: 'ok' }], window, WIDTH);
    expect(bar?.width).toBeCloseTo(plotWidth(WIDTH) / 2 - 1);
  });
});
