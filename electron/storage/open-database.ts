import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { HostNotice } from '../../shared/model/runtime.ts';
import { Backups } from './backups.ts';
import { Connection, diskTroubleOf } from './database.ts';
import { ensureFile, ensureFolder, restrict, setAside } from './files.ts';
import { inspectFile, openForReading } from './inspect.ts';
import { MigrationError, migrate, SCHEMA_VERSION } from './migrations.ts';
import { notice, troubleWords } from './notices.ts';
import { writeMeta } from './tables/meta.ts';

/**
 * What opening came to. `writable` false: `connection`, where there is one, can only be read, and `retry` says whether
 * it is worth asking again later (a full disk may get room; a newer file stays newer).
 */
export interface Opened {
  readonly connection: Connection | null;
  readonly writable: boolean;
  readonly retry: boolean;
  readonly notices: readonly HostNotice[];
}

export interface OpenOptions {
  readonly dataDir: string;
  readonly nowMs: number;
  /** Reads every page first: after the file was found damaged while in use. */
  readonly thorough: boolean;
}

const sideFiles = ['-wal', '-shm', '-journal'];

/**
 * Opens the database at `path` whatever state it is in (DESIGN.md §7): missing is created, older is backed up and
 * migrated, newer is only read, damaged is set aside and the last backup used. Never throws for the disk's troubles.
 */
export function openDatabase(path: string, options: OpenOptions): Opened {
  const notices: HostNotice[] = [];
  try {
    ensureFolder(dirname(path));
    const found = inspectFile(path, options);
    if (found.kind === 'newer') return openNewer(path, options.nowMs, found.version);
    if (found.kind === 'unreachable') throw found.error;
    if (found.kind === 'damaged') notices.push(replaceDamaged(path, found.why, options));
    if (!existsSync(path)) createFile(path, options.nowMs);
    return { connection: openSound(path, options), writable: true, retry: true, notices };
  } catch (error) {
    const trouble = diskTroubleOf(error);
    if (trouble === null && !(error instanceof MigrationError)) throw error;
    const why = trouble === null ? `it could not be brought up to date (${error})` : troubleWords[trouble];
    const message =
      `What happens now is kept in memory only: the database ${path} could not be opened for writing, ${why}. ` +
      'Skills are supervised as before; make room or give access, and it is tried again.';
    notices.push(notice(options.nowMs, 'error', 'storage_unwritable', message));
    return { connection: readWhatIsThere(path), writable: false, retry: trouble !== null, notices };
  }
}

function openSound(path: string, options: OpenOptions): Connection {
  restrict(path, 0o600);
  const db = new Connection(path);
  try {
    const version = Number(db.pragma('user_version'));
    if (version < SCHEMA_VERSION) {
      new Backups(options.dataDir).makeNow(db, options.nowMs, SCHEMA_VERSION);
      migrate(db);
    }
    // The one way to know that it can be written to is to write.
    db.durably(() => writeMeta(db, 'lastOpenedAt', String(options.nowMs)));
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A new database gets its name only when it is complete, so that an empty file is never ours. */
function createFile(path: string, nowMs: number): void {
  for (const suffix of sideFiles) {
    // The log of a database that is gone would be played into the new one.
    if (existsSync(`${path}${suffix}`)) setAside(`${path}${suffix}`, nowMs);
  }
  const part = `${path}.part`;
  for (const suffix of ['', ...sideFiles]) rmSync(`${part}${suffix}`, { force: true });
  ensureFile(part);
  const db = new Connection(part);
  try {
    migrate(db);
    // Leaving WAL folds the log into the file, which is then all there is.
    db.exec('PRAGMA journal_mode = DELETE');
  } finally {
    db.close();
  }
  renameSync(part, path);
}

function replaceDamaged(path: string, why: string, options: OpenOptions): HostNotice {
  const aside = setAside(path, options.nowMs, sideFiles);
  const restored = new Backups(options.dataDir).restoreTo(path);
  const kept = `The database could not be used, ${why}. It was set aside as ${aside}.`;
  if (restored === null) {
    const message = `${kept} There was no usable backup: history, fixes and quarantines start anew.`;
    return notice(options.nowMs, 'error', 'storage_started_anew', message);
  }
  const madeAt = new Date(restored.madeAt).toISOString();
  const message = `${kept} The backup of ${madeAt} is used instead; what happened after it is not in it.`;
  return notice(options.nowMs, 'warning', 'storage_restored', message);
}

function openNewer(path: string, nowMs: number, version: number): Opened {
  const message =
    `The database ${path} was written by a newer Skillward (version ${version}, this one knows ${SCHEMA_VERSION}). ` +
    'It is only read; what happens now is kept in memory and gone at the end. Update Skillward to go on with it.';
  const notices = [notice(nowMs, 'warning', 'storage_newer', message)];
  return { connection: readWhatIsThere(path), writable: false, retry: false, notices };
}

function readWhatIsThere(path: string): Connection | null {
  try {
    return existsSync(path) ? openForReading(path) : null;
  } catch (error) {
    if (diskTroubleOf(error) === null) throw error;
    return null;
  }
}
