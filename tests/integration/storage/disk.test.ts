import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Connection, diskTroubleOf } from '../../../electron/storage/database.ts';
import { freshFolder, open } from './fixtures.ts';
import { failure, fix, healthy, incident, quarantined, skill, T0, task } from './samples.ts';

describe('a data folder that cannot be made', () => {
  it('is told once, everything works in memory, and comes to the disk when it can', () => {
    const root = freshFolder();
    const folder = join(root, 'data');
    writeFileSync(folder, 'a file where the folder should be');
    const { storage, clock, heard } = open(folder);
    expect(storage.mode).toBe('memory');
    expect(storage.notices.map((notice) => notice.code)).toEqual(['storage_unwritable']);

    storage.skills.save(quarantined('alpha'));
    const kept = storage.fixes.insert(fix('make room'));
    storage.tasks.save(task('t'));
    storage.checks.append('alpha', healthy(T0));
    storage.checks.append('alpha', failure(T0 + 1));
    const action = { at: T0, skillId: 'alpha', origin: 'user', reason: 'r', result: 'done' } as const;
    storage.actions.add({ ...action, kind: 'quarantineSkill' });
    expect(storage.checks.list('alpha')).toHaveLength(2);
    expect(storage.checks.history('alpha', T0, T0 + 1, 10)).toHaveLength(1);

    rmSync(folder);
    clock.nowMs += 60_000;
    storage.checks.flush();
    expect(storage.mode).toBe('disk');
    expect(heard.map((notice) => notice.code)).toEqual(['storage_recovered']);
    const id = storage.instanceId;
    storage.close();

    const again = open(folder).storage;
    expect(again.notices).toEqual([]);
    expect(again.instanceId).toBe(id);
    expect(again.skills.all()).toEqual([quarantined('alpha')]);
    expect(again.fixes.all()).toEqual([kept]);
    expect(again.tasks.all()).toEqual([task('t')]);
    expect(again.checks.list('alpha')).toEqual([failure(T0 + 1), healthy(T0)]);
    expect(again.actions.list({})).toMatchObject([{ kind: 'quarantineSkill' }]);
    expect(again.checks.countMatching('exit code <num>')).toEqual({ errors: 1, skills: 1 });
  });

  it('keeps memory within bounds however long it lasts', () => {
    const folder = join(freshFolder(), 'data');
    writeFileSync(folder, '');
    const { storage } = open(folder);
    for (let n = 0; n < 30_000; n += 1) storage.checks.append('alpha', failure(T0 + n, `reason ${n}`));
    for (let n = 0; n < 6000; n += 1) {
      const action = { at: T0 + n, kind: 'restartSkill', skillId: 'alpha', origin: 'monitor' } as const;
      storage.actions.add({ ...action, reason: '', result: 'done' });
    }
    storage.checks.flush();
    const checks = storage.checks.list('alpha', undefined, 100_000);
    expect(checks.length).toBeLessThanOrEqual(20_000);
    expect(checks[0]?.at).toBe(T0 + 29_999);
    expect(storage.actions.list({ limit: 100_000 }).length).toBeLessThanOrEqual(5000);
  });
});

describe('a data folder that goes away while the host runs', () => {
  it('is made again with the state of now', () => {
    const folder = join(freshFolder(), 'data');
    const { storage, clock, heard } = open(folder);
    storage.skills.save(quarantined('alpha'));
    const kept = storage.fixes.insert(fix('kept'));
    rmSync(folder, { recursive: true });
    storage.checks.flush();
    expect(storage.mode).toBe('memory');
    storage.skills.save(skill('beta'));
    clock.nowMs += 60_000;
    storage.checks.flush();
    expect(heard.map((notice) => notice.code)).toEqual(['storage_unwritable', 'storage_recovered']);
    storage.close();
    const again = open(folder).storage;
    expect(again.skills.all()).toEqual([quarantined('alpha'), skill('beta')]);
    expect(again.fixes.all()).toEqual([kept]);
    expect(again.instanceId).toBe(storage.instanceId);
  });
});

describe('a file that is damaged while in use', () => {
  it('is given up for memory, then set aside, and the state of now survives', () => {
    const folder = freshFolder();
    const file = join(folder, 'skillward.db');
    const first = open(folder).storage;
    for (let n = 0; n < 3000; n += 1) first.checks.append('alpha', failure(T0 + n, `reason ${n}`));
    first.skills.save(quarantined('alpha'));
    first.close();

    const { storage, clock, heard } = open(folder);
    expect(storage.skills.all()).toEqual([quarantined('alpha')]);
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4096 * 30);
    writeFileSync(file, bytes);
    storage.checks.list('alpha', undefined, 5000);
    expect(storage.mode).toBe('memory');
    clock.nowMs += 60_000;
    storage.checks.flush();
    expect(storage.mode).toBe('disk');
    expect(heard.map((notice) => notice.code)).toEqual([
      'storage_unwritable',
      'storage_started_anew',
      'storage_recovered',
    ]);
    expect(storage.skills.all()).toEqual([quarantined('alpha')]);
  });
});

/** A file system of one megabyte, or the reason why there cannot be one here. */
function smallDisk(): { readonly folder: string } | { readonly why: string } {
  const folder = join(freshFolder(), 'small');
  mkdirSync(folder);
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { encoding: 'utf8' });
  if (made.status !== 0) return { why: (made.stderr ?? made.error?.message ?? '').trim() };
  onTestFinished(() => {
    spawnSync('umount', [folder]);
  });
  return { folder };
}

describe('a disk that can only be read', () => {
  it('shows what is there and goes on in memory until it can be written again', () => {
    const disk = smallDisk();
    if ('why' in disk) {
      process.stdout.write(`not tested here, no disk can be mounted read-only: ${disk.why}\n`);
      return;
    }
    const first = open(disk.folder).storage;
    first.skills.save(quarantined('alpha'));
    first.checks.append('alpha', healthy(T0));
    first.close();
    const remount = (how: string) => {
      expect(spawnSync('mount', ['-o', `remount,${how}`, disk.folder]).status).toBe(0);
    };
    remount('ro');
    const { storage, clock } = open(disk.folder);
    expect(storage.mode).toBe('memory');
    expect(storage.notices.map((notice) => notice.code)).toEqual(['storage_unwritable']);
    expect(storage.instanceId).toBe(first.instanceId);
    expect(storage.skills.all()).toEqual([quarantined('alpha')]);
    storage.checks.append('alpha', healthy(T0 + 1));
    storage.logs.append({ at: T0, skillId: 'alpha', stream: 'stderr', level: 'info', text: 'x' });
    expect(storage.checks.list('alpha')).toHaveLength(2);
    remount('rw');
    clock.nowMs += 60_000;
    storage.checks.flush();
    expect(storage.mode).toBe('disk');
    expect(storage.checks.list('alpha')).toHaveLength(2);
    storage.close();
  });
});

describe('a disk that is full', () => {
  it('never throws, keeps state and history in memory, and takes them when there is room', () => {
    const limited = limitedDisk();
    const { storage, clock, heard } = open(limited.folder);
    storage.skills.save(skill('alpha'));
    const old = storage.incidents.open(incident('alpha'));
    const doomed = storage.fixes.insert(fix('wrong'));
    storage.runs.put({ skillId: 'alpha', pid: 7, startTicks: null, runId: 'r', startedAt: T0 });
    limited.fill();
    let n = 0;
    while (storage.mode === 'disk' && n < 20_000) {
      storage.checks.append('alpha', failure(T0 + n, `some long reason, number ${n} ${'x'.repeat(200)}`));
      storage.logs.append({
        at: T0 + n,
        skillId: 'alpha',
        stream: 'stderr',
        level: 'info',
        text: `line ${n}`,
      });
      n += 1;
    }
    expect(storage.mode).toBe('memory');
    expect(heard.filter((notice) => notice.code === 'storage_unwritable')).toHaveLength(1);

    storage.skills.save(quarantined('alpha'));
    const kept = storage.fixes.insert(fix('make room'));
    storage.fixes.remove(doomed.id);
    storage.runs.remove('alpha', 'r');
    storage.incidents.update({ ...old, state: 'resolved', endedAt: T0 + 9 });
    storage.checks.append('alpha', healthy(T0 + n));
    expect(storage.skills.all()).toEqual([quarantined('alpha')]);
    expect(storage.checks.list('alpha', undefined, 100_000)).toHaveLength(n + 1);
    expect(storage.incidents.list({})).toMatchObject([{ state: 'resolved' }]);
    expect(storage.incidents.current('alpha')).toBeNull();
    clock.nowMs += 60_000;
    storage.checks.flush();
    expect(storage.mode).toBe('memory');

    limited.free();
    clock.nowMs += 60_000;
    storage.checks.flush();
    expect(storage.mode).toBe('disk');
    storage.close();
    const again = open(limited.folder).storage;
    expect(again.skills.all()).toEqual([quarantined('alpha')]);
    expect(again.fixes.all()).toEqual([kept]);
    expect(again.checks.list('alpha', undefined, 100_000)).toHaveLength(n + 1);
    expect(again.incidents.list({})).toMatchObject([{ id: old.id, state: 'resolved' }]);
    expect(again.runs.all()).toEqual([]);
  });

  /** A disk that can be filled and freed. Without the right to mount one, a database that may not grow stands in. */
  function limitedDisk(): { readonly folder: string; fill(): void; free(): void } {
    const disk = smallDisk();
    if ('folder' in disk) {
      const ballast = join(disk.folder, 'ballast');
      const folder = join(disk.folder, 'data');
      return {
        folder,
        fill: () => {
          // Ever smaller pieces, until not one more fits beside what the database has.
          for (let size = 1 << 18; size >= 1 << 14; ) {
            try {
              writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
            } catch {
              size >>= 1;
            }
          }
        },
        free: () => {
          rmSync(ballast);
          const grown = spawnSync('mount', ['-o', 'remount,size=64m', disk.folder]);
          expect(grown.status).toBe(0);
        },
      };
    }
    process.stdout.write(`no small disk here (${disk.why}): an open file that may not grow stands in\n`);
    return ulimitedDisk();
  }

  function ulimitedDisk(): { readonly folder: string; fill(): void; free(): void } {
    const limit = (bytes: string) => {
      const done = spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
      expect(done.status).toBe(0);
    };
    onTestFinished(() => limit('unlimited'));
    return { folder: freshFolder(), fill: () => limit('524288'), free: () => limit('unlimited') };
  }
});

describe('durably', () => {
  it('asks for FULL during the work and goes back to NORMAL, also when the work fails', () => {
    const db = new Connection(join(freshFolder(), 'x.db'));
    onTestFinished(() => db.close());
    db.exec('CREATE TABLE t (x INTEGER)');
    const during = db.durably(() => {
      db.run('INSERT INTO t VALUES (1)');
      return db.pragma('synchronous');
    });
    expect([during, db.pragma('synchronous')]).toEqual([2, 1]);
    expect(() =>
      db.durably(() => {
        db.run('INSERT INTO t VALUES (2)');
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(db.pragma('synchronous')).toBe(1);
    expect(db.all('SELECT x FROM t').map((row) => row.x)).toEqual([1]);
    expect(() => db.transaction(() => db.durably(() => 1))).toThrow(/inside a transaction/);
  });

  const strace = spawnSync('strace', ['-V']).status === 0;
  it.runIf(strace)('has the disk confirm before it returns, where an ordinary write does not', () => {
    const script = fileURLToPath(new URL('./syncs.ts', import.meta.url));
    const trace = join(freshFolder(), 'trace');
    const done = spawnSync(
      'strace',
      ['-f', '-o', trace, '-e', 'trace=fsync,fdatasync,write', process.execPath, script, freshFolder()],
      { encoding: 'utf8' },
    );
    if (done.status !== 0 && /ptrace|not permitted/i.test(done.stderr)) return;
    expect([done.status, done.stderr]).toEqual([0, '']);
    const text = readFileSync(trace, 'utf8');
    const between = (from: string, to: string) => text.slice(text.indexOf(from), text.indexOf(to));
    const syncs = (part: string) => part.match(/f(data)?sync\(/g)?.length ?? 0;
    expect(syncs(between('"ordinary"', '"durable"'))).toBe(0);
    expect(syncs(between('"durable"', '"end"'))).toBeGreaterThanOrEqual(10);
  });
});

describe('what is wrong with the disk', () => {
  it('is told from what is wrong with the program', () => {
    const folder = freshFolder();
    const db = new Connection(join(folder, 'x.db'));
    onTestFinished(() => db.close());
    const errorOf = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(diskTroubleOf(errorOf(() => db.exec('oops')))).toBeNull();
    expect(diskTroubleOf(errorOf(() => new Connection(join(folder, 'none', 'y.db'))))).toBe('io');
    expect(diskTroubleOf(errorOf(() => readFileSync(join(folder, 'none'))))).toBe('io');
    expect(diskTroubleOf(new TypeError('x'))).toBeNull();
    renameSync(join(folder, 'x.db'), join(folder, 'z.db'));
    expect(existsSync(join(folder, 'z.db'))).toBe(true);
  });
});
