import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAgo,
  formatBytes,
  formatClock,
  formatDuration,
  formatHeard,
  formatIn,
  formatLatency,
  formatLatencyPair,
  formatPercent,
  plural,
} from '../../../renderer/components/format.ts';

const NOW = Date.UTC(2026, 10, 22, 14, 5, 11);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('durations', () => {
  it.each([
    [41, '41 ms'],
    [12_400, '12 s'],
    [4 * MINUTE + 48_000, '4 min 48 s'],
    [5 * MINUTE, '5 min'],
    [14 * MINUTE + 59_000, '14 min'],
    [2 * HOUR + 5 * MINUTE, '2 h 5 min'],
    [3 * DAY + 4 * HOUR, '3 d 4 h'],
  ])('%d ms is %s', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });

  it('never says more than two units, whatever the length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * DAY }), (ms) => {
        expect(formatDuration(ms)).toMatch(/^\d+ (ms|s|min|h|d)( \d+ (s|min|h))?$/);
      }),
    );
  });
});

describe('points in time', () => {
  it.each([
    [NOW - 500, 'just now'],
    [NOW - 12_000, '12 s ago'],
    [NOW - 3 * MINUTE - 30_000, '3 min ago'],
    [NOW - 26 * HOUR, '1 d ago'],
    [Date.UTC(2026, 10, 3), '3 Nov'],
    [Date.UTC(2025, 10, 3), '3 Nov 2025'],
  ])('%d was %s', (at, words) => {
    expect(formatAgo(at, NOW)).toBe(words);
  });
  it('does not count the seconds of a host that is there', () => {
    expect(formatHeard(NOW - 14_000, NOW)).toBe('just now');
    expect(formatHeard(NOW - 15_000, NOW)).toBe('15 s ago');
    expect(formatHeard(NOW - 26 * HOUR, NOW)).toBe('1 d ago');
  });
  it('counts down and says now at the end', () => {
    expect(formatIn(NOW + 6000, NOW)).toBe('in 6 s');
    expect(formatIn(NOW + 400, NOW)).toBe('now');
    expect(formatIn(NOW - 5000, NOW)).toBe('now');
  });
  it('adds the day to a time of another day', () => {
    expect(formatClock(NOW - HOUR, NOW)).toBe('13:05');
    expect(formatClock(NOW - DAY, NOW)).toBe('21 Nov 14:05');
  });
});

describe('latencies', () => {
  it.each([
    [2.34, '2.3 ms'],
    [41.6, '42 ms'],
    [1900, '1.9 s'],
    [14_200, '14 s'],
  ])('%d ms is %s', (ms, words) => {
    expect(formatLatency(ms)).toBe(words);
  });
  it('puts a pair in one unit, that of the slower', () => {
    expect(formatLatencyPair(41.2, 96.4)).toBe('41 / 96 ms');
    expect(formatLatencyPair(900, 5400)).toBe('0.9 / 5.4 s');
    expect(formatLatencyPair(null, 96)).toBe('–');
  });
});

describe('shares and sizes', () => {
  it('reads 100 only when every check was well', () => {
    expect(formatPercent(1)).toBe('100');
    expect(formatPercent(0.99999)).toBe('99.9');
    expect(formatPercent(0.962)).toBe('96.2');
    expect(formatPercent(null)).toBe('–');
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.9999, noNaN: true }), (share) => {
        expect(formatPercent(share)).not.toBe('100');
      }),
    );
  });
  it('steps through the units of size', () => {
    expect(formatBytes(512)).toBe('512 B');
    expect(formatBytes(77_600_000)).toBe('74 MB');
    expect(formatBytes(1_300_000_000)).toBe('1.2 GB');
  });
  it('bends the noun', () => {
    expect(plural(1, 'skill', 'skills')).toBe('1 skill');
    expect(plural(0, 'skill', 'skills')).toBe('0 skills');
    expect(plural(1200, 'skill', 'skills')).toBe('1,200 skills');
  });
});
