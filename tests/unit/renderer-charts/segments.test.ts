import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SegmentsInput, toSegments } from '../../../renderer/charts/segments.ts';
import { gapAfterMs } from '../../../renderer/charts/series.ts';
import { bucket, failedBucket, HOUR, MINUTE, mark, T0 } from './build.ts';

const FIVE = 5 * MINUTE;

function segments(over: Partial<SegmentsInput>) {
  return toSegments({
    buckets: [],
    marks: [],
    window: { from: T0, to: T0 + HOUR },
    now: T0 + HOUR,
    gapMs: gapAfterMs(FIVE, FIVE),
    badGapMs: gapAfterMs(FIVE, FIVE),
    standing: { quarantinedSince: null, pausedOrDisabled: false },
    ...over,
  }).map(({ from, to, state }) => [(from - T0) / MINUTE, (to - T0) / MINUTE, state]);
}

const fullHour = Array.from({ length: 12 }, (_, index) => bucket(index * FIVE, FIVE));

describe('toSegments', () => {
  it('merges what does not change', () => {
    expect(segments({ buckets: fullHour })).toEqual([[0, 60, 'ok']]);
  });

  it('never carries a state over a stretch nobody measured', () => {
    expect(segments({ buckets: [bucket(0, FIVE), bucket(40 * MINUTE, FIVE)] })).toEqual([
      [0, 5, 'ok'],
      [5, 40, 'none'],
      [40, 45, 'ok'],
      [45, 60, 'none'],
    ]);
  });

  it('shows what the host slept through as that, over whatever would be held, under quarantine', () => {
    const asleep = mark(20 * MINUTE, 'hostAsleep');
    const awake = mark(50 * MINUTE, 'hostAwake');
    const buckets = [0, 5, 10, 15, 50, 55].map((minute) => bucket(minute * MINUTE, FIVE));
    expect(segments({ buckets, marks: [awake, asleep] })).toEqual([
      [0, 20, 'ok'],
      [20, 50, 'asleep'],
      [50, 60, 'ok'],
    ]);
    // Asleep since before the window; a nap between two rare checks; still quarantined while asleep.
    expect(segments({ marks: [awake] })).toEqual([
      [0, 50, 'asleep'],
      [50, 60, 'none'],
    ]);
    const gapMs = gapAfterMs(30 * MINUTE, FIVE);
    const rare = [bucket(0, MINUTE), bucket(30 * MINUTE, MINUTE)];
    expect(
      segments({
        buckets: rare,
        gapMs,
        marks: [mark(10 * MINUTE, 'hostAsleep'), mark(12 * MINUTE, 'hostAwake')],
      }),
    ).toEqual([
      [0, 10, 'ok'],
      [10, 12, 'asleep'],
      [12, 60, 'ok'],
    ]);
    expect(segments({ marks: [mark(0, 'quarantineSkill'), asleep, awake] })).toEqual([[0, 60, 'quar']]);
  });

  it('holds a state between checks that are rarer than buckets', () => {
    const every30s = [0, 5, 10].map((minute) => bucket(minute * MINUTE, 30_000));
    expect(segments({ buckets: every30s, now: T0 + 12 * MINUTE, gapMs: gapAfterMs(30_000, FIVE) })).toEqual([
      [0, 12, 'ok'],
    ]);
  });

  it('has no gap before a first check that came in time', () => {
    const gapMs = gapAfterMs(30_000, FIVE);
    expect(segments({ buckets: [bucket(4 * MINUTE, 30_000)], now: T0 + 6 * MINUTE, gapMs })).toEqual([
      [0, 6, 'ok'],
    ]);
    expect(segments({ buckets: [bucket(9 * MINUTE, 30_000)], now: T0 + 10 * MINUTE, gapMs })).toEqual([
      [0, 9, 'none'],
      [9, 10, 'ok'],
    ]);
  });

  it('goes on failing while the next attempt is waited for, but not for ever', () => {
    const buckets = [failedBucket(0, FIVE), failedBucket(20 * MINUTE, FIVE)];
    const badGapMs = gapAfterMs(FIVE, FIVE) + 10 * MINUTE;
    expect(segments({ buckets, badGapMs })).toEqual([
      [0, 25, 'bad'],
      [25, 60, 'none'],
    ]);
  });

  it('gives two failures in a hundred checks two hundredths of the stretch', () => {
    const long = bucket(0, HOUR, { healthy: 98, failed: 2 });
    expect(segments({ buckets: [long] })).toEqual([
      [0, 58.8, 'ok'],
      [58.8, 60, 'bad'],
    ]);
  });

  it('joins trouble that runs from one bucket into the next', () => {
    const buckets = [failedBucket(0, 30 * MINUTE, 3), bucket(30 * MINUTE, 30 * MINUTE, { failed: 1 })];
    expect(segments({ buckets, gapMs: HOUR, badGapMs: HOUR })).toEqual([
      [0, 45, 'bad'],
      [45, 60, 'ok'],
    ]);
  });

  it('lays quarantine over the checks, from its mark to its release', () => {
    const marks = [mark(20 * MINUTE, 'quarantineSkill'), mark(40 * MINUTE, 'releaseSkill')];
    expect(segments({ buckets: fullHour, marks })).toEqual([
      [0, 20, 'ok'],
      [20, 40, 'quar'],
      [40, 60, 'ok'],
    ]);
  });

  it('knows a quarantine that began before the window', () => {
    expect(segments({ standing: { quarantinedSince: T0 - HOUR, pausedOrDisabled: false } })).toEqual([
      [0, 60, 'quar'],
    ]);
    expect(segments({ marks: [mark(30 * MINUTE, 'releaseSkill')] })).toEqual([
      [0, 30, 'quar'],
      [30, 60, 'none'],
    ]);
  });

  it('shows a pause as a pause, with and without its mark', () => {
    const buckets = fullHour.slice(0, 6);
    const paused = { quarantinedSince: null, pausedOrDisabled: true };
    const expected = [
      [0, 30, 'ok'],
      [30, 60, 'off'],
    ];
    expect(segments({ buckets, marks: [mark(30 * MINUTE, 'stopSkill')], standing: paused })).toEqual(
      expected,
    );
    expect(segments({ buckets, standing: paused })).toEqual(expected);
  });

  it('draws nothing after now', () => {
    expect(segments({ buckets: fullHour, now: T0 + 30 * MINUTE })).toEqual([[0, 30, 'ok']]);
    expect(segments({ buckets: fullHour, now: T0 - MINUTE })).toEqual([]);
  });

  it('covers the window up to now exactly once, neighbours always different', () => {
    const anyBucket = fc.record({
      slot: fc.integer({ min: -3, max: 14 }),
      healthy: fc.integer({ min: 0, max: 3 }),
      degraded: fc.integer({ min: 0, max: 3 }),
      failed: fc.integer({ min: 0, max: 3 }),
    });
    const anyMark = fc.record({
      minute: fc.integer({ min: 0, max: 60 }),
      kind: fc.constantFrom(
        'quarantineSkill' as const,
        'releaseSkill' as const,
        'stopSkill' as const,
        'startSkill' as const,
        'restartSkill' as const,
      ),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(anyBucket, { selector: (one) => one.slot, maxLength: 14 }),
        fc.array(anyMark, { maxLength: 6 }),
        fc.option(fc.integer({ min: -60, max: 60 })),
        fc.boolean(),
        fc.integer({ min: -10, max: 80 }),
        (slots, marks, quarantined, pausedOrDisabled, now) => {
          const window = { from: T0, to: T0 + HOUR };
          const found = toSegments({
            buckets: slots
              .sort((a, b) => a.slot - b.slot)
              .map(({ slot, ...counts }) => bucket(slot * FIVE, FIVE, counts)),
            marks: marks.map(({ minute, kind }) => mark(minute * MINUTE, kind)),
            window,
            now: T0 + now * MINUTE,
            gapMs: gapAfterMs(FIVE, FIVE),
            badGapMs: gapAfterMs(FIVE, FIVE) + FIVE,
            standing: {
              quarantinedSince: quarantined === null ? null : T0 + quarantined * MINUTE,
              pausedOrDisabled,
            },
          });
          if (now > 0) {
            expect(found[0]?.from).toBe(window.from);
            expect(found.at(-1)?.to).toBe(T0 + Math.min(60, now) * MINUTE);
          } else expect(found).toEqual([]);
          found.forEach((segment, index) => {
            expect(segment.to).toBeGreaterThan(segment.from);
            const next = found[index + 1];
            if (!next) return;
            expect(next.from).toBe(segment.to);
            expect(next.state).not.toBe(segment.state);
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});
