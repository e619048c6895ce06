import { describe, expect, it } from 'vitest';
import { marksText } from '../../../renderer/charts/marks.ts';
import { outcomesOf } from '../../../renderer/charts/outcomes.ts';
import { segmentWords, statesSummary } from '../../../renderer/charts/segment-words.ts';
import { clockText, stretchText } from '../../../renderer/charts/stretch-text.ts';
import { countChange, latencyChange, shareChange, summaryOf } from '../../../renderer/charts/summary.ts';
import { totalsOf } from '../../../renderer/charts/totals.ts';
import { bucket, DAY, HOUR, MINUTE, mark, T0 } from './build.ts';

const totals = {
  checks: 286,
  failed: 3,
  healthyShare: 0.9895,
  p50Ms: 38,
  p95Ms: 96,
  restarts: 4,
  restartsAtLeast: false,
};
const nothing = {
  checks: 0,
  failed: 0,
  healthyShare: null,
  p50Ms: null,
  p95Ms: null,
  restarts: 0,
  restartsAtLeast: false,
};

describe('summaryOf', () => {
  it('says what there is to see in one sentence', () => {
    expect(summaryOf('24 h', totals)).toBe(
      '24 h: 98.9 % of 286 checks healthy, 3 failed, p50 38 ms, p95 96 ms, 4 restarts.',
    );
  });

  it('leaves out what did not happen', () => {
    expect(summaryOf('1 h', { ...totals, failed: 0, restarts: 0, healthyShare: 1 })).toBe(
      '1 h: 100 % of 286 checks healthy, p50 38 ms, p95 96 ms.',
    );
    expect(summaryOf('1 h', nothing)).toBe('1 h: no checks.');
    expect(summaryOf('1 h', { ...nothing, restarts: 1 })).toBe('1 h: no checks, 1 restart.');
  });
});

describe('changes against the stretch before', () => {
  it('counts a higher share as good and a higher latency as bad', () => {
    expect(shareChange(0.962, 0.993)).toEqual({ text: '−3.1 points', good: false });
    expect(shareChange(1, 0.99)).toEqual({ text: '+1 points', good: true });
    expect(latencyChange(92, 100)).toEqual({ text: '−8 ms', good: true });
    expect(latencyChange(2000, 500)).toEqual({ text: '+1.5 s', good: false });
    expect(countChange(5, 2)).toEqual({ text: '+3', good: false });
  });

  it('does not call noise a change', () => {
    expect(shareChange(0.99, 0.9902)).toEqual({ text: 'unchanged', good: null });
    expect(latencyChange(103, 100)).toEqual({ text: 'unchanged', good: null });
    expect(latencyChange(1.5, 1)).toEqual({ text: 'unchanged', good: null });
    expect(countChange(2, 2)).toEqual({ text: 'unchanged', good: null });
  });

  it('compares with nothing only where there is nothing', () => {
    expect(shareChange(null, 1)).toBeNull();
    expect(shareChange(1, null)).toBeNull();
    expect(latencyChange(40, null)).toBeNull();
  });
});

describe('totalsOf', () => {
  it('takes percentiles from the host and counts restarts among the marks', () => {
    const cell = { index: 0, healthy: 7, degraded: 1, failed: 1, unreachable: 1, quarantined: false };
    const heartbeat = {
      skillId: 'weather',
      cells: [cell],
      checks: 10,
      healthyShare: 0.8,
      p50Ms: 40,
      p95Ms: 90,
    };
    const marks = [mark(0, 'restartSkill'), mark(1, 'quarantineSkill'), mark(2, 'restartSkill')];
    expect(totalsOf(heartbeat, marks)).toEqual({
      checks: 10,
      failed: 2,
      healthyShare: 0.8,
      p50Ms: 40,
      p95Ms: 90,
      restarts: 2,
      restartsAtLeast: false,
    });
    expect(totalsOf(undefined, [])).toEqual(nothing);
  });

  it('does not pass a cut-off count off as the whole', () => {
    const many = totalsOf(
      undefined,
      Array.from({ length: 500 }, (_, index) => mark(index, 'restartSkill')),
    );
    expect(many.restartsAtLeast).toBe(true);
    expect(summaryOf('24 h', many)).toBe('24 h: no checks, at least 500 restarts.');
  });
});

describe('stretches in words', () => {
  const now = T0 + 15 * HOUR;

  it('says the day once, and only when it is not today', () => {
    expect(stretchText(T0 + 14 * HOUR, T0 + 14 * HOUR + 5 * MINUTE, now)).toBe('14:00 – 14:05');
    expect(stretchText(T0 - 5 * MINUTE, T0, now)).toBe('23 Nov 23:55 – 24 Nov 00:00');
    expect(stretchText(T0 - DAY, T0 - DAY + HOUR, now)).toBe('23 Nov 00:00 – 01:00');
  });

  it('needs seconds below a minute', () => {
    expect(stretchText(T0 + 30_000, T0 + 40_000, now)).toBe('00:00:30 – 00:00:40');
    expect(clockText(T0 - 1000, now)).toBe('23 Nov 23:59:59');
  });

  it('names a segment with its state and length', () => {
    expect(segmentWords({ from: T0, to: T0 + 3 * MINUTE, state: 'bad' }, now)).toBe(
      'Failing, 00:00 – 00:03, 3 min',
    );
  });
});

describe('counting in words', () => {
  it('divides time among the states that occurred, most first', () => {
    const segments = [
      { from: 0, to: 10, state: 'bad' as const },
      { from: 10, to: 90, state: 'ok' as const },
      { from: 90, to: 100, state: 'bad' as const },
    ];
    expect(statesSummary(segments)).toBe('healthy 80 %, failing 20 %');
    expect(statesSummary([])).toBe('');
  });

  it('lists the outcomes of a bucket', () => {
    expect(outcomesOf(bucket(0, MINUTE, { healthy: 23, unreachable: 1 }))).toBe('23 healthy, 1 unreachable');
    expect(outcomesOf(bucket(0, MINUTE, { healthy: 0 }))).toBe('no checks');
  });

  it('counts marks by kind', () => {
    const marks = [mark(0, 'restartSkill'), mark(1, 'restartSkill'), mark(2, 'quarantineSkill')];
    expect(marksText(marks)).toBe('2 restarts, quarantined');
    expect(marksText([mark(0, 'notifyUser')])).toBe('');
  });
});
