import { describe, expect, it } from 'vitest';
import { deedsThatCount, wordsFor } from '../../../../electron/core/fixes/proposal.ts';

describe('what a person did', () => {
  it('is said in the order things are done', () => {
    expect(wordsFor([])).toBe('');
    expect(wordsFor([{ kind: 'restarted', at: 1 }])).toBe('Restarted it');
    expect(
      wordsFor([
        { kind: 'restarted', at: 1 },
        { kind: 'files', at: 2, names: ['skill.py'] },
      ]),
    ).toBe('Changed skill.py and restarted it');
    expect(
      wordsFor([
        { kind: 'released', at: 3 },
        { kind: 'environment', at: 2 },
        { kind: 'settings', at: 1, names: ['health.healthTimeoutSecs'] },
        { kind: 'files', at: 2, names: ['a.py', 'b.py'] },
      ]),
    ).toBe(
      'Changed a.py and b.py, changed its Python environment, set health.healthTimeoutSecs and released it from quarantine',
    );
  });

  it('names three files at most, each once', () => {
    const names = ['a.py', 'b.py', 'c.py', 'd.py', 'a.py'];
    expect(wordsFor([{ kind: 'files', at: 1, names }])).toBe('Changed a.py, b.py, c.py and 1 more');
  });

  it('counts the last start only', () => {
    expect(
      wordsFor([
        { kind: 'restarted', at: 1 },
        { kind: 'released', at: 2 },
      ]),
    ).toBe('Released it from quarantine');
  });

  it('leaves out a restart after which it failed again, not the change that may have needed it', () => {
    const deeds = [
      { kind: 'files', at: 1, names: ['skill.py'] },
      { kind: 'restarted', at: 2 },
    ] as const;
    expect(deedsThatCount(deeds, 3)).toEqual([deeds[0]]);
    expect(deedsThatCount(deeds, 2)).toEqual(deeds);
  });
});
