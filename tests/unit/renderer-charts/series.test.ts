import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampPeaks, gapAfterMs, latencyTop, toPoints } from '../../../renderer/charts/series.ts';
import { bucket, failedBucket, MINUTE, T0 } from './build.ts';

const FIVE = 5 * MINUTE;

describe('toPoints', () => {
  it('puts the point in the middle of its bucket with the band from p50 to p95', () => {
    const [point] = toPoints([bucket(0, FIVE)], gapAfterMs(FIVE, FIVE));
    expect(point).toMatchObject({ at: T0 + FIVE / 2, p50Ms: 40, band: [40, 80], peakMs: null });
  });

  it('breaks the line where checks were missed', () => {
    const points = toPoints([bucket(0, FIVE), bucket(20 * MINUTE, FIVE)], gapAfterMs(FIVE, FIVE));
    expect(points.map((point) => point.p50Ms)).toEqual([40, null, 40]);
    expect(points[1]?.bucket).toBeNull();
    expect(points[1]?.at).toBeGreaterThan(T0 + FIVE);
    expect(points[1]?.at).toBeLessThan(T0 + 20 * MINUTE);
  });

  it('does not break it where checks are rarer than buckets', () => {
    const every30s = [0, FIVE, 2 * FIVE].map((offset) => bucket(offset, 30_000));
    expect(toPoints(every30s, gapAfterMs(30_000, FIVE))).toHaveLength(3);
    // Two checks in one bucket and none in the next is jitter, not a gap.
    const jittered = [bucket(0, FIVE), bucket(2 * FIVE, FIVE)];
    expect(toPoints(jittered, gapAfterMs(FIVE, FIVE))).toHaveLength(2);
  });

  it('leaves a bucket without any answer out of the line but keeps it for the tooltip', () => {
    const points = toPoints(
      [bucket(0, FIVE), failedBucket(FIVE, FIVE), bucket(2 * FIVE, FIVE)],
      gapAfterMs(FIVE, FIVE),
    );
    expect(points.map((point) => point.p50Ms)).toEqual([40, null, 40]);
    expect(points[1]?.bucket?.failed).toBe(1);
  });

  it('marks a point nothing is joined to, which a line cannot show', () => {
    const gap = gapAfterMs(FIVE, FIVE);
    const lonely = toPoints([bucket(0, FIVE), bucket(60 * MINUTE, FIVE)], gap);
    expect(lonely.filter((point) => point.bucket).map((point) => point.aloneMs)).toEqual([40, 40]);
    const joined = toPoints([bucket(0, FIVE), bucket(FIVE, FIVE)], gap);
    expect(joined.map((point) => point.aloneMs)).toEqual([null, null]);
    const besideFailure = toPoints([bucket(0, FIVE), failedBucket(FIVE, FIVE)], gap);
    expect(besideFailure.map((point) => point.aloneMs)).toEqual([40, null]);
  });

  it('shows the slowest answer only where it stands out', () => {
    const gap = gapAfterMs(FIVE, FIVE);
    expect(toPoints([bucket(0, FIVE, { maxMs: 160 })], gap)[0]?.peakMs).toBeNull();
    expect(toPoints([bucket(0, FIVE, { maxMs: 161 })], gap)[0]?.peakMs).toBe(161);
  });

  it('keeps every bucket, in rising time, whatever the gaps', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 60 }),
        (slots) => {
          const buckets = slots.sort((a, b) => a - b).map((slot) => bucket(slot * FIVE, FIVE));
          const points = toPoints(buckets, gapAfterMs(FIVE, FIVE));
          expect(points.map((point) => point.bucket).filter((found) => found !== null)).toEqual(buckets);
          for (let index = 1; index < points.length; index++) {
            expect(points[index]?.at).toBeGreaterThan(points[index - 1]?.at ?? 0);
          }
        },
      ),
    );
  });
});

describe('latencyTop', () => {
  it('holds peaks that leave the line readable, and caps the one that would flatten it', () => {
    const gap = gapAfterMs(FIVE, FIVE);
    expect(latencyTop(toPoints([bucket(0, FIVE, { maxMs: 250 })], gap))).toBeGreaterThanOrEqual(250);
    const spiky = toPoints([bucket(0, FIVE, { maxMs: 9000 })], gap);
    expect(latencyTop(spiky)).toBe(320);
    expect(clampPeaks(spiky, 320)[0]).toMatchObject({ peakMs: 320, bucket: { maxMs: 9000 } });
  });

  it('is a usable axis without a single answer', () => {
    expect(latencyTop([])).toBeGreaterThan(0);
  });
});
