import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Connection } from '../../../electron/storage/database.ts';
import { migrate, migrations, SCHEMA_VERSION, schemaVersion } from '../../../electron/storage/migrations.ts';
import { freshFolder, open } from './fixtures.ts';
import { fix, healthy, quarantined, T0 } from './samples.ts';

/** The rows a user of each version had, as SQL: one file per version ever released, `v<n>.sql`. Never edited. */
const samplesFolder = join(import.meta.dirname, 'versions');
const samples = readdirSync(samplesFolder).map((name) => ({
  version: Number(/^v(\d+)\.sql$/.exec(name)?.[1]),
  sql: readFileSync(join(samplesFolder, name), 'utf8'),
}));

/** What the schema of a database says, in a form that can be compared. */
function schemaOf(db: Connection): unknown[] {
  return [
    ...db.all(
      "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name",
    ),
  ];
}

describe('migrations', () => {
  it('have a sample of every version', () => {
    const versions = samples.map(({ version }) => version).sort((a, b) => a - b);
    expect(versions).toEqual(Array.from({ length: SCHEMA_VERSION }, (_, index) => index + 1));
  });

  it.each(samples)(
    'from version $version reach today with everything a person decided',
    ({ version, sql }) => {
      const folder = freshFolder();
      const db = new Connection(join(folder, 'skillward.db'));
      migrate(db, migrations.slice(0, version));
      expect(schemaVersion(db)).toBe(version);
      db.exec(sql);
      db.close();

      const { storage } = open(folder);
      expect(storage.notices).toEqual([]);
      expect(storage.skills.all()).toEqual([quarantined('alpha')]);
      expect(storage.fixes.all()).toEqual([{ ...fix('install it'), id: 1, skillId: 'alpha' }]);
      expect(storage.checks.list('alpha')).toEqual([healthy(T0)]);
      expect(storage.checks.history('alpha', T0, T0 + 1, 10)).toMatchObject([{ healthy: 1, p50Ms: 12.5 }]);
      storage.close();

      const migrated = new Connection(join(folder, 'skillward.db'), { readOnly: true });
      const fresh = new Connection(':memory:');
      migrate(fresh);
      expect(schemaVersion(migrated)).toBe(SCHEMA_VERSION);
      expect(schemaOf(migrated)).toEqual(schemaOf(fresh));
      migrated.close();
      fresh.close();
    },
  );

  it('read what people said about incidents, and of earlier versions that nobody said anything', () => {
    const folder = freshFolder();
    const db = new Connection(join(folder, 'skillward.db'));
    migrate(db, migrations.slice(0, 3));
    db.exec(samples.find(({ version }) => version === 3)?.sql ?? '');
    db.exec(`INSERT INTO incidents (skill_id, signature, error, state, started_at, last_seen_at, failures, quarantined)
             VALUES ('beta', 's', 'e', 'open', 1, 1, 1, 0)`);
    db.close();
    const { storage } = open(folder);
    expect(storage.incidents.get(1)).toMatchObject({
      state: 'acknowledged',
      note: 'looking',
      acknowledged: { at: 1_760_000_001_000, until: 9_000_000_000_000 },
    });
    expect(storage.incidents.get(2)).not.toHaveProperty('acknowledged');
    expect(storage.noticeLog.list(1)).toMatchObject([
      { incidentId: 1, key: expect.stringContaining('alpha') },
    ]);
    storage.close();
  });

  it('begin with a backup, and stay where they were when a step fails', () => {
    const folder = freshFolder();
    const file = join(folder, 'skillward.db');
    const steps = [
      ...migrations,
      'CREATE TABLE more (x INTEGER) STRICT;',
      'CREATE TABLE half (x INTEGER) STRICT; oops',
    ];
    const db = new Connection(file);
    migrate(db, migrations);
    expect(() => migrate(db, steps)).toThrow();
    expect(schemaVersion(db)).toBe(SCHEMA_VERSION + 1);
    expect(schemaOf(db).some((entry) => (entry as { name: string }).name === 'half')).toBe(false);
    db.close();
  });

  it('of a file that is not what it says leave it alone, with a copy, and the host runs on', () => {
    const folder = freshFolder();
    const db = new Connection(join(folder, 'skillward.db'));
    migrate(db);
    db.exec('PRAGMA user_version = 0');
    db.close();
    const { storage } = open(folder);
    expect(storage.mode).toBe('read-only');
    expect(storage.notices).toMatchObject([{ code: 'storage_unwritable', level: 'error' }]);
    expect(readdirSync(join(folder, 'backups'))).toEqual([expect.stringMatching(/-before-v\d+\.db$/)]);
    storage.skills.save(quarantined('alpha'));
    expect(storage.skills.all()).toHaveLength(1);
  });
});
