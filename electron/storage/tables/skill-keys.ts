import type { Connection } from '../database.ts';

/** The short number that stands for a skill in the big tables; undefined for a skill without history. */
export function keyOf(db: Connection, skillId: string): number | undefined {
  const key = db.get('SELECT key FROM skill_keys WHERE skill_id = ?', skillId)?.key;
  return typeof key === 'number' ? key : undefined;
}

/** Gives a skill that has none its key. */
export function newKey(db: Connection, skillId: string): number {
  return db.run('INSERT INTO skill_keys (skill_id) VALUES (?)', skillId).lastId;
}

/** Every skill that ever had history, by id. */
export function allKeys(db: Connection): ReadonlyMap<string, number> {
  const keys = new Map<string, number>();
  for (const [id, key] of db.tuples('SELECT skill_id, key FROM skill_keys')) {
    if (typeof id === 'string' && typeof key === 'number') keys.set(id, key);
  }
  return keys;
}
