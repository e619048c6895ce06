import { describe, expect, it } from 'vitest';
import { contradict } from '../../../../electron/core/fixes/veto.ts';

const marks = (codes: string[], quoted: string[] = []) => ({ codes, quoted });

describe('contradict', () => {
  it('keeps other codes apart', () => {
    expect(contradict(marks(['http:401']), marks(['http:503']))).toBe(true);
    expect(contradict(marks(['http:403', 'code:50001']), marks(['http:403', 'code:50013']))).toBe(true);
  });

  it('keeps other names apart, though they share one', () => {
    expect(contradict(marks([], ['NoneType', 'group']), marks([], ['NoneType', 'groups']))).toBe(true);
  });

  it('lets an error say less', () => {
    expect(contradict(marks(['http:403', 'code:50001']), marks(['code:50001']))).toBe(false);
    expect(contradict(marks(['http:403'], ['x']), marks([]))).toBe(false);
  });

  it('knows a number in other words', () => {
    expect(contradict(marks(['http:401']), marks(['code:401']))).toBe(false);
  });
});
