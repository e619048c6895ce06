import type { Check, OutcomeKind } from '../../../shared/model/health.ts';
import type { Connection } from '../database.ts';
import { outcomeCodes, toMs, toTenths } from '../history/tally.ts';
import { clipped } from './columns.ts';
import { addToRollUps, type CheckPoint } from './roll-ups.ts';
import { allKeys, keyOf, newKey } from './skill-keys.ts';
import { checkOf, troubleFor } from './troubles.ts';

export interface SkillCheck {
  readonly skillId: string;
  readonly check: Check;
}

/** Stores checks with their roll-ups and signature counts, in the caller's transaction. Order does not matter. */
export function insertChecks(db: Connection, checks: readonly SkillCheck[]): void {
  const keys = allKeys(db);
  for (const [skillId, ofSkill] of Map.groupBy(checks, (entry) => entry.skillId)) {
    const key = keys.get(skillId) ?? newKey(db, skillId);
    for (const { check } of ofSkill) insertCheck(db, key, check);
    addToRollUps(
      db,
      key,
      ofSkill.map(({ check }) => pointOf(check)),
    );
  }
}

function insertCheck(db: Connection, key: number, check: Check): void {
  const { at, outcome, latency } = pointOf(check);
  db.run(
    `INSERT INTO checks (skill, at, n, outcome, latency, trouble)
     VALUES (?1, ?2, (SELECT coalesce(max(n) + 1, 0) FROM checks WHERE skill = ?1 AND at = ?2), ?3, ?4, ?5)`,
    ...[key, at, outcome, latency, troubleFor(db, check)],
  );
  if (check.signature === undefined) return;
  db.run(
    `INSERT INTO signature_counts (signature, skill, errors, last_at) VALUES (?, ?, 1, ?)
     ON CONFLICT DO UPDATE SET errors = errors + 1, last_at = max(last_at, excluded.last_at)`,
    ...[clipped(check.signature), key, at],
  );
}

/** A check reduced to what charts need. */
export function pointOf(check: Check): CheckPoint {
  return {
    at: check.at,
    outcome: outcomeCodes.indexOf(check.outcome.kind),
    latency: toTenths(check.latencyMs),
  };
}

/** Checks of one skill older than `before` (epoch ms), newest first; of one outcome only, where one is given. */
export function listChecks(
  db: Connection,
  skillId: string,
  before: number,
  limit: number,
  outcome?: OutcomeKind,
): Check[] {
  const key = keyOf(db, skillId);
  if (key === undefined) return [];
  const rows = db.tuples(
    `SELECT c.at, c.outcome, c.latency, t.body FROM checks c LEFT JOIN troubles t ON t.id = c.trouble
     WHERE c.skill = ?1 AND c.at < ?2 AND (?4 IS NULL OR c.outcome = ?4) ORDER BY c.at DESC, c.n DESC LIMIT ?3`,
    ...[key, before, limit, outcome === undefined ? null : outcomeCodes.indexOf(outcome)],
  );
  return rows.map(([at, outcome, latency, body]) =>
    checkOf(Number(at), Number(outcome), latency === null ? null : toMs(Number(latency)), body),
  );
}

/** Outcomes and latencies of one skill in `[from, end)`, oldest first. */
export function readPoints(db: Connection, key: number, from: number, end: number): CheckPoint[] {
  if (from >= end) return [];
  const rows = db.tuples(
    'SELECT at, outcome, latency FROM checks WHERE skill = ? AND at >= ? AND at < ?',
    ...[key, from, end],
  );
  return rows.map(([at, outcome, latency]) => ({
    at: Number(at),
    outcome: Number(outcome),
    latency: latency === null ? null : Number(latency),
  }));
}

/** How often each skill failed with `signature`, by skill id, as far back as roll-ups are kept. */
export function countSignature(db: Connection, signature: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const rows = db.tuples(
    `SELECT k.skill_id, s.errors FROM signature_counts s JOIN skill_keys k ON k.key = s.skill
     WHERE s.signature = ?`,
    clipped(signature),
  );
  for (const [skillId, errors] of rows) counts.set(String(skillId), Number(errors));
  return counts;
}
