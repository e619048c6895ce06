import {
  type FixHistoryEntry,
  type FixPattern,
  fixHistoryEntrySchema,
  fixPatternSchema,
} from '../../../shared/model/fix.ts';
import type { Connection, Row, SqlValue } from '../database.ts';
import { clipped, fitting, jsonOf, readable } from './columns.ts';

/** One answer to "did this fix help?". `at` is epoch ms. */
export interface FixFeedback {
  readonly fixId: number;
  readonly skillId?: string | undefined;
  readonly worked: boolean;
  readonly at: number;
}

const columns =
  'error_signature, fix_description, skill_id, success_count, failure_count, created_at, updated_at, last_used_at, ' +
  'sample, signature_version, safe_action, auto_apply, extra';

/** Members that are only ever read together with their fix. */
const extraSchema = fixPatternSchema.pick({ alsoFor: true, origin: true, elsewhere: true });

export function insertFix(db: Connection, fix: Omit<FixPattern, 'id'>): FixPattern {
  const { lastId: id } = db.run(
    `INSERT INTO fixes (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...valuesOf(fix),
  );
  return { ...fix, id };
}

export function putFix(db: Connection, fix: FixPattern): void {
  db.run(
    `INSERT OR REPLACE INTO fixes (id, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[fix.id, ...valuesOf(fix)],
  );
}

/** Forgets a fix, what was said about it and where it was tried. Ids are never given twice. */
export function deleteFix(db: Connection, id: number): void {
  db.run('DELETE FROM fix_feedback WHERE fix_id = ?', id);
  db.run('DELETE FROM fix_trials WHERE fix_id = ?', id);
  db.run('DELETE FROM fix_edits WHERE fix_id = ?', id);
  db.run('DELETE FROM fixes WHERE id = ?', id);
}

/** Writes `pattern` with the past of the fix `from`, which goes. */
export function mergeFix(db: Connection, from: number, pattern: FixPattern): void {
  for (const table of ['fix_feedback', 'fix_trials', 'fix_edits'])
    db.run(`UPDATE ${table} SET fix_id = ? WHERE fix_id = ?`, pattern.id, from);
  db.run('DELETE FROM fixes WHERE id = ?', from);
  putFix(db, pattern);
}

/** Something that happened to a fix, and what a person can read about it. `at` is epoch ms. */
export interface FixEdit extends FixHistoryEntry {
  readonly fixId: number;
}

export function insertFixEdit(db: Connection, { fixId, at, kind, skillId, detail }: FixEdit): void {
  db.run(
    'INSERT INTO fix_edits (fix_id, at, kind, skill_id, detail) VALUES (?, ?, ?, ?, ?)',
    ...[fixId, at, kind, skillId, clipped(detail)],
  );
}

/** What happened to one fix, oldest first. */
export function listFixEdits(db: Connection, fixId: number): FixHistoryEntry[] {
  return readable(db.all('SELECT * FROM fix_edits WHERE fix_id = ? ORDER BY at, id', fixId), (row) =>
    fitting(fixHistoryEntrySchema, {
      at: row.at,
      kind: row.kind,
      skillId: row.skill_id,
      detail: row.detail,
    }),
  );
}

/** Every fix, in the order they were recorded. */
export function allFixes(db: Connection): FixPattern[] {
  return readable(db.all('SELECT * FROM fixes ORDER BY id'), readFix);
}

export function insertFeedback(db: Connection, feedback: FixFeedback): void {
  db.run(
    'INSERT INTO fix_feedback (fix_id, skill_id, worked, at) VALUES (?, ?, ?, ?)',
    ...[feedback.fixId, feedback.skillId ?? null, feedback.worked ? 1 : 0, feedback.at],
  );
}

/** What was said about one fix, oldest first. */
export function listFeedback(db: Connection, fixId: number): FixFeedback[] {
  return db
    .all('SELECT skill_id, worked, at FROM fix_feedback WHERE fix_id = ? ORDER BY at, id', fixId)
    .map((row) => ({
      fixId,
      ...(typeof row.skill_id === 'string' ? { skillId: row.skill_id } : {}),
      worked: row.worked === 1,
      at: Number(row.at),
    }));
}

function valuesOf(fix: Omit<FixPattern, 'id'>): SqlValue[] {
  return [
    fix.errorSignature,
    fix.fixDescription,
    fix.skillId ?? null,
    fix.successCount,
    fix.failureCount,
    fix.createdAt,
    fix.updatedAt,
    fix.lastUsedAt,
    fix.sample,
    fix.signatureVersion,
    fix.safeAction ?? null,
    fix.autoApply === true ? 1 : 0,
    JSON.stringify(extraSchema.parse(fix)),
  ];
}

function readFix(row: Row): FixPattern {
  return fitting(fixPatternSchema, {
    id: row.id,
    errorSignature: row.error_signature,
    fixDescription: row.fix_description,
    ...(row.skill_id === null ? {} : { skillId: row.skill_id }),
    successCount: row.success_count,
    failureCount: row.failure_count,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastUsedAt: row.last_used_at,
    sample: row.sample,
    signatureVersion: row.signature_version,
    ...jsonOf(row, 'extra', extraSchema),
    ...(row.safe_action === null ? {} : { safeAction: row.safe_action, autoApply: row.auto_apply === 1 }),
  });
}
