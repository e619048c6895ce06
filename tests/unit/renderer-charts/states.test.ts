import { describe, expect, it } from 'vitest';
import { troubleSentence } from '../../../renderer/charts/segment-words.ts';
import { stateRows, statesCsv } from '../../../renderer/charts/state-rows.ts';
import { HOUR, MINUTE, mark, T0 } from './build.ts';

const segments = [
  { from: T0, to: T0 + HOUR, state: 'ok' as const },
  { from: T0 + HOUR, to: T0 + HOUR + 5 * MINUTE, state: 'bad' as const },
  { from: T0 + HOUR + 5 * MINUTE, to: T0 + 2 * HOUR, state: 'ok' as const },
  { from: T0 + 2 * HOUR, to: T0 + 2 * HOUR + 9 * MINUTE, state: 'bad' as const },
];

describe('the table of states', () => {
  it('has the newest stretch first, and every mark in exactly one of them, the end of the last included', () => {
    const marks = [mark(HOUR, 'restartSkill'), mark(2 * HOUR + 9 * MINUTE, 'quarantineSkill')];
    const rows = stateRows(segments, marks);
    expect(rows.map(({ segment }) => segment.state)).toEqual(['bad', 'ok', 'bad', 'ok']);
    expect(rows.map((row) => row.marks.map(({ kind }) => kind))).toEqual([
      ['quarantineSkill'],
      [],
      ['restartSkill'],
      [],
    ]);
  });

  it('is written oldest first, with whole seconds and plain words', () => {
    const rows = stateRows(segments.slice(0, 2), [mark(HOUR, 'restartSkill', 'it hung')]);
    expect(statesCsv(rows).trimEnd().split('\r\n')).toEqual([
      'from,to,seconds,state,marks',
      '2026-11-24T00:00:00.000Z,2026-11-24T01:00:00.000Z,3600,healthy,',
      '2026-11-24T01:00:00.000Z,2026-11-24T01:05:00.000Z,300,failing,restartSkill: it hung',
    ]);
  });
});

describe('the sentence above the chart', () => {
  it('adds up the trouble and says in how many stretches it came', () => {
    expect(troubleSentence(segments)).toBe('Failing for 14 min in 2 stretches.');
  });

  it('keeps quarantine apart, and says nothing where nothing was', () => {
    const quarantined = { from: T0 + 3 * HOUR, to: T0 + 4 * HOUR, state: 'quar' as const };
    expect(troubleSentence([...segments.slice(0, 2), quarantined])).toBe(
      'Failing for 5 min. Quarantined for 1 h.',
    );
    expect(troubleSentence(segments.slice(0, 1))).toBe('');
  });
});
