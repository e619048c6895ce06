import { describe, expect, it } from 'vitest';
import { clip, durationInWords, failuresInWords, headline } from '../../../../electron/core/health/words.ts';

describe('words for people', () => {
  it.each([
    [-5, '0 ms'],
    [0, '0 ms'],
    [640.4, '640 ms'],
    [999.7, '1 s'],
    [5000, '5 s'],
    [5432, '5.4 s'],
    [9_999, '10 s'],
    [10_003, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [90_000, '1 min 30 s'],
    [600_000, '10 min'],
    [3_600_000, '1 h'],
    [7_530_000, '2 h 5 min'],
    [86_400_000, '1 d'],
    [273_600_000, '3 d 4 h'],
  ])('says %d ms as %s', (ms, words) => {
    expect(durationInWords(ms)).toBe(words);
  });

  it('counts failures in the singular and the plural', () => {
    expect([failuresInWords(1), failuresInWords(5)]).toEqual(['1 failure', '5 failures']);
  });

  it('takes the exception out of a traceback and the first line out of anything else', () => {
    const traceback = 'Traceback (most recent call last):\n  File "a.py", line 3\nKeyError: \'x\'\n';
    expect(headline(traceback)).toBe("KeyError: 'x'");
    expect(headline('\n  disk full\nand more\n')).toBe('disk full');
    expect(headline(' \n')).toBe('no error text');
  });

  it('cuts a long line, marks the cut and leaves no half character', () => {
    expect(headline('x'.repeat(1000))).toHaveLength(300);
    expect(clip('abc', 3)).toBe('abc');
    expect(clip('abcd', 3)).toBe('ab…');
    expect(clip('😀😀', 2).isWellFormed()).toBe(true);
  });
});
