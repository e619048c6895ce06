import { copyFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Connection } from '../../../electron/storage/database.ts';
import { freshFolder, open } from './fixtures.ts';
import { failure, fix, healthy, quarantined, skill, T0 } from './samples.ts';

/** A data folder with a quarantined skill, a fix, and a hundred checks; with a backup when asked. Returns the file. */
async function lived(folder: string, options: { backup: boolean }): Promise<string> {
  const { storage } = open(folder);
  storage.skills.save(quarantined('alpha'));
  storage.fixes.insert(fix('turn it off and on'));
  for (let n = 0; n < 100; n += 1)
    storage.checks.append('alpha', n % 2 === 0 ? healthy(T0 + n) : failure(T0 + n));
  if (options.backup) {
    await storage.backupNow();
    storage.skills.save(skill('after-the-backup'));
  }
  storage.close();
  return join(folder, 'skillward.db');
}

function backups(folder: string): string[] {
  return readdirSync(join(folder, 'backups')).sort();
}

/** What each kind of damage does to a sound file. */
const damages: readonly (readonly [string, (file: string) => void])[] = [
  ['empty', (file) => writeFileSync(file, '')],
  ['all zeros', (file) => writeFileSync(file, Buffer.alloc(8192))],
  ['garbage', (file) => writeFileSync(file, Buffer.from('not a database at all\n'.repeat(999)))],
  ['cut in half', (file) => truncateSync(file, Math.floor(readFileSync(file).length / 8192) * 4096)],
  ['cut in mid-page', (file) => truncateSync(file, readFileSync(file).length - 100)],
  [
    'overwritten inside',
    (file) => {
      const bytes = readFileSync(file);
      bytes.fill(0xa5, 4096, 4096 * 6);
      writeFileSync(file, bytes);
    },
  ],
  [
    "another program's",
    (file) => {
      const other = `${file}.other`;
      const db = new Connection(other, { lockOnly: true });
      db.exec('CREATE TABLE theirs (x)');
      db.close();
      copyFileSync(other, file);
    },
  ],
];

describe.each(damages)('a file that is %s', (_name, damage) => {
  it('is set aside untouched, and the last backup is used', async () => {
    const folder = freshFolder();
    const file = await lived(folder, { backup: true });
    damage(file);
    const damaged = readFileSync(file);
    const { storage } = open(folder);
    expect(storage.notices.map((notice) => notice.code)).toEqual(['storage_restored']);
    expect(storage.mode).toBe('disk');
    expect(storage.skills.all()).toEqual([quarantined('alpha')]);
    expect(storage.fixes.all()).toHaveLength(1);
    expect(storage.checks.list('alpha', undefined, 1000)).toHaveLength(100);
    const aside = readdirSync(folder).filter((name) => /^skillward\.db\.corrupt-[^.]*Z$/.test(name));
    expect(aside).toHaveLength(1);
    expect(readFileSync(join(folder, aside[0] ?? '')).equals(damaged)).toBe(true);
    storage.close();
    expect(open(folder).storage.notices).toEqual([]);
  });

  it('without a backup is set aside too, and a new one is begun', async () => {
    const folder = freshFolder();
    damage(await lived(folder, { backup: false }));
    const { storage } = open(folder);
    expect(storage.notices.map((notice) => notice.code)).toEqual(['storage_started_anew']);
    storage.skills.save(skill('alpha'));
    expect(storage.skills.all()).toHaveLength(1);
  });
});

describe('backups', () => {
  it('are complete, owner-only, and the newest three are kept', async () => {
    const folder = freshFolder();
    const { storage, clock } = open(folder);
    storage.skills.save(quarantined('alpha'));
    for (let day = 0; day < 5; day += 1) {
      clock.nowMs = T0 + day * 86_400_000;
      await storage.backupNow();
    }
    const kept = backups(folder);
    expect(kept).toHaveLength(3);
    expect(kept[2]).toContain(new Date(T0 + 4 * 86_400_000).toISOString().slice(0, 10));
    const copy = new Connection(join(folder, 'backups', kept[0] ?? ''), { readOnly: true });
    expect(copy.get('SELECT lifecycle FROM skills')?.lifecycle).toBe('quarantined');
    copy.close();
  });

  it('that are damaged themselves are passed over for an older one', async () => {
    const folder = freshFolder();
    const { storage, clock } = open(folder);
    storage.skills.save(quarantined('alpha'));
    await storage.backupNow();
    clock.nowMs += 1000;
    storage.skills.save(skill('beta'));
    await storage.backupNow();
    storage.close();
    writeFileSync(join(folder, 'backups', backups(folder)[1] ?? ''), 'spoilt');
    writeFileSync(join(folder, 'skillward.db'), 'spoilt');
    expect(open(folder).storage.skills.all()).toEqual([quarantined('alpha')]);
  });

  it('that cannot be made are told, and break nothing', async () => {
    const folder = freshFolder();
    const { storage, heard } = open(folder);
    writeFileSync(join(folder, 'backups'), 'a file where the folder should be');
    await storage.backupNow();
    expect(heard.map((notice) => notice.code)).toEqual(['storage_backup_failed']);
    expect(storage.mode).toBe('disk');
  });
});

describe('other versions', () => {
  it('a newer file is only read, and left exactly as it is', async () => {
    const folder = freshFolder();
    const file = await lived(folder, { backup: false });
    const db = new Connection(file);
    db.exec('PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const before = readFileSync(file);

    const { storage } = open(folder);
    expect(storage.mode).toBe('read-only');
    expect(storage.notices.map((notice) => notice.code)).toEqual(['storage_newer']);
    expect(storage.skills.all()).toEqual([quarantined('alpha')]);
    expect(storage.checks.list('alpha', undefined, 1000)).toHaveLength(100);
    storage.skills.save(skill('alpha'));
    storage.checks.append('alpha', healthy(T0 + 1000));
    const added = storage.fixes.insert(fix('another'));
    expect(storage.skills.all()).toEqual([skill('alpha')]);
    expect(storage.checks.list('alpha', undefined, 1000)).toHaveLength(101);
    expect(storage.fixes.all().map((entry) => entry.id)).toEqual([1, added.id]);
    storage.close();
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('the log of a database that is gone is not played into a new one', () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'skillward.db-wal'), 'leftover');
    const { storage } = open(folder);
    expect(storage.skills.all()).toEqual([]);
    expect(readdirSync(folder).some((name) => name.startsWith('skillward.db-wal.corrupt-'))).toBe(true);
    expect(existsSync(join(folder, 'skillward.db'))).toBe(true);
  });
});
