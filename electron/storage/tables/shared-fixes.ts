import { z } from 'zod';
import type { Connection, Row } from '../database.ts';
import { fitting, readable } from './columns.ts';

const sharedFixRowSchema = z.object({
  /** What it is kept under in the fleet. */
  key: z.string().min(1).max(200),
  /**
   * `shown`: a fix of this host stands for it. `hidden`: a person does not want it here; what this host said of it stays.
   * `withdrawn`: likewise, and this host takes back what it said.
   */
  state: z.enum(['shown', 'hidden', 'withdrawn']),
  /** The fix that stands for it; null unless it is `shown`. */
  fixId: z.number().int().positive().nullable(),
  /** The shared fix as the fleet had it last, encoded; null when it was never seen there. */
  body: z.string().nullable(),
});
export type SharedFixRow = z.infer<typeof sharedFixRowSchema>;

export function putSharedFix(db: Connection, { key, state, fixId, body }: SharedFixRow): void {
  db.run(
    'INSERT OR REPLACE INTO shared_fixes (key, state, fix_id, body) VALUES (?, ?, ?, ?)',
    ...[key, state, fixId, body],
  );
}

export function deleteSharedFix(db: Connection, key: string): void {
  db.run('DELETE FROM shared_fixes WHERE key = ?', key);
}

/** Everything known of fixes shared with a fleet. */
export function allSharedFixes(db: Connection): SharedFixRow[] {
  return readable(db.all('SELECT * FROM shared_fixes ORDER BY key'), (row: Row) =>
    fitting(sharedFixRowSchema, { key: row.key, state: row.state, fixId: row.fix_id, body: row.body }),
  );
}
