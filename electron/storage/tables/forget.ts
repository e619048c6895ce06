import type { Connection } from '../database.ts';
import { keyOf } from './skill-keys.ts';

/** Deletes everything that is known of a skill: decisions, checks, incidents, what was tried on it. Fixes stay: they are people's. */
export function forgetSkill(db: Connection, skillId: string): void {
  const key = keyOf(db, skillId);
  if (key !== undefined) {
    for (const table of ['checks', 'roll_ups', 'coarse_roll_ups', 'signature_counts'])
      db.run(`DELETE FROM ${table} WHERE skill = ?`, key);
    db.run('DELETE FROM skill_keys WHERE key = ?', key);
  }
  for (const table of [
    'skills',
    'skill_versions',
    'actions',
    'incidents',
    'notices',
    'fix_trials',
    'fix_proposals',
    'troubled',
  ])
    db.run(`DELETE FROM ${table} WHERE skill_id = ?`, skillId);
}
