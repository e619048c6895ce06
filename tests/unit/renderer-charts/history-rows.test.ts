import { describe, expect, it } from 'vitest';
import { csvFileName, historyCsv, historyRows } from '../../../renderer/charts/history-rows.ts';
import { bucket, failedBucket, HOUR, MINUTE, mark, T0 } from './build.ts';

const FIVE = 5 * MINUTE;
const window = { from: T0, to: T0 + HOUR };

describe('historyRows', () => {
  it('shows the newest first and leaves out what is not in the window', () => {
    const rows = historyRows([bucket(-HOUR, FIVE), bucket(0, FIVE), bucket(FIVE, FIVE)], [], window);
    expect(rows.map((row) => row.bucket.from)).toEqual([T0 + FIVE, T0]);
  });

  it('gives every mark to exactly one row, also between buckets', () => {
    const marks = [
      mark(-MINUTE, 'startSkill'),
      mark(7 * MINUTE, 'restartSkill'),
      mark(21 * MINUTE, 'stopSkill'),
    ];
    const rows = historyRows([bucket(0, FIVE), bucket(20 * MINUTE, FIVE)], marks, window);
    expect(rows.map((row) => row.marks.map((one) => one.kind))).toEqual([
      ['stopSkill'],
      ['startSkill', 'restartSkill'],
    ]);
  });
});

describe('historyCsv', () => {
  it('writes what is shown, oldest first, with empty cells where nothing was measured', () => {
    const rows = historyRows(
      [bucket(0, FIVE), failedBucket(FIVE, FIVE)],
      [mark(6 * MINUTE, 'restartSkill', '=cmd()')],
      window,
    );
    expect(historyCsv(rows).trimEnd().split('\r\n')).toEqual([
      'from,to,healthy,degraded,failed,unreachable,p50Ms,p95Ms,minMs,maxMs,marks',
      '2026-11-24T00:00:00.000Z,2026-11-24T00:05:00.000Z,1,0,0,0,40,80,30,90,',
      '2026-11-24T00:05:00.000Z,2026-11-24T00:10:00.000Z,0,0,1,0,,,,,restartSkill: =cmd()',
    ]);
  });
});

describe('csvFileName', () => {
  it('sorts by time and names its subject', () => {
    expect(csvFileName('weather', T0 + 14 * HOUR + FIVE)).toBe('skillward-weather-2026-11-24-1405.csv');
  });
});
