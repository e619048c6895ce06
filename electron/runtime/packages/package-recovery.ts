import { existsSync } from 'node:fs';
import path from 'node:path';
import { skillIdSchema } from '../../../shared/model/primitives.ts';
import { newestFirst } from '../../core/packages/version-choice.ts';
import { locateSkill } from '../../skills/packages/locate.ts';
import { type StoredVersion, storedVersionSchema } from '../../storage/storage.ts';
import type { SkillBook } from '../skill-book.ts';
import type { PackageBook } from './package-book.ts';
import type { PackageFolders } from './package-folders.ts';

export interface PackageRecoveryPorts {
  readonly book: SkillBook;
  readonly packages: PackageBook;
  readonly folders: PackageFolders;
  storageMode(): 'disk' | 'memory' | 'read-only';
  nowMs(): number;
}

/**
 * Brings files and rows together again after a host that was killed, before anything is started: half copies go, rows
 * without files go, files of an update that has no row go. Whole files of a skill that has no row at all (its install was
 * cut short, or the database was lost) are kept as a skill nobody has put in service yet. Returns their ids.
 */
export async function recoverPackages(ports: PackageRecoveryPorts): Promise<readonly string[]> {
  const { book, folders, packages } = ports;
  packages.restore();
  const adopted: string[] = [];
  // Without a database there is no telling what belongs to whom.
  if (ports.storageMode() === 'disk') {
    await folders.sweep();
    for (const [skillId, onDisk] of await folders.versionsOnDisk()) {
      if (packages.of(skillId).length === 0) {
        if (await adopt(skillId, onDisk, ports)) adopted.push(skillId);
      } else {
        const known = new Set(packages.of(skillId).map(({ versionId }) => versionId));
        for (const versionId of onDisk)
          if (!known.has(versionId)) await folders.discardVersion(skillId, versionId);
      }
    }
    for (const skillId of packages.skillIds()) dropMissing(skillId, packages);
  }
  for (const skillId of book.inStatus('testing')) book.decide(skillId, { lifecycle: 'active' });
  for (const skillId of packages.skillIds()) {
    if (packages.current(skillId)?.trial) book.decide(skillId, { lifecycle: 'testing', paused: false });
  }
  return adopted;
}

async function adopt(
  skillId: string,
  onDisk: readonly string[],
  ports: PackageRecoveryPorts,
): Promise<boolean> {
  const { book, folders, nowMs, packages } = ports;
  if (!skillIdSchema.safeParse(skillId).success) return false;
  const found: StoredVersion[] = [];
  for (const versionId of [...onDisk].sort()) {
    const folder = folders.versionFolder(skillId, versionId);
    const located = await locateSkill(folder);
    if (!located.ok) continue;
    const { isFile, path: place, skill } = located.located;
    const version = storedVersionSchema.safeParse({
      ...{ skillId, versionId, version: skill.version, installedAt: nowMs() + found.length, healthyAt: null },
      ...{ current: false, linked: false, linkedPath: null, trial: null },
      file: isFile ? path.basename(place) : null,
    });
    if (version.success) found.push(version.data);
  }
  const newest = found.at(-1);
  if (newest === undefined) return false;
  packages.save(
    skillId,
    found.map((version) => ({ ...version, current: version === newest })),
  );
  book.decide(skillId, { lifecycle: 'pending' });
  return true;
}

/** Versions whose files are gone. A link is left alone: what it leads to may only be away (another disk). */
function dropMissing(skillId: string, packages: PackageBook): void {
  const versions = packages.of(skillId);
  const there = versions.filter((version) => version.linked || existsSync(packages.placeOf(version)));
  if (there.length === versions.length) return;
  const current = there.find((version) => version.current) ?? newestFirst(there)[0];
  packages.save(
    skillId,
    there.map((version) => ({ ...version, current: version === current, trial: null })),
  );
}
