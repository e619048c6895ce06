import { closeSync, openSync } from 'node:fs';
import { Connection, diskTroubleOf } from './database.ts';

export interface HeldLock {
  /** False where nobody can hold a lock, because nothing can be written: others may believe to hold this one too. */
  readonly exclusive: boolean;
  /** Releasing twice does nothing. */
  release(): void;
}

/**
 * Takes an exclusive lock on `file`, or answers null when another process (or another part of this one) has it. The
 * kernel holds it: it is gone the moment its holder is, however that ended. Where the folder cannot be written nobody
 * can hold a lock, and supervision goes on without one (DESIGN.md §7). The file must never be opened by anything else:
 * closing it again would drop the lock.
 */
export function holdLock(file: string): HeldLock | null {
  try {
    makeForUsAlone(file);
    const db = new Connection(file, { lockOnly: true });
    try {
      // Nothing is ever written to it, so nothing needs a journal on the disk.
      db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    } catch (error) {
      db.close();
      throw error;
    }
    return { exclusive: true, release: () => db.close() };
  } catch (error) {
    const trouble = diskTroubleOf(error);
    if (trouble === 'busy') return null;
    if (trouble === null) throw error;
    return { exclusive: false, release: () => undefined };
  }
}

/** SQLite would make the file readable for others. One that is there is left alone: opening it could drop its lock. */
function makeForUsAlone(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch {
    // It is there, or the folder cannot be written: what follows says which.
  }
}
