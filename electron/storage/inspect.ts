import { existsSync } from 'node:fs';
import { Connection, diskTroubleOf, type OpenOptions } from './database.ts';
import { headOf, sizeOf } from './files.ts';
import { APPLICATION_ID, SCHEMA_VERSION, schemaVersion } from './migrations.ts';

/** What a database file turned out to be. `unreachable` is the folder's fault, not the file's. */
export type Inspection =
  | { readonly kind: 'missing' }
  | { readonly kind: 'sound'; readonly version: number }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'damaged'; readonly why: string }
  | { readonly kind: 'unreachable'; readonly error: unknown };

export interface InspectionDepth {
  /** Reads every page: about a second per 100 MB. Otherwise only small files and the small tables are read. */
  readonly thorough: boolean;
}

/** Up to this size every page is read at every start: it takes less than 20 ms. */
const SMALL_FILE_BYTES = 4_194_304;
const smallTables = ['meta', 'skills', 'skill_keys', 'fixes', 'tasks', 'runs'];
const HEADER_BYTES = 100;

/** Finds out whether `path` is a database of ours that can be trusted. Never changes it, never throws for what it finds. */
export function inspectFile(path: string, depth: InspectionDepth): Inspection {
  try {
    if (!existsSync(path)) return { kind: 'missing' };
    const why = damagedHeader(path);
    return why === null ? inspectPages(path, depth) : { kind: 'damaged', why };
  } catch (error) {
    const trouble = diskTroubleOf(error);
    if (trouble === null) throw error;
    return trouble === 'corrupt'
      ? { kind: 'damaged', why: 'its pages do not fit together' }
      : { kind: 'unreachable', error };
  }
}

function damagedHeader(path: string): string | null {
  const size = sizeOf(path);
  if (size === 0) return 'it is empty';
  const head = headOf(path, HEADER_BYTES);
  if (head.length < HEADER_BYTES || head.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    return 'it is not a database';
  }
  // With a write-ahead log beside it the file alone may be half way through a checkpoint, which is in order.
  if (sizeOf(`${path}-wal`) > 0) return null;
  const pageSize = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16);
  return head.readUInt32BE(28) * pageSize > size ? 'its end is missing' : null;
}

function inspectPages(path: string, { thorough }: InspectionDepth): Inspection {
  const db = openForReading(path);
  try {
    if (Number(db.pragma('application_id')) !== APPLICATION_ID) {
      return { kind: 'damaged', why: 'it belongs to another program' };
    }
    const version = schemaVersion(db);
    if (version > SCHEMA_VERSION) return { kind: 'newer', version };
    const whole = thorough || sizeOf(path) <= SMALL_FILE_BYTES;
    for (const check of whole ? ['quick_check(1)'] : smallTables.map((table) => `quick_check('${table}')`)) {
      if (db.pragma(check) !== 'ok') return { kind: 'damaged', why: 'its pages do not fit together' };
    }
    return { kind: 'sound', version };
  } finally {
    db.close();
  }
}

/** Opens a file that may stand on a medium where not even the lock files of a reader can be made. */
export function openForReading(path: string): Connection {
  try {
    return openAndRead(path, { readOnly: true });
  } catch (error) {
    const trouble = diskTroubleOf(error);
    if (trouble !== 'io' && trouble !== 'read-only') throw error;
    return openAndRead(path, { immutable: true });
  }
}

/** Opening alone reads nothing yet: what is wrong with the file shows at the first read. */
function openAndRead(path: string, options: OpenOptions): Connection {
  const db = new Connection(path, options);
  try {
    db.pragma('schema_version');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
