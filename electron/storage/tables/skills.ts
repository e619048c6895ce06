import { z } from 'zod';
import { type SkillHealthRecord, skillHealthRecordSchema } from '../../../shared/model/health.ts';
import { epochMsSchema, skillIdSchema } from '../../../shared/model/primitives.ts';
import { lifecycleStatusSchema, type ProcessCause, processCauseSchema } from '../../../shared/model/skill.ts';
import type { Connection, Row } from '../database.ts';
import { fitting, readable } from './columns.ts';

/** What is remembered of a skill across restarts of the host. Times are epoch ms. */
export const storedSkillSchema = z.object({
  skillId: skillIdSchema,
  lifecycle: lifecycleStatusSchema,
  paused: z.boolean(),
  record: skillHealthRecordSchema,
  healthSince: epochMsSchema.nullable(),
  /** What the monitor keeps besides the record: any JSON value, read back by the monitor itself. */
  monitorState: z.unknown(),
  /** Of the files and settings as they were last seen; null when never. */
  fingerprint: z.string().nullable(),
  updatedAt: epochMsSchema,
  /** Why its process last ended or could not start; null when it never did. */
  cause: processCauseSchema.nullable(),
});
export type StoredSkill = z.infer<typeof storedSkillSchema>;

/** The part that changes with every check. `healthSince` undefined leaves the stored one. */
export interface SkillProgress {
  readonly record: SkillHealthRecord;
  readonly monitorState: unknown;
  readonly healthSince: number | null | undefined;
  readonly cause: ProcessCause | null;
}

export function putSkill(db: Connection, skill: StoredSkill): void {
  db.run(
    `INSERT OR REPLACE INTO skills
     (skill_id, lifecycle, paused, record, health_since, monitor_state, fingerprint, updated_at, cause)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[skill.skillId, skill.lifecycle, skill.paused ? 1 : 0, JSON.stringify(skill.record)],
    ...[skill.healthSince, toJson(skill.monitorState), skill.fingerprint, skill.updatedAt],
    toJson(skill.cause),
  );
}

/** Brings one skill's record up to date. A skill nobody saved yet is an active one. `at` is epoch ms. */
export function putProgress(db: Connection, skillId: string, progress: SkillProgress, at: number): void {
  const { cause, record, monitorState, healthSince } = progress;
  db.run(
    `INSERT INTO skills
     (skill_id, lifecycle, paused, record, health_since, monitor_state, fingerprint, updated_at, cause)
     VALUES (?1, 'active', 0, ?2, ?3, ?4, NULL, ?5, ?7)
     ON CONFLICT DO UPDATE SET record = ?2, monitor_state = ?4, updated_at = ?5, cause = ?7,
       health_since = CASE WHEN ?6 THEN ?3 ELSE health_since END`,
    ...[skillId, JSON.stringify(record), healthSince ?? null, toJson(monitorState), at],
    ...[healthSince === undefined ? 0 : 1, toJson(cause)],
  );
}

export function deleteSkill(db: Connection, skillId: string): void {
  db.run('DELETE FROM skills WHERE skill_id = ?', skillId);
}

/** Every skill, by id. */
export function allSkills(db: Connection): StoredSkill[] {
  return readable(db.all('SELECT * FROM skills ORDER BY skill_id'), readSkill);
}

function readSkill(row: Row): StoredSkill {
  return fitting(storedSkillSchema, {
    skillId: row.skill_id,
    lifecycle: row.lifecycle,
    paused: row.paused === 1,
    record: fromJson(row.record),
    healthSince: row.health_since,
    monitorState: fromJson(row.monitor_state) ?? null,
    fingerprint: row.fingerprint,
    updatedAt: row.updated_at,
    cause: readCause(row.cause),
  });
}

/** One that cannot be read is no reason to lose a decision. */
function readCause(text: unknown): ProcessCause | null {
  return processCauseSchema
    .nullable()
    .catch(null)
    .parse(fromJson(text) ?? null);
}

function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}

function fromJson(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
