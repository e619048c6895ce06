import path from 'node:path';
import { CommandError } from '../../../shared/contract/index.ts';
import type { PackageVersion } from '../../../shared/model/package.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { newestFirst } from '../../core/packages/version-choice.ts';
import type { InstalledPlace } from '../../skills/catalog-skill.ts';
import type { Storage, StoredVersion } from '../../storage/storage.ts';
import type { PackageFolders } from './package-folders.ts';

/** How often "this version was healthy" is written down, ms: a rollback needs to know it to the minute. */
const HEALTHY_NOTED_EVERY_MS = 60_000;

export interface PackageBookPorts {
  readonly versions: Storage['versions'];
  readonly folders: PackageFolders;
  /** `disk` when what is written is there after a power cut. */
  storageMode(): Storage['mode'];
}

/** Which versions of which skills Skillward has installed. The row is what counts: files without one are swept. */
export class PackageBook {
  readonly #ports: PackageBookPorts;
  readonly #versions = new Map<string, readonly StoredVersion[]>();

  constructor(ports: PackageBookPorts) {
    this.#ports = ports;
  }

  /** Reads what an earlier host left. */
  restore(): void {
    for (const version of this.#ports.versions.all())
      this.#versions.set(version.skillId, [...this.of(version.skillId), version]);
  }

  /** Of one skill; empty when it is not installed. */
  of(skillId: string): readonly StoredVersion[] {
    return this.#versions.get(skillId) ?? [];
  }

  current(skillId: string): StoredVersion | null {
    return this.of(skillId).find(({ current }) => current) ?? null;
  }

  skillIds(): readonly string[] {
    return [...this.#versions.keys()];
  }

  /** Where the catalog finds the version in force of each. */
  places(): InstalledPlace[] {
    return this.skillIds().flatMap((skillId) => {
      const current = this.current(skillId);
      return current === null ? [] : [{ skillId, path: this.placeOf(current) }];
    });
  }

  /** The folder or `.py` file of a version. */
  placeOf({ skillId, versionId, linkedPath, file }: StoredVersion): string {
    if (linkedPath !== null) return linkedPath;
    const folder = this.#ports.folders.versionFolder(skillId, versionId);
    return file === null ? folder : path.join(folder, file);
  }

  /** What a screen shows beside the skill; undefined when Skillward has not installed it. */
  summary(skillId: string): Skill['installed'] {
    const current = this.current(skillId);
    if (current === null) return undefined;
    return { versionId: current.versionId, linked: current.linked, at: current.installedAt };
  }

  /** Newest first. */
  list(skillId: string): PackageVersion[] {
    return newestFirst(this.of(skillId)).map(
      ({ versionId, version, installedAt, healthyAt, current, linked }) => ({
        ...{ versionId, version, installedAt, healthyAt, current, linked },
      }),
    );
  }

  /** Puts these in the place of all versions of a skill; on disk when it returns. Throws like `mustBeDurable`. */
  save(skillId: string, versions: readonly StoredVersion[]): void {
    this.mustBeDurable();
    this.#ports.versions.save(skillId, versions);
    if (versions.length === 0) this.#versions.delete(skillId);
    else this.#versions.set(skillId, versions);
  }

  /** Throws `CommandError` `unavailable` when a decision about files could not outlive the host. */
  mustBeDurable(): void {
    if (this.#ports.storageMode() === 'disk') return;
    throw new CommandError(
      'unavailable',
      'The database takes nothing at the moment, so nothing can be installed or removed. Free the disk, then try again.',
    );
  }

  /** A check of the version in force was healthy. Cheap; a hard kill may lose the last minute of it. */
  noteHealthy(skillId: string, atMs: number): void {
    const current = this.current(skillId);
    if (current === null || atMs - (current.healthyAt ?? 0) < HEALTHY_NOTED_EVERY_MS) return;
    this.#ports.versions.noteHealthy(skillId, current.versionId, atMs);
    const noted = this.of(skillId).map((version) =>
      version === current ? { ...version, healthyAt: atMs } : version,
    );
    this.#versions.set(skillId, noted);
  }
}
