import { describe, expect, it } from 'vitest';
import { groupMarks } from '../../../renderer/charts/marks.ts';
import { HOUR, MINUTE, mark, T0 } from './build.ts';

const window = { from: T0, to: T0 + HOUR };
/** 600 px an hour: a minute is ten pixels. */
const WIDTH = 600;

describe('groupMarks', () => {
  it('draws marks that fall together as one, counted', () => {
    const marks = [0, 0.2, 0.4].map((minute) => mark(minute * MINUTE, 'restartSkill'));
    expect(groupMarks(marks, window, WIDTH)).toMatchObject([
      { at: T0, kind: 'restart', label: '3 restarts' },
    ]);
  });

  it('lets the weightiest name the group', () => {
    const marks = [mark(0, 'restartSkill'), mark(0.5 * MINUTE, 'quarantineSkill')];
    expect(groupMarks(marks, window, WIDTH)).toMatchObject([{ kind: 'quarantine', label: 'quarantined' }]);
  });

  it('labels only where there is room, and draws the rest without', () => {
    const marks = [0, 2, 20].map((minute) => mark(minute * MINUTE, 'restartSkill'));
    expect(groupMarks(marks, window, WIDTH).map((group) => group.labelled)).toEqual([true, false, true]);
  });

  it('leaves out what does not belong on the axis', () => {
    const marks = [mark(MINUTE, 'notifyUser'), mark(-MINUTE, 'restartSkill'), mark(2 * HOUR, 'restartSkill')];
    expect(groupMarks(marks, window, WIDTH)).toEqual([]);
  });

  it('does not depend on the order it is given', () => {
    const marks = [mark(30 * MINUTE, 'releaseSkill'), mark(10 * MINUTE, 'quarantineSkill')];
    expect(groupMarks(marks, window, WIDTH).map((group) => group.kind)).toEqual(['quarantine', 'release']);
  });
});
