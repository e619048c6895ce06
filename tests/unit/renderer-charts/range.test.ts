import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bucketMsFor,
  MIN_SPAN_MS,
  panBy,
  windowBefore,
  zoomBy,
  zoomTo,
} from '../../../renderer/charts/range.ts';
import { DAY, HOUR, MINUTE, T0 } from './build.ts';

describe('bucketMsFor', () => {
  it.each([
    [HOUR, 10_000],
    [DAY, 5 * MINUTE],
    [7 * DAY, 30 * MINUTE],
    [30 * DAY, 2 * HOUR],
  ])('gives %i ms buckets of %i ms', (span, width) => {
    expect(bucketMsFor(span)).toBe(width);
  });

  it('never asks for more than 360 points, however long the window', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4000 * DAY }), (span) => {
        expect(Math.floor(span / bucketMsFor(span))).toBeLessThanOrEqual(360);
      }),
    );
  });
});

describe('windowBefore', () => {
  it('ends where the window begins and is as long', () => {
    expect(windowBefore({ from: 100, to: 150 })).toEqual({ from: 50, to: 100 });
  });
});

describe('zooming', () => {
  it('takes a drag in either direction', () => {
    const [a, b] = [T0 + HOUR, T0 + 2 * HOUR];
    expect(zoomTo(b, a, T0 + DAY)).toEqual(zoomTo(a, b, T0 + DAY));
    expect(zoomTo(a, b, T0 + DAY)).toEqual({ from: a, to: b });
  });

  it('never ends after the latest moment and never becomes narrower than the least span', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: T0, max: T0 + DAY }),
        fc.integer({ min: T0, max: T0 + DAY }),
        (one, other) => {
          // Not on a bucket border: rounding up must not lead past it.
          const latest = T0 + DAY + 1;
          const zoomed = zoomTo(one, other, latest);
          expect(zoomed.to).toBeLessThanOrEqual(latest);
          expect(zoomed.to - zoomed.from).toBeGreaterThanOrEqual(MIN_SPAN_MS);
          expect(zoomed.from).toBeLessThanOrEqual(Math.min(one, other));
          expect(zoomed.to).toBeGreaterThanOrEqual(Math.max(one, other));
        },
      ),
    );
  });

  it('looks closer around the middle', () => {
    const window = { from: T0, to: T0 + 8 * HOUR };
    expect(zoomBy(window, 0.5, T0 + DAY)).toEqual({ from: T0 + 2 * HOUR, to: T0 + 6 * HOUR });
  });

  it('moves back by a share, and forward no further than the latest moment', () => {
    const window = { from: T0 + 8 * HOUR, to: T0 + 12 * HOUR };
    expect(panBy(window, -0.5, T0 + DAY)).toEqual({ from: T0 + 6 * HOUR, to: T0 + 10 * HOUR });
    expect(panBy(window, 0.5, T0 + 12 * HOUR)).toEqual(window);
  });
});
