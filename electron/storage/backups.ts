import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Connection, copyDatabaseInBackground } from './database.ts';
import { ensureFile, FOLDER_MODE, restrict, sizeOf } from './files.ts';
import { inspectFile } from './inspect.ts';

const KEPT = 3;
const backupName = /^skillward-\d{4}-[\dTZ-]+(?:-before-v\d+)?\.db$/;

/**
 * The copies in `<data folder>/backups`: complete databases made by SQLite itself, the newest three. A copy gets its
 * name only when it is whole.
 */
export class Backups {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'backups');
  }

  /** Newest first, by name, which is by time. */
  list(): string[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder)
      .filter((name) => backupName.test(name))
      .sort()
      .reverse()
      .map((name) => join(this.#folder, name));
  }

  /** When the newest was made, epoch ms; null when there is none. */
  newestAt(): number | null {
    const [newest] = this.list();
    return newest === undefined ? null : (statSync(newest, { throwIfNoEntry: false })?.mtimeMs ?? null);
  }

  /** Copies now and waits for it. For the moment before a migration; blocks for the whole copy. */
  makeNow(db: Connection, nowMs: number, beforeVersion: number): void {
    const target = this.#target(nowMs, `-before-v${beforeVersion}`);
    this.#prepare(db.path, target);
    db.copyInto(partOf(target));
    this.#finish(target);
  }

  /** Copies in a thread of its own. Rejects with what went wrong; what was there before stays. */
  async makeInBackground(path: string, nowMs: number): Promise<void> {
    const target = this.#target(nowMs, '');
    this.#prepare(path, target);
    try {
      await copyDatabaseInBackground(path, partOf(target));
    } catch (error) {
      rmSync(partOf(target), { force: true });
      throw error;
    }
    this.#finish(target);
  }

  /** Puts the newest copy that is sound in the place of `path`, which must be free. Null when there is none. */
  restoreTo(path: string): { readonly madeAt: number } | null {
    for (const backup of this.list()) {
      if (inspectFile(backup, { thorough: true }).kind !== 'sound') continue;
      const part = partOf(path);
      copyFileSync(backup, part);
      restrict(part, 0o600);
      renameSync(part, path);
      return { madeAt: statSync(backup).mtimeMs };
    }
    return null;
  }

  #target(nowMs: number, suffix: string): string {
    const stamp = new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-');
    return join(this.#folder, `skillward-${stamp}${suffix}.db`);
  }

  #prepare(source: string, target: string): void {
    mkdirSync(dirname(target), { recursive: true, mode: FOLDER_MODE });
    const { bavail, bsize } = statfsSync(this.#folder);
    const needed = sizeOf(source) + sizeOf(`${source}-wal`);
    if (bavail * bsize < needed * 2) {
      const message = `there is not enough free space for a copy of ${Math.ceil(needed / 1e6)} MB`;
      throw Object.assign(new Error(message), { code: 'ENOSPC' });
    }
    // Copies a host did not live to finish.
    for (const name of readdirSync(this.#folder)) {
      if (name.endsWith('.part')) rmSync(join(this.#folder, name), { force: true });
    }
    ensureFile(partOf(target));
  }

  #finish(target: string): void {
    renameSync(partOf(target), target);
    for (const old of this.list().slice(KEPT)) rmSync(old, { force: true });
  }
}

function partOf(file: string): string {
  return `${file}.part`;
}
