import { rm } from 'node:fs/promises';
import path from 'node:path';
import { CommandError } from '../../../shared/contract/index.ts';
import type { Clock } from '../../core/supervision/clock.ts';
import type { CatalogSkill } from '../../skills/catalog-skill.ts';
import type { Supervisor } from '../../skills/supervisor.ts';
import type { Storage } from '../../storage/storage.ts';
import type { ActionLog } from '../action-log.ts';
import type { CatalogDesk } from '../catalog-desk.ts';
import type { CredentialDesk } from '../credential-desk.ts';
import type { IncidentBook } from '../incident-book.ts';
import type { SkillBook } from '../skill-book.ts';
import type { SkillKeeper } from '../skill-keeper.ts';
import type { PackageBook } from './package-book.ts';
import type { PackageFolders } from './package-folders.ts';
import { notInstalled } from './package-version.ts';

export interface PackageRemovalPorts {
  readonly clock: Clock;
  readonly dataDir: string;
  readonly book: SkillBook;
  readonly packages: PackageBook;
  readonly folders: PackageFolders;
  readonly catalogDesk: CatalogDesk;
  readonly keeper: SkillKeeper;
  readonly supervisor: Supervisor;
  readonly incidents: IncidentBook;
  readonly credentials: CredentialDesk;
  readonly actions: ActionLog;
  readonly storage: Pick<Storage, 'forget'>;
  /** Takes away the Python environments made for a skill. */
  removeEnvironments(skillId: string): Promise<void>;
  changed(skillId: string): void;
}

/** Folders of the data folder that hold skills without versions: dropped on an earlier desktop, or imported. */
const OWN_FOLDERS = ['installed-skills', 'imported'];

/**
 * Takes an installed skill away: its process, its files, its row. What it kept for itself, its history and its
 * credentials stay for the day it comes back, unless `forget` says otherwise. Throws `CommandError`.
 */
export async function removePackage(
  skillId: string,
  forget: boolean,
  ports: PackageRemovalPorts,
): Promise<void> {
  const { actions, book, catalogDesk, clock, folders, incidents, keeper, packages, supervisor } = ports;
  const skill = keeper.skill(skillId);
  const installed = packages.of(skillId).length > 0;
  const place = installed ? null : ownPlace(skill, ports.dataDir);
  if (!installed && place === null) throw notInstalled(skillId);
  packages.mustBeDurable();
  await supervisor.stop(skillId);
  // The files first: a row without them is swept at the next start, files without a row would be found again.
  if (place === null) {
    await folders.discardSkill(skillId);
    packages.save(skillId, []);
  } else await folders.discard(place);
  await ports.removeEnvironments(skillId);
  incidents.recovered(skillId, clock.nowMs(), 'out-of-service');
  // Taking it away ends a pause; a quarantine is sticky and waits for it.
  if (book.get(skillId).lifecycle !== 'quarantined')
    book.decide(skillId, { lifecycle: 'active', paused: false });
  await catalogDesk.follow();
  if (forget) await forgetSkill(skillId, ports);
  const reason = forget ? `removed ${skill.version} and everything known of it` : `removed ${skill.version}`;
  actions.record({ kind: 'removeSkill', skillId, origin: 'user', reason });
  ports.changed(skillId);
}

async function forgetSkill(skillId: string, { book, credentials, dataDir, storage }: PackageRemovalPorts) {
  await credentials.forget(skillId);
  await rm(path.join(dataDir, 'skills', skillId), { recursive: true, force: true, maxRetries: 3 }).catch(
    (error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new CommandError('unavailable', `${skillId} was removed, but not what it kept: ${why}`);
    },
  );
  storage.forget(skillId);
  book.forget(skillId);
}

/** The folder or file of a skill that lies in a folder of ours, and is ours to delete. */
function ownPlace({ folder, entryFile, manifestFile }: CatalogSkill, dataDir: string): string | null {
  const place = entryFile !== null && entryFile === manifestFile ? entryFile : folder;
  const own = OWN_FOLDERS.map((name) => path.join(dataDir, name));
  return own.includes(path.dirname(place)) ? place : null;
}
