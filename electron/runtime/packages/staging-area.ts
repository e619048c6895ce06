import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError } from '../../../shared/contract/index.ts';
import type { Clock } from '../../core/supervision/clock.ts';
import type { StagedFile } from '../../skills/packages/staged-files.ts';

/** How long a staged package waits to be installed, ms. */
const KEPT_MS = 3_600_000;
/** How many wait at most; a further one puts out the oldest. */
const MOST = 20;
/** When it was staged, epoch ms in base 36, and 128 random bits: nobody guesses another page's package. */
const STAGING_ID = /^([0-9a-z]{6,12})-[0-9a-f]{32}$/;

/** Packages that came through the dashboard and have not been installed yet: an hour in `<data-dir>/staging`. */
export class StagingArea {
  readonly #folder: string;
  readonly #clock: Clock;

  constructor(dataDir: string, clock: Clock) {
    this.#folder = join(dataDir, 'staging');
    this.#clock = clock;
  }

  /** Removes what has waited too long, also for a host that has ended since, and looks again when the next is due. */
  start(): void {
    this.#sweep(MOST);
    for (const name of this.#names())
      this.#removeLater(Math.max(0, stagedAt(name) + KEPT_MS - this.#clock.nowMs()));
  }

  /** Writes a package down; every path has been judged by `readStagedFiles`. Throws `CommandError` `unavailable`. */
  put(files: readonly StagedFile[]): { readonly stagingId: string; readonly folder: string } {
    const stagingId = `${this.#clock.nowMs().toString(36)}-${randomBytes(16).toString('hex')}`;
    const folder = join(this.#folder, stagingId);
    try {
      this.#sweep(MOST - 1);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const { path, bytes } of files) {
        const file = join(folder, ...path.split('/'));
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        writeFileSync(file, bytes, { mode: 0o600, flag: 'wx' });
      }
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      const why = error instanceof Error ? error.message : String(error);
      throw new CommandError('unavailable', `The files could not be kept: ${why}`);
    }
    this.#removeLater(KEPT_MS);
    return { stagingId, folder };
  }

  /** Where a staged package lies. Throws `CommandError` `not_found`. */
  folderOf(stagingId: string): string {
    const folder = join(this.#folder, stagingId);
    if (STAGING_ID.test(stagingId) && this.#isFresh(stagingId) && existsSync(folder)) return folder;
    throw new CommandError(
      'not_found',
      'There is no such staged package any more: they are kept for an hour. Hand it over again.',
    );
  }

  remove(stagingId: string): void {
    if (STAGING_ID.test(stagingId)) rmSync(join(this.#folder, stagingId), { recursive: true, force: true });
  }

  #removeLater(delayMs: number): void {
    this.#clock.after(delayMs + 1, () => this.#sweep(MOST));
  }

  #sweep(keep: number): void {
    const names = this.#names();
    const old = names.filter((name) => !this.#isFresh(name));
    const fresh = names.filter((name) => !old.includes(name)).sort((a, b) => stagedAt(b) - stagedAt(a));
    for (const name of [...old, ...fresh.slice(keep)])
      rmSync(join(this.#folder, name), { recursive: true, force: true });
  }

  /** A time to come is as good as none: the clock was set back, or somebody made the name up. */
  #isFresh(name: string): boolean {
    const age = this.#clock.nowMs() - stagedAt(name);
    return age >= 0 && age < KEPT_MS;
  }

  #names(): string[] {
    return existsSync(this.#folder) ? readdirSync(this.#folder) : [];
  }
}

function stagedAt(name: string): number {
  return Number.parseInt(STAGING_ID.exec(name)?.[1] ?? '0', 36);
}
