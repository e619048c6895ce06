import { Script } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { filterFor } from '../../../electron/storage/logs/log-match.ts';
import { LogQueryError } from '../../../electron/storage/logs/log-query.ts';
import type { LogLine } from '../../../shared/model/log.ts';

function line(id: number, text: string, stream: LogLine['stream'] = 'stderr'): LogLine {
  return { id, at: 1000 + id, skillId: 'a', stream, level: 'info', text };
}

const lines = [
  line(0, 'Loading'),
  line(1, 'ERROR 42: no token'),
  line(2, 'error 7', 'stdout'),
  line(3, 'done'),
];

function ids(query: Parameters<typeof filterFor>[0]): number[] {
  return filterFor(query)(lines, 1000).map((found) => found.id);
}

describe('filterFor', () => {
  it('finds text whatever its case', () => {
    expect(ids({ query: 'error' })).toEqual([1, 2]);
  });
  it('takes a regular expression only when asked', () => {
    expect(ids({ query: 'error \\d\\d', regex: true })).toEqual([1]);
    expect(ids({ query: 'error \\d\\d' })).toEqual([]);
  });
  it('filters by stream and by time, both ends exclusive', () => {
    expect(ids({ stream: 'stdout' })).toEqual([2]);
    expect(ids({ after: 1000, before: 1003 })).toEqual([1, 2]);
  });
  it('takes a level and what is worse', () => {
    const graded = (['debug', 'info', 'warning', 'error'] as const).map((level, id) => ({
      ...line(id, level),
      level,
    }));
    const found = filterFor({ level: 'warning' })(graded, 1000).map(({ level }) => level);
    expect(found).toEqual(['warning', 'error']);
  });
  it('says that a broken pattern is one', () => {
    expect(() => ids({ query: '(', regex: true })).toThrowError(
      expect.objectContaining({ name: 'LogQueryError', code: 'invalid_regex' }),
    );
  });
  it('ends a pattern that would never end by itself', () => {
    const hostile = [line(0, `${'a'.repeat(80)}!`)];
    const filter = filterFor({ query: '^(a+)+$', regex: true });
    let caught: unknown;
    try {
      filter(hostile, 50);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(LogQueryError);
    expect(caught).toMatchObject({ code: 'regex_too_slow' });
  });
  it('is not ended by a machine that gave the time to others', () => {
    const ended = Object.assign(new Error('timed out'), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' });
    const run = vi.spyOn(Script.prototype, 'runInContext').mockImplementationOnce(() => {
      throw ended;
    });
    expect(filterFor({ query: '^a+$', regex: true })([line(0, 'aaa'), line(1, 'b')], 50)).toHaveLength(1);
    expect(run).toHaveBeenCalledTimes(2);
    run.mockRestore();
  });
  it('gives a pattern nothing to reach for', () => {
    expect(ids({ query: '"[)]; throw 1; [(]"', regex: true })).toEqual([]);
  });
});
