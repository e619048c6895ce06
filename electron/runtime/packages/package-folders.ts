import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { syncPath } from '../../skills/packages/copy-package.ts';

/**
 * The files of installed skills: `<data-dir>/packages/<id>/<versionId>/`. What is being copied or deleted has a name with
 * a dot in front, which nothing reads: a host killed in between leaves something to sweep, never half a skill.
 */
export class PackageFolders {
  readonly root: string;

  constructor(dataDir: string) {
    this.root = path.join(dataDir, 'packages');
  }

  versionFolder(skillId: string, versionId: string): string {
    return path.join(this.root, skillId, versionId);
  }

  /** A place, not there yet, that a package can be copied to. */
  async newIncoming(): Promise<string> {
    await mkdir(this.root, { recursive: true, mode: 0o700 });
    return hidden(this.root, 'incoming');
  }

  /** Gives a whole copy its name, in one step; durable when it resolves. */
  async settle(incoming: string, skillId: string, versionId: string): Promise<void> {
    const folder = path.join(this.root, skillId);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await rename(incoming, this.versionFolder(skillId, versionId));
    await syncPath(folder);
    await syncPath(this.root);
  }

  /** Takes something away in one step and deletes it then. What is not there is gone already. */
  async discard(place: string): Promise<void> {
    if (!existsSync(place)) return;
    const gone = hidden(path.dirname(place), 'gone');
    await rename(place, gone);
    await rm(gone, { recursive: true, force: true, maxRetries: 3 });
  }

  async discardVersion(skillId: string, versionId: string): Promise<void> {
    await this.discard(this.versionFolder(skillId, versionId));
  }

  async discardSkill(skillId: string): Promise<void> {
    await this.discard(path.join(this.root, skillId));
  }

  /** Removes what a killed host left half copied or half deleted. */
  async sweep(): Promise<void> {
    for (const name of await namesIn(this.root)) {
      if (name.startsWith('.')) await rm(path.join(this.root, name), { recursive: true, force: true });
      else await this.#sweepSkill(name);
    }
  }

  /** Every whole version on disk, known or not. */
  async versionsOnDisk(): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = new Map<string, readonly string[]>();
    for (const skillId of await namesIn(this.root)) {
      if (!skillId.startsWith('.')) found.set(skillId, await namesIn(path.join(this.root, skillId)));
    }
    return found;
  }

  async #sweepSkill(skillId: string): Promise<void> {
    for (const name of await namesIn(path.join(this.root, skillId)))
      if (name.startsWith('.'))
        await rm(path.join(this.root, skillId, name), { recursive: true, force: true });
  }
}

function hidden(folder: string, what: string): string {
  return path.join(folder, `.${what}-${randomBytes(6).toString('hex')}`);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch {
    // Not there yet, or not readable: then there is nothing that could be swept.
    return [];
  }
}
