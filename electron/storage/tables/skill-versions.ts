import { z } from 'zod';
import { packageVersionSchema } from '../../../shared/model/package.ts';
import { skillIdSchema } from '../../../shared/model/primitives.ts';
import type { Connection, Row } from '../database.ts';
import { fitting, jsonOf, readable } from './columns.ts';

/** What only the installer needs to know of a version. */
const bodySchema = z.object({
  /** Where a linked skill lies, absolute; null for a copy. */
  linkedPath: z.string().nullable(),
  /** Of a single-file skill: the name of its file; null for a folder. */
  file: z.string().nullable(),
  /** Set while the version is being tried: what to go back to, and whether this one goes then. Null once it has been. */
  trial: z.object({ previous: z.string().nullable(), fresh: z.boolean() }).nullable(),
});

/** One kept version of an installed skill, as it is remembered. */
export const storedVersionSchema = packageVersionSchema.extend({
  skillId: skillIdSchema,
  versionId: z.string().regex(/^[A-Za-z0-9-]{1,60}$/),
  ...bodySchema.shape,
});
export type StoredVersion = z.infer<typeof storedVersionSchema>;

/** Puts these versions in the place of all there are of a skill. None: it is installed no more. */
export function replaceVersions(db: Connection, skillId: string, versions: readonly StoredVersion[]): void {
  db.run('DELETE FROM skill_versions WHERE skill_id = ?', skillId);
  for (const { versionId, version, installedAt, healthyAt, linked, current, ...rest } of versions) {
    db.run(
      `INSERT INTO skill_versions
       (skill_id, version_id, version, installed_at, healthy_at, linked, current, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[skillId, versionId, version, installedAt, healthyAt, linked ? 1 : 0, current ? 1 : 0],
      JSON.stringify(bodySchema.parse(rest)),
    );
  }
}

/** Notes that a check of a version was healthy. `at` is epoch ms. */
export function noteHealthyVersion(db: Connection, skillId: string, versionId: string, at: number): void {
  db.run(
    'UPDATE skill_versions SET healthy_at = ? WHERE skill_id = ? AND version_id = ?',
    ...[at, skillId, versionId],
  );
}

/** Every version of every installed skill. */
export function allVersions(db: Connection): StoredVersion[] {
  return readable(db.all('SELECT * FROM skill_versions ORDER BY skill_id, installed_at'), readVersion);
}

function readVersion(row: Row): StoredVersion {
  return fitting(storedVersionSchema, {
    skillId: row.skill_id,
    versionId: row.version_id,
    version: row.version,
    installedAt: row.installed_at,
    healthyAt: row.healthy_at,
    linked: row.linked === 1,
    current: row.current === 1,
    ...jsonOf(row, 'body', bodySchema),
  });
}
