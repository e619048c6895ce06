import { randomBytes } from 'node:crypto';
import { CommandError } from '../../../shared/contract/index.ts';
import type { StoredVersion } from '../../storage/storage.ts';

/** How a version came into force, as it is written down. */
export type InstallKind = 'installSkill' | 'updateSkill' | 'rollbackSkill';

/** The versions with one of them in force; `trial` while it is being tried. */
export function withCurrent(
  versions: readonly StoredVersion[],
  versionId: string,
  trial: StoredVersion['trial'],
): StoredVersion[] {
  return versions.map((version) => {
    const current = version.versionId === versionId;
    return { ...version, current, trial: current ? trial : null };
  });
}

/** Sorts by time, names a folder on every system, and differs for two of one millisecond. */
export function newVersionId(nowMs: number): string {
  return `${new Date(nowMs).toISOString().replaceAll(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`;
}

export function reasonOf(kind: InstallKind, previous: StoredVersion | null, next: StoredVersion): string {
  const how = next.linked ? ', linked' : '';
  if (kind === 'rollbackSkill')
    return `rolled back from ${previous?.version ?? 'none'} to ${next.version}${how}`;
  return previous === null
    ? `installed ${next.version}${how}`
    : `updated from ${previous.version} to ${next.version}${how}`;
}

export function notInstalled(skillId: string): CommandError {
  return new CommandError(
    'conflict',
    `${skillId} was not installed by Skillward: it lies in a skills folder of yours.`,
  );
}

export function noTarget(skillId: string, versionId: string | undefined): CommandError {
  return versionId === undefined
    ? new CommandError(
        'conflict',
        `${skillId} has no earlier version that was healthy. Name one: skillward versions ${skillId} lists them.`,
      )
    : new CommandError(
        'not_found',
        `${skillId} has no other version ${versionId}. skillward versions ${skillId} lists them.`,
      );
}
