import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Storage } from '../../../electron/storage/storage.ts';
import type { LogLine } from '../../../shared/model/log.ts';
import { freshFolder, open } from './fixtures.ts';
import { T0 } from './samples.ts';

const MAX_BYTES = 65_536;

function write(storage: Storage, skillId: string, text: string, at = T0): LogLine {
  return storage.logs.append({ at, skillId, stream: 'stderr', level: 'info', text });
}

function texts(storage: Storage, query: Partial<Parameters<Storage['logs']['read']>[0]>): string[] {
  return storage.logs.read({ limit: 100_000, ...query }).lines.map((line) => line.text);
}

describe('log files', () => {
  it('stay within files × bytes, and keep the newest lines without a gap', () => {
    const folder = freshFolder();
    const { storage } = open(folder, { logFiles: 3, logFileBytes: MAX_BYTES });
    for (let n = 0; n < 6000; n += 1) write(storage, 'alpha', `line ${n} ${'é'.repeat(n % 60)}`);
    storage.close();
    const names = readdirSync(join(folder, 'logs')).sort();
    expect(names).toEqual(['alpha.log', 'alpha.log.1', 'alpha.log.2']);
    for (const name of names) {
      expect(statSync(join(folder, 'logs', name)).size).toBeLessThanOrEqual(MAX_BYTES);
    }
    const { lines } = open(folder).storage.logs.read({ skillId: 'alpha', limit: 100_000 });
    expect(lines.at(-1)?.id).toBe(5999);
    expect(lines.map((line) => line.id)).toEqual(lines.map((_line, index) => 6000 - lines.length + index));
    expect(lines.length).toBeGreaterThan(500);
  });

  it('go on with their numbers in the next host, also behind a line cut in two', () => {
    const folder = freshFolder();
    const first = open(folder).storage;
    expect([
      write(first, 'alpha', 'one').id,
      write(first, 'alpha', 'two').id,
      write(first, 'beta', 'x').id,
    ]).toEqual([0, 1, 0]);
    first.close();
    appendFileSync(join(folder, 'logs', 'alpha.log'), '{"id":2,"at":176000');
    const second = open(folder).storage;
    expect(write(second, 'alpha', 'three').id).toBe(2);
    second.close();
    expect(texts(open(folder).storage, { skillId: 'alpha' })).toEqual(['one', 'two', 'three']);
  });

  it('keep only so many as are allowed now', () => {
    const folder = freshFolder();
    const many = open(folder, { logFiles: 5 }).storage;
    for (let n = 0; n < 8000; n += 1) write(many, 'alpha', `line ${n}`);
    many.close();
    expect(existsSync(join(folder, 'logs', 'alpha.log.4'))).toBe(true);
    const few = open(folder, { logFiles: 2 }).storage;
    for (let n = 0; n < 3000; n += 1) write(few, 'alpha', `more ${n}`);
    few.close();
    expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['alpha.log', 'alpha.log.1']);
  });

  it('never get a name from outside', () => {
    const { storage } = open(freshFolder());
    expect(() => write(storage, '../escape', 'x')).toThrow();
    expect(() => storage.logs.read({ skillId: '../../etc/passwd', limit: 1 })).toThrow();
  });
});

describe('reading logs', () => {
  it('gives the newest lines, oldest first, of one skill or of all by time', () => {
    const { storage } = open(freshFolder());
    for (const [n, id] of ['alpha', 'beta', 'alpha', 'beta'].entries())
      write(storage, id, `${id} ${n}`, T0 + n);
    expect(texts(storage, { limit: 3 })).toEqual(['beta 1', 'alpha 2', 'beta 3']);
    expect(texts(storage, { skillId: 'alpha', limit: 1 })).toEqual(['alpha 2']);
    expect(texts(storage, { after: T0, before: T0 + 3 })).toEqual(['beta 1', 'alpha 2']);
  });

  it('searches what has left memory, in files and by pattern', () => {
    const { storage } = open(freshFolder(), { logFiles: 5 });
    for (let n = 0; n < 3000; n += 1)
      write(storage, 'alpha', n === 3 ? 'the one Needle' : `hay ${n}`, T0 + n);
    expect(texts(storage, { skillId: 'alpha', query: 'needle' })).toEqual(['the one Needle']);
    expect(texts(storage, { skillId: 'alpha', query: '^hay 7$', regex: true })).toEqual(['hay 7']);
    expect(texts(storage, { skillId: 'alpha', before: T0 + 3 })).toEqual(['hay 0', 'hay 1', 'hay 2']);
  });

  it('shortens an endless line and survives any text', () => {
    const folder = freshFolder();
    const { storage } = open(folder);
    write(storage, 'alpha', 'x'.repeat(1_000_000));
    const odd = 'quote " back \\ new\nline \u2028 nul \0 lone \ud800 end';
    write(storage, 'alpha', odd);
    storage.close();
    const [long, back] = texts(open(folder).storage, { skillId: 'alpha' });
    expect(long).toHaveLength(4096);
    expect(back?.startsWith('quote " back \\ new\nline \u2028 nul \0 lone')).toBe(true);
  });

  it('tells what was dropped', () => {
    const { storage } = open(freshFolder());
    storage.logs.noteDropped('alpha', 500);
    storage.logs.noteDropped('beta', 7);
    expect(storage.logs.read({ skillId: 'alpha', limit: 1 }).droppedBytes).toBe(500);
    expect(storage.logs.read({ limit: 1 }).droppedBytes).toBe(507);
  });

  it('goes on in memory, and says so once, when the folder takes nothing', () => {
    const folder = freshFolder();
    const { storage, heard } = open(folder);
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
    for (let round = 0; round < 3; round += 1) {
      write(storage, 'alpha', `line ${round}`);
      expect(texts(storage, { skillId: 'alpha' })).toHaveLength(round + 1);
    }
    expect(heard.map((notice) => notice.code)).toEqual(['logs_unwritable']);
    expect(storage.logs.read({ skillId: 'alpha', limit: 1 }).droppedBytes).toBeGreaterThan(0);
    expect(readFileSync(join(folder, 'logs'), 'utf8')).toBe('a file where the folder should be');
  });
});
