import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/** What a statement takes. Booleans and dates are the callers' to translate. */
export type SqlValue = null | number | string | Uint8Array;
export type Row = Readonly<Record<string, unknown>>;

/** Closed set of what can be wrong with the place a database lives in; everything else is a defect and is thrown on. */
export type DiskTrouble = 'full' | 'read-only' | 'busy' | 'corrupt' | 'io';

export interface OpenOptions {
  readonly readOnly?: boolean;
  /** Reads a file on a medium where not even a lock file can be made; a write-ahead log beside it is not seen. */
  readonly immutable?: boolean;
  /** For a file that is nothing but a lock: no write-ahead log, and no waiting for another holder. */
  readonly lockOnly?: boolean;
}

/** How long a statement waits for another process that holds the write lock, ms. Short: the host's event loop waits too. */
const BUSY_TIMEOUT_MS = 500;
const PAGE_CACHE_KIB = 8192;
const LOG_SIZE_LIMIT_BYTES = 16_777_216;
/** How much gathers in the log before a commit moves it into the file: less than SQLite's 1000, for shorter pauses. */
const CHECKPOINT_PAGES = 400;

/**
 * One open SQLite database. Everything is synchronous: keep statements short.
 * Every method may throw what `diskTroubleOf` can name.
 */
export class Connection {
  readonly path: string;
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #tupleStatements = new Map<string, StatementSync>();

  /** `path` is a file or `:memory:`. A missing file is created unless `readOnly`. */
  constructor(path: string, options: OpenOptions = {}) {
    this.path = path;
    const readOnly = options.readOnly === true || options.immutable === true;
    const lockOnly = options.lockOnly === true;
    const location = options.immutable === true ? immutableLocation(path) : path;
    this.#db = new DatabaseSync(location, { readOnly, timeout: lockOnly ? 0 : BUSY_TIMEOUT_MS });
    try {
      // In this order: the first statement that writes a new file's header fixes how freed pages are kept.
      if (!readOnly && !lockOnly && path !== ':memory:') {
        this.#db.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL');
      }
      this.#db.exec(
        `PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -${PAGE_CACHE_KIB};` +
          `PRAGMA journal_size_limit = ${LOG_SIZE_LIMIT_BYTES}; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};`,
      );
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** Statements without parameters or results: schema, pragmas. */
  exec(sql: string): void {
    this.#db.exec(sql);
  }

  run(sql: string, ...values: SqlValue[]): { readonly changes: number; readonly lastId: number } {
    const done = this.#prepared(sql).run(...values);
    return { changes: Number(done.changes), lastId: Number(done.lastInsertRowid) };
  }

  get(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.#prepared(sql).get(...values);
  }

  all(sql: string, ...values: SqlValue[]): readonly Row[] {
    return this.#prepared(sql).all(...values);
  }

  /** Like `all`, each row an array: three times as fast, for the thousands of rows behind a chart. */
  tuples(sql: string, ...values: SqlValue[]): readonly (readonly unknown[])[] {
    let statement = this.#tupleStatements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      statement.setReturnArrays(true);
      this.#tupleStatements.set(sql, statement);
    }
    return statement.all(...values) as unknown as readonly (readonly unknown[])[];
  }

  /** Runs `work` as one transaction: all of it or, when it throws, nothing. Inside another one it simply joins in. */
  transaction<T>(work: () => T): T {
    if (this.#db.isTransaction) return work();
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk ends the transaction by itself; rolling back again would hide the reason.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Like `transaction`, and when it returns the disk has confirmed it (DESIGN.md §7: synchronous FULL for quarantine,
   * fixes, settings-like facts). SQLite cannot change that inside a transaction, so calling it there is a defect.
   */
  durably<T>(work: () => T): T {
    if (this.#db.isTransaction) throw new Error('durably() cannot start inside a transaction');
    this.#db.exec('PRAGMA synchronous = FULL');
    try {
      return this.transaction(work);
    } finally {
      this.#db.exec('PRAGMA synchronous = NORMAL');
    }
  }

  /** The first value of the first row of a pragma. */
  pragma(name: string): unknown {
    const row = this.#db.prepare(`PRAGMA ${name}`).get();
    return row === undefined ? undefined : Object.values(row)[0];
  }

  /** Runs a pragma to its end that does its work row by row. */
  drain(sql: string): void {
    this.#db.prepare(sql).all();
  }

  /** A complete, compact copy of what is committed now. `target` must be missing or empty. Blocks for the whole copy. */
  copyInto(target: string): void {
    this.#db.prepare('VACUUM INTO ?').run(target);
  }

  /** Closing twice does nothing. */
  close(): void {
    if (!this.#db.isOpen) return;
    this.#statements.clear();
    this.#tupleStatements.clear();
    this.#db.close();
  }

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** What an error of SQLite or the file system says about the disk; null when it is no such thing. */
export function diskTroubleOf(error: unknown): DiskTrouble | null {
  if (!(error instanceof Error)) return null;
  if ('errcode' in error && typeof error.errcode === 'number') {
    // The low byte is SQLite's primary result code; the rest only refines it.
    return sqliteTroubles.get(error.errcode & 0xff) ?? null;
  }
  if ('code' in error && typeof error.code === 'string') return systemTroubles.get(error.code) ?? null;
  return null;
}

const sqliteTroubles = new Map<number, DiskTrouble>([
  [5, 'busy'],
  [6, 'busy'],
  [8, 'read-only'],
  [10, 'io'],
  [11, 'corrupt'],
  [13, 'full'],
  [14, 'io'],
  [26, 'corrupt'],
]);

const systemTroubles = new Map<string, DiskTrouble>([
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EFBIG', 'full'],
  ['EROFS', 'read-only'],
  ['EACCES', 'read-only'],
  ['EPERM', 'read-only'],
  ['ENOTDIR', 'io'],
  ['EEXIST', 'io'],
  ['ENOENT', 'io'],
  ['EIO', 'io'],
  ['EMFILE', 'io'],
  ['ENFILE', 'io'],
  ['EBUSY', 'busy'],
]);

// A copy of 100 MB takes about a second: in a thread of its own the event loop goes on. The source is text because a
// bundler would otherwise have to be taught to emit a second file for these lines.
const copySource = `
const { workerData, parentPort } = require('node:worker_threads');
const { DatabaseSync } = require('node:sqlite');
const db = new DatabaseSync(workerData.path, { readOnly: true, timeout: 5000 });
try {
  db.prepare('VACUUM INTO ?').run(workerData.target);
} finally {
  db.close();
}
parentPort.postMessage('done');
`;

/** `Connection.copyInto` for a file, off the event loop. Rejects with what SQLite said. */
export function copyDatabaseInBackground(path: string, target: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(copySource, { eval: true, workerData: { path, target } });
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the copy ended before it was complete')));
  });
}

function immutableLocation(path: string): string {
  const escaped = path.replaceAll('%', '%25').replaceAll('?', '%3f').replaceAll('#', '%23');
  return `file:${escaped}?immutable=1`;
}
