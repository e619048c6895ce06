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

async function texts(
  storage: Storage,
  query: Partial<Parameters<Storage['logs']['read']>[0]>,
): Promise<string[]> {
  const { lines } = await storage.logs.read({ limit: 100_000, ...query });
  return lines.map((line) => line.text);
}

describe('log files', () => {
  it('stay within files × bytes, and keep the newest lines without a gap', async () => {
    const folder = freshFolder();
    const { storage } = open(folder, { logFiles: 3, logFileBytes: MAX_BYTES });
    for (let n = 0; n < 6000; n += 1) write(storage, 'alpha', `line ${n} ${'é'.repeat(n % 60)}`);
    storage.close();
    const names = readdirSync(join(folder, 'logs')).sort();
    expect(names).toEqual(['alpha.log', 'alpha.log.1', 'alpha.log.2']);
    for (const name of names) {
      expect(statSync(join(folder, 'logs', name)).size).toBeLessThanOrEqual(MAX_BYTES);
    }
    const { lines } = await open(folder).storage.logs.read({ skillId: 'alpha', limit: 100_000 });
    expect(lines.at(-1)?.id).toBe(5999);
    expect(lines.map((line) => line.id)).toEqual(lines.map((_line, index) => 6000 - lines.length + index));
    expect(lines.length).toBeGreaterThan(500);
  });

  it('go on with their numbers in the next host, also behind a line cut in two', async () => {
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
    expect(await texts(open(folder).storage, { skillId: 'alpha' })).toEqual(['one', 'two', 'three']);
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

  it('never get a name from outside', async () => {
    const { storage } = open(freshFolder());
    expect(() => write(storage, '../escape', 'x')).toThrow();
    await expect(storage.logs.read({ skillId: '../../etc/passwd', limit: 1 })).rejects.toThrow();
    await expect(storage.logs.read({ skillIds: ['alpha', '../../etc/passwd'], limit: 1 })).rejects.toThrow();
  });
});

describe('reading logs', () => {
  it('gives the newest lines, oldest first, of one skill or of all by time', async () => {
    const { storage } = open(freshFolder());
    for (const [n, id] of ['alpha', 'beta', 'alpha', 'beta'].entries())
      write(storage, id, `${id} ${n}`, T0 + n);
    expect(await texts(storage, { limit: 3 })).toEqual(['beta 1', 'alpha 2', 'beta 3']);
    expect(await texts(storage, { skillId: 'alpha', limit: 1 })).toEqual(['alpha 2']);
    expect(await texts(storage, { after: T0, before: T0 + 3 })).toEqual(['beta 1', 'alpha 2']);
  });

  it('searches what has left memory, in files and by pattern', async () => {
    const { storage } = open(freshFolder(), { logFiles: 5 });
    for (let n = 0; n < 3000; n += 1)
      write(storage, 'alpha', n === 3 ? 'the one Needle' : `hay ${n}`, T0 + n);
    expect(await texts(storage, { skillId: 'alpha', query: 'needle' })).toEqual(['the one Needle']);
    expect(await texts(storage, { skillId: 'alpha', query: '^hay 7$', regex: true })).toEqual(['hay 7']);
    expect(await texts(storage, { skillId: 'alpha', before: T0 + 3 })).toEqual(['hay 0', 'hay 1', 'hay 2']);
  });

  it('pages through several skills to the very beginning, back and forth, whatever is in files or memory', async () => {
    const folder = freshFolder();
    const { storage } = open(folder, { logFiles: 40 });
    const written: string[] = [];
    for (let n = 0; n < 9000; n += 1) {
      const skillId = n % 7 === 0 ? 'quiet' : n % 2 === 0 ? 'alpha' : 'beta';
      // Many lines share one millisecond.
      written.push(
        `${skillId} ${write(storage, skillId, `${n} ${'x'.repeat(n % 90)}`, T0 + Math.floor(n / 40)).id}`,
      );
    }
    const skillIds = ['alpha', 'beta', 'quiet'];
    const back: LogLine[] = [];
    const lost = new Set(written);
    let answer = await storage.logs.read({ skillIds, limit: 701 });
    expect(answer.atEnd).toBe(true);
    const { newer } = answer;
    for (;;) {
      back.unshift(...answer.lines);
      if (answer.older === null) break;
      expect(answer.searchedTo).not.toBeNull();
      answer = await storage.logs.read({ skillIds, limit: 701, cursor: answer.older });
    }
    for (const { skillId, id } of back) lost.delete(`${skillId} ${id}`);
    expect([back.length, lost.size]).toEqual([written.length, 0]);
    expect(back.every((line, n) => n === 0 || line.at >= (back[n - 1]?.at ?? 0))).toBe(true);

    const forth: LogLine[] = [];
    let on = await storage.logs.read({ skillIds, limit: 701, from: 'oldest' });
    expect(on.older).toBeNull();
    for (
      ;
      !on.atEnd;
      on = await storage.logs.read({ skillIds, limit: 701, from: 'oldest', cursor: on.newer })
    )
      forth.push(...on.lines);
    expect([...forth, ...on.lines]).toEqual(back);

    write(storage, 'quiet', 'later', T0 + 9000);
    write(storage, 'newcomer', 'first', T0 + 9000);
    const all = { from: 'oldest', limit: 10, cursor: newer } as const;
    expect(await texts(storage, all)).toEqual(['first', 'later']);
    expect(await texts(storage, { ...all, skillIds })).toEqual(['later']);
  });

  it('finds the lines around a moment without a gap', async () => {
    const { storage } = open(freshFolder(), { logFiles: 40 });
    for (let n = 0; n < 4000; n += 1) write(storage, n % 2 === 0 ? 'alpha' : 'beta', `line ${n}`, T0 + n);
    const before = await storage.logs.read({ before: T0 + 2001, limit: 50 });
    const after = await storage.logs.read({ from: 'oldest', cursor: before.newer, limit: 50 });
    const numbers = [...before.lines, ...after.lines].map(({ text }) => Number(text.slice(5)));
    expect(numbers).toEqual(numbers.map((_n, index) => 1951 + index));
    expect([numbers.length, before.atEnd, after.atEnd]).toEqual([100, false, false]);
  });

  it('looks back bit by bit, says how far, and never forgets to go on', async () => {
    const { storage } = open(freshFolder(), { logFiles: 40, logFileBytes: 2_097_152 });
    const long = 'y'.repeat(4000);
    for (let n = 0; n < 4600; n += 1) write(storage, 'alpha', n === 5 ? 'needle' : `${n} ${long}`, T0 + n);
    let answer = await storage.logs.read({ skillId: 'alpha', query: 'needle', limit: 100 });
    expect(answer.lines).toEqual([]);
    const looked = [answer.searchedTo ?? 0];
    while (answer.older !== null) {
      answer = await storage.logs.read({
        skillId: 'alpha',
        query: 'needle',
        limit: 100,
        cursor: answer.older,
      });
      if (answer.searchedTo !== null) looked.push(answer.searchedTo);
    }
    expect(answer.lines.map((line) => line.text)).toEqual(['needle']);
    expect(looked).toEqual(looked.toSorted((a, b) => b - a));
    expect(looked[0]).toBeGreaterThan(T0);
  });

  it('searches megabytes in slices: others have their turns, and what is written meanwhile waits for the next read', async () => {
    const { storage } = open(freshFolder(), { logFiles: 12, logFileBytes: 1_048_576 });
    const long = 'y'.repeat(1000);
    for (let n = 0; n < 9000; n += 1) write(storage, 'alpha', n === 3 ? 'needle' : `${n} ${long}`);
    let turns = 0;
    let searching = true;
    const others = async () => {
      for (; searching; turns += 1) {
        write(storage, 'alpha', `new needle ${turns}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const busy = others();
    const answer = await storage.logs.read({ skillId: 'alpha', query: 'needle', limit: 100 });
    searching = false;
    await busy;
    expect(turns).toBeGreaterThan(5);
    expect(answer.lines.map((line) => line.text)).toEqual(['needle', 'new needle 0']);
    expect(answer.atEnd).toBe(true);
    const next = await storage.logs.read({
      ...{ skillId: 'alpha', query: 'needle', limit: 10_000 },
      ...{ from: 'oldest', cursor: answer.newer },
    });
    expect(next.lines.map((line) => line.text)).toEqual(
      Array.from({ length: turns - 1 }, (_, n) => `new needle ${n + 1}`),
    );
  });

  it('shortens an endless line and survives any text', async () => {
    const folder = freshFolder();
    const { storage } = open(folder);
    write(storage, 'alpha', 'x'.repeat(1_000_000));
    const odd = 'quote " back \\ new\nline \u2028 nul \0 lone \ud800 end';
    write(storage, 'alpha', odd);
    storage.close();
    const [long, back] = await texts(open(folder).storage, { skillId: 'alpha' });
    expect(long).toHaveLength(4096);
    expect(back?.startsWith('quote " back \\ new\nline \u2028 nul \0 lone')).toBe(true);
  });

  it('tells what was dropped', async () => {
    const { storage } = open(freshFolder());
    storage.logs.noteDropped('alpha', 500);
    storage.logs.noteDropped('beta', 7);
    expect((await storage.logs.read({ skillId: 'alpha', limit: 1 })).droppedBytes).toBe(500);
    expect((await storage.logs.read({ limit: 1 })).droppedBytes).toBe(507);
  });

  it('goes on in memory, and says so once, when the folder takes nothing', async () => {
    const folder = freshFolder();
    const { storage, heard } = open(folder);
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
    for (let round = 0; round < 3; round += 1) {
      write(storage, 'alpha', `line ${round}`);
      expect(await texts(storage, { skillId: 'alpha' })).toHaveLength(round + 1);
    }
    expect(heard.map((notice) => notice.code)).toEqual(['logs_unwritable']);
    expect((await storage.logs.read({ skillId: 'alpha', limit: 1 })).droppedBytes).toBeGreaterThan(0);
    expect(readFileSync(join(folder, 'logs'), 'utf8')).toBe('a file where the folder should be');
  });
});
