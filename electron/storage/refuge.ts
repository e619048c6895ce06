import { Connection, diskTroubleOf } from './database.ts';
import { COARSE_MS, SLOT_MS } from './history/bucket-plan.ts';
import { migrate } from './migrations.ts';
import { insertChecks, listChecks } from './tables/checks.ts';
import { allKeys } from './tables/skill-keys.ts';

/**
 * The place in memory everything is written to while the disk takes nothing: a database of the same schema, so that no
 * table has to know. State is copied into it whole; history starts empty and is read together with the disk's.
 */
export interface Refuge {
  readonly connection: Connection;
  /** State tables that could be read whole: only these may replace what is on disk. */
  readonly complete: ReadonlySet<string>;
}

const stateTables = [
  'skills',
  'skill_versions',
  'tasks',
  'fixes',
  'fix_edits',
  'fix_trials',
  'fix_proposals',
  'shared_fixes',
  'troubled',
  'runs',
] as const;
const numberedTables = [
  'actions',
  'notices',
  'incidents',
  'task_runs',
  'fix_feedback',
  'fixes',
  'fix_edits',
  'fix_trials',
  'fix_proposals',
] as const;
/** Everything else in `meta` is about one file. */
const ownMeta = "WHERE name = 'instanceId'";
/** What memory holds at most, rows per table; the oldest go first. About 80 MB if every text were as long as it may be. */
const mostRows = { actions: 5000, notices: 1000, task_runs: 5000, fix_feedback: 5000 } as const;
const MOST_CHECKS = 20_000;

/** `disk` is what can still be read of the database, null for nothing. `nowMs` numbers rows apart from unseen ones. */
export function takeRefuge(disk: Connection | null, nowMs: number): Refuge {
  const connection = new Connection(':memory:');
  migrate(connection);
  const complete = new Set<string>();
  for (const table of stateTables) {
    if (disk !== null && readingWorks(() => copyRows(disk, connection, table, ''))) complete.add(table);
  }
  if (disk !== null) {
    readingWorks(() => copyRows(disk, connection, 'incidents', 'WHERE ended_at IS NULL'));
    readingWorks(() => copyRows(disk, connection, 'meta', ownMeta));
  }
  for (const table of numberedTables) {
    let highest: unknown = null;
    if (disk !== null) {
      readingWorks(() => {
        highest = disk.get(`SELECT coalesce(max(id), 0) AS highest FROM ${table}`)?.highest;
      });
    }
    const seen = typeof highest === 'number' ? highest : Math.floor(nowMs / 1000);
    connection.run('DELETE FROM sqlite_sequence WHERE name = ?', table);
    connection.run('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)', table, seen);
  }
  return { connection, complete };
}

/** Writes everything of the refuge to `disk`, in the caller's transaction. */
export function bringBack(refuge: Refuge, disk: Connection): void {
  const from = refuge.connection;
  for (const table of stateTables) {
    if (refuge.complete.has(table)) disk.run(`DELETE FROM ${table}`);
    copyRows(from, disk, table, '');
  }
  for (const table of numberedTables) copyRows(from, disk, table, '');
  // A database that was lost and made anew goes on under the old name; one that is there keeps its own.
  if (disk.get(`SELECT 1 FROM meta ${ownMeta}`) === undefined) copyRows(from, disk, 'meta', ownMeta);
  disk.run('DELETE FROM fix_feedback WHERE fix_id NOT IN (SELECT id FROM fixes)');
  for (const skillId of allKeys(from).keys()) {
    const checks = listChecks(from, skillId, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER).reverse();
    insertChecks(
      disk,
      checks.map((check) => ({ skillId, check })),
    );
  }
}

/** Lets the oldest history go where it is more than memory should hold. Returns how many checks went. */
export function trimRefuge({ connection }: Refuge): number {
  for (const [table, most] of Object.entries(mostRows)) {
    connection.run(`DELETE FROM ${table} WHERE id <= (SELECT max(id) FROM ${table}) - ?`, most);
  }
  const count = Number(connection.get('SELECT count(*) AS n FROM checks')?.n);
  if (count <= MOST_CHECKS) return 0;
  // A quarter at once: the search below reads them all.
  const cut = connection.get(
    'SELECT at FROM checks ORDER BY at DESC LIMIT 1 OFFSET ?',
    (MOST_CHECKS * 3) / 4,
  )?.at;
  connection.run(`DELETE FROM roll_ups WHERE slot <= ? - ${SLOT_MS}`, Number(cut));
  connection.run(`DELETE FROM coarse_roll_ups WHERE slot <= ? - ${COARSE_MS}`, Number(cut));
  connection.run('DELETE FROM troubles WHERE last_at <= ?', Number(cut));
  return connection.run('DELETE FROM checks WHERE at <= ?', Number(cut)).changes;
}

/** Copies the columns both sides know: one of them may be of another version. */
function copyRows(from: Connection, to: Connection, table: string, where: string): void {
  const known = new Set(columnsOf(to, table));
  const columns = columnsOf(from, table).filter((column) => known.has(column));
  const names = columns.join(', ');
  const insert = `INSERT OR REPLACE INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')})`;
  for (const row of from.tuples(`SELECT ${names} FROM ${table} ${where}`)) {
    to.run(insert, ...(row as (string | number | null)[]));
  }
}

function columnsOf(db: Connection, table: string): string[] {
  return db.tuples(`SELECT name FROM pragma_table_info('${table}')`).map(([name]) => String(name));
}

/** False when the disk would not give the rows, or has no such table. */
function readingWorks(read: () => void): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (diskTroubleOf(error) === null && !(error instanceof Error && 'errcode' in error)) throw error;
    return false;
  }
}
