import type { Connection } from '../database.ts';

/**
 * Single facts about the data folder. Before `rawFrom` checks may be gone, before `slotsFrom` roll-ups too, and only the
 * coarse ones are complete (epoch ms; the start of a slot, of a coarse slot).
 */
export type MetaName = 'instanceId' | 'rawFrom' | 'slotsFrom' | 'lastOpenedAt';

export function readMeta(db: Connection, name: MetaName): string | null {
  const value = db.get('SELECT value FROM meta WHERE name = ?', name)?.value;
  return typeof value === 'string' ? value : null;
}

export function writeMeta(db: Connection, name: MetaName, value: string): void {
  db.run('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)', name, value);
}

/** From when on every raw check, or every roll-up, is still there, epoch ms; 0 before the first retention pass. */
export function completeFrom(db: Connection, name: 'rawFrom' | 'slotsFrom'): number {
  return Number(readMeta(db, name) ?? 0);
}
