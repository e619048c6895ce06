import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAtFinds, finderOf } from '../../../renderer/components/logs/find-in-text.ts';
import { jsonLayout } from '../../../renderer/components/logs/json-text.ts';
import {
  hidesLines,
  logFilterSchema,
  queryOf,
  readLineAddress,
} from '../../../renderer/components/logs/log-filter.ts';
import { rowsOf } from '../../../renderer/components/logs/log-rows.ts';
import { keysBetween, movedCursor } from '../../../renderer/components/logs/log-selection.ts';
import type { Action } from '../../../shared/model/action.ts';
import type { LogLine } from '../../../shared/model/log.ts';
import { logLineText } from '../../../shared/model/log-text.ts';

function line(id: number, at = id, text = `line ${id}`): LogLine {
  return { id, at, skillId: 'a', stream: 'stderr', level: 'info', text };
}
function action(id: number, at: number, kind: Action['kind'] = 'restartSkill'): Action {
  return { id, at, kind, skillId: 'a', origin: 'user', reason: '', result: 'done' };
}

describe('what an address says about lines', () => {
  it('becomes a question, and nothing of it that cannot be read breaks the page', () => {
    const filter = logFilterSchema.parse({
      find: 'x',
      re: 1,
      level: 'error',
      span: '1h',
      stream: 'tape',
      line: '../..',
    });
    expect(filter).toMatchObject({ find: 'x', level: 'error' });
    expect([filter.stream, filter.line]).toEqual([undefined, undefined]);
    expect(queryOf(['a'], filter, null, 10_000_000)).toEqual({
      ...{ skillIds: ['a'], level: 'error', after: 6_400_000, query: 'x', regex: true },
    });
    expect(queryOf([], { find: 'x', mark: 1, until: 5 }, 3, 0)).toEqual({ after: 3, before: 6 });
  });
  it('knows whether it hides lines', () => {
    expect([{}, { find: 'x', mark: 1 as const }, { find: 'x' }, { since: 0 }].map(hidesLines)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
  it('names a line', () => {
    expect(readLineAddress('1760000000000:my-skill_2:17')).toEqual({
      at: 1_760_000_000_000,
      key: 'my-skill_2:17',
    });
  });
});

describe('rows', () => {
  it('put what was done between the lines where it was done', () => {
    const rows = rowsOf([line(1, 10), line(2, 20)], [action(9, 30), action(8, 15), action(7, 5)], false);
    expect(rows.map(({ key }) => key)).toEqual(['a:1', 'mark:8', 'a:2']);
  });
  it('show the newest mark at the end of a live log, and only what concerns the process', () => {
    const rows = rowsOf([line(1, 10)], [action(9, 30), action(8, 31, 'changeConfig')], true);
    expect(rows.map(({ key }) => key)).toEqual(['a:1', 'mark:9']);
  });
  it('are walked and chosen by key', () => {
    const rows = rowsOf([line(1), line(2), line(3), line(4)], [], true);
    expect([movedCursor(rows, -1, 'ArrowUp', 2, 3), movedCursor(rows, 3, 'PageUp', 2, 0)]).toEqual([3, 1]);
    expect([movedCursor(rows, 0, 'ArrowUp', 2, 0), movedCursor(rows, 1, 'End', 2, 0)]).toEqual([0, 3]);
    expect([movedCursor([], -1, 'End', 2, 0), movedCursor(rows, 0, 'x', 2, 0)]).toEqual([null, null]);
    expect(keysBetween(rows, 'a:3', 'a:2')).toEqual(['a:2', 'a:3']);
    expect(keysBetween(rows, 'gone', 'a:2')).toEqual(['a:2']);
  });
});

describe('finds', () => {
  it('are marked across parts and lose no character', () => {
    const parts = [{ text: 'the nee' }, { text: 'dle' }, { text: ' broke' }];
    const cuts = cutAtFinds(parts, finderOf('NEEDLE', false)?.('the needle broke') ?? []);
    expect(cuts.filter(({ found }) => found).map(({ text }) => text)).toEqual(['nee', 'dle']);
    expect(cuts.map(({ text }) => text).join('')).toBe('the needle broke');
  });
  it('cut any text anywhere without changing it', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string({ maxLength: 3 }), (texts, find) => {
        const whole = texts.join('');
        const finds = finderOf(find, false)?.(whole) ?? [];
        const cuts = cutAtFinds(
          texts.map((text) => ({ text })),
          finds,
        );
        expect(cuts.map(({ text }) => text).join('')).toBe(whole);
        expect(new Set(cuts.filter(({ text }) => text !== '').map(({ at }) => at)).size).toBe(
          cuts.filter(({ text }) => text !== '').length,
        );
      }),
    );
  });
  it('take text as text, and a broken pattern as none', () => {
    expect(finderOf('a.c', false)?.('abc a.c')).toEqual([{ from: 4, to: 7 }]);
    expect([finderOf('(', true), finderOf('', true)]).toEqual([null, null]);
    expect(finderOf('x*', true)?.('axxb')).toEqual([{ from: 1, to: 3 }]);
  });
});

describe('a line', () => {
  it('is laid out when it is JSON', () => {
    expect(jsonLayout('sold {"a":1}')).toBe('sold {\n  "a": 1\n}');
    for (const text of ['plain', '{', '{}', '[]', '{"a":1', 'x {y}']) expect(jsonLayout(text)).toBeNull();
  });
  it('is saved without anything that could steer a terminal', () => {
    const text = '\u001b[31mred\u001b[0m \u001b]8;;http://x\u0007link\u001b]8;;\u0007 \u0007\u202ebell\r';
    expect(logLineText(line(1, 0, text))).toBe('1970-01-01T00:00:00.000Z  a  stderr  INFO  red link ··bell·');
  });
});
