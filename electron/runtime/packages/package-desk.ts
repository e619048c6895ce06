// Over 300 lines: installing, updating and rolling back are one way with one order of steps, which has to be seen whole.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from '../../../shared/contract/index.ts';
import type { PackageFacts, PackageVersion } from '../../../shared/model/package.ts';
import { replacePlan } from '../../core/packages/lifecycle.ts';
import { rollbackTarget, versionsToDrop } from '../../core/packages/version-choice.ts';
import type { Clock } from '../../core/supervision/clock.ts';
import type { Catalog } from '../../skills/catalog.ts';
import type { ChoiceWorld } from '../../skills/interpreter-world.ts';
import type { StoredVersion } from '../../storage/storage.ts';
import type { ActionLog } from '../action-log.ts';
import type { CatalogDesk } from '../catalog-desk.ts';
import type { SkillBook } from '../skill-book.ts';
import type { SkillKeeper } from '../skill-keeper.ts';
import type { PackageBook } from './package-book.ts';
import type { PackageFolders } from './package-folders.ts';
import { inspectPlace, type PreparedPackage, prepareCopy, prepareLink } from './package-source.ts';
import { type TestPorts, type TestVerdict, testSkill } from './package-test.ts';
import {
  type InstallKind,
  newVersionId,
  noTarget,
  notInstalled,
  reasonOf,
  withCurrent,
} from './package-version.ts';

/** How many versions of a skill are kept: enough to go back past a few bad ones. */
const KEPT_VERSIONS = 5;

export interface PackageDeskPorts extends TestPorts {
  readonly clock: Clock;
  readonly book: SkillBook;
  readonly packages: PackageBook;
  readonly folders: PackageFolders;
  readonly catalog: Catalog;
  readonly catalogDesk: CatalogDesk;
  readonly keeper: SkillKeeper;
  readonly actions: ActionLog;
  readonly world: ChoiceWorld;
  /** It passed its test and is in service: from here on it is checked. */
  inService(skillId: string): void;
  /** The view of a skill changed: publish it. */
  changed(skillId: string): void;
  report(message: string, error: unknown): void;
}

export interface Installed {
  readonly skillId: string;
  readonly versionId: string;
  readonly updated: boolean;
}

/**
 * Puts versions of skills in force. The order is always the same: whole files under a name of their own, the row that
 * says which version counts, then the process. A host killed at any point finds the version before or the new one at its
 * next start, and goes on with a test that was under way.
 */
export class PackageDesk {
  readonly #ports: PackageDeskPorts;
  readonly #busy = new Set<string>();
  #closed = false;

  constructor(ports: PackageDeskPorts) {
    this.#ports = ports;
  }

  /** What a package is, and whether it is new here. Runs nothing of it and changes nothing. */
  async inspect(place: string): Promise<PackageFacts> {
    const facts = await inspectPlace(place, this.#ports.world);
    return { ...facts, standing: facts.id === null ? 'new' : this.#standing(facts.id) };
  }

  versions(skillId: string): PackageVersion[] {
    return this.#ports.packages.list(skillId);
  }

  /** Throws `CommandError`; then what was in force before is in force again. */
  async install(place: string, mode: 'copy' | 'link'): Promise<Installed> {
    const { folders, packages, world } = this.#ports;
    packages.mustBeDurable();
    const incoming = await folders.newIncoming();
    try {
      const prepared =
        mode === 'link' ? await prepareLink(place, world) : await prepareCopy(place, incoming, world);
      const { skillId } = prepared;
      this.#mustNotBeTaken(skillId);
      return await this.alone(skillId, () => this.#put(prepared, mode === 'link' ? null : incoming));
    } finally {
      await folders.discard(incoming).catch((error: unknown) => this.#ports.report('clearing a copy', error));
    }
  }

  /** Back to `versionId`, else to the newest earlier version that was healthy. Throws `CommandError`. */
  rollback(skillId: string, versionId?: string): Promise<{ readonly versionId: string }> {
    const { packages } = this.#ports;
    return this.alone(skillId, async () => {
      const versions = packages.of(skillId);
      if (versions.length === 0) throw notInstalled(skillId);
      const target = rollbackTarget(versions, versionId);
      if (target === null) throw noTarget(skillId, versionId);
      if (!existsSync(packages.placeOf(target)))
        throw new CommandError('conflict', `The files of version ${target.version} of ${skillId} are gone.`);
      await this.#switch(skillId, target, versions, 'rollbackSkill');
      return { versionId: target.versionId };
    });
  }

  /** Runs work on a skill's files while nothing else does. Throws `CommandError` `conflict`. */
  async alone<T>(skillId: string, work: () => Promise<T>): Promise<T> {
    if (this.#busy.has(skillId))
      throw new CommandError(
        'conflict',
        `${skillId} is being installed or removed at the moment. Wait for that to end.`,
      );
    this.#busy.add(skillId);
    try {
      return await work();
    } finally {
      this.#busy.delete(skillId);
    }
  }

  /** The host closes: what is being tested is not judged any more. */
  close(): void {
    this.#closed = true;
  }

  /** Goes on with tests a killed host did not finish. Call once the catalog has been read. */
  async resume(): Promise<void> {
    const { packages, report } = this.#ports;
    const waiting = packages.skillIds().filter((skillId) => packages.current(skillId)?.trial !== null);
    await Promise.all(
      waiting.map((skillId) =>
        this.alone(skillId, () => this.#finishTest(skillId, null)).catch((error: unknown) =>
          this.#closed ? undefined : report(`testing ${skillId}`, error),
        ),
      ),
    );
  }

  async #put({ skillId, version, located }: PreparedPackage, incoming: string | null): Promise<Installed> {
    const { clock, folders, packages } = this.#ports;
    const before = packages.of(skillId);
    const added: StoredVersion = {
      ...{ skillId, version, versionId: newVersionId(clock.nowMs()), installedAt: clock.nowMs() },
      ...{ healthyAt: null, current: true, linked: incoming === null, trial: null },
      linkedPath: incoming === null ? located.path : null,
      file: incoming !== null && located.isFile ? path.basename(located.path) : null,
    };
    this.#mustBeReplaceable(skillId);
    if (incoming !== null) await folders.settle(incoming, skillId, added.versionId);
    const updated = before.length > 0;
    await this.#switch(skillId, added, [...before, added], updated ? 'updateSkill' : 'installSkill');
    await this.#dropOld(skillId);
    return { skillId, versionId: added.versionId, updated };
  }

  /** Makes `next` the version in force: tried first where the skill is in service, else as it is. */
  async #switch(
    skillId: string,
    next: StoredVersion,
    versions: readonly StoredVersion[],
    kind: InstallKind,
  ): Promise<void> {
    const { actions, book, catalogDesk, packages, supervisor } = this.#ports;
    const plan = this.#mustBeReplaceable(skillId);
    const previous = packages.current(skillId);
    const fresh = !packages.of(skillId).some(({ versionId }) => versionId === next.versionId);
    const trial = plan === 'test' ? { previous: previous?.versionId ?? null, fresh } : null;
    try {
      packages.save(skillId, withCurrent(versions, next.versionId, trial));
    } catch (error) {
      if (fresh && !next.linked) await this.#ports.folders.discardVersion(skillId, next.versionId);
      throw error;
    }
    if (plan === 'keep') {
      await catalogDesk.follow();
      actions.record({ kind, skillId, origin: 'user', reason: reasonOf(kind, previous, next) });
      return;
    }
    book.decide(skillId, { lifecycle: 'testing', paused: false });
    await supervisor
      .stop(skillId)
      .catch((error: unknown) => this.#ports.report(`stopping ${skillId}`, error));
    await catalogDesk.follow();
    await this.#finishTest(skillId, kind);
  }

  /** Tries the version in force and decides. Throws `CommandError` `skill_error` when it went back to the one before. */
  async #finishTest(skillId: string, ordered: InstallKind | null): Promise<void> {
    const { actions, book, packages } = this.#ports;
    const next = packages.current(skillId);
    if (next?.trial === null || next === null) return;
    const previous = packages.of(skillId).find(({ versionId }) => versionId === next.trial?.previous) ?? null;
    if (book.get(skillId).lifecycle !== 'testing')
      book.decide(skillId, { lifecycle: 'testing', paused: false });
    const verdict = await testSkill(skillId, this.#ports);
    // A test that ends because everything ends proves nothing: its mark stays, and the next host goes on with it.
    if (this.#closed)
      throw new CommandError('unavailable', `The host is closing: it tests ${skillId} when it starts again.`);
    const kind = ordered ?? (previous === null ? 'installSkill' : 'updateSkill');
    const entry = { kind, skillId, origin: 'user', reason: reasonOf(kind, previous, next) } as const;
    if (verdict.kind !== 'failed') {
      await this.#accept(skillId, verdict);
      actions.record(entry);
      return;
    }
    actions.record({ ...entry, result: `failed: ${verdict.message}` });
    if (previous === null) return this.#keepPending(skillId, verdict);
    await this.#goBack(skillId, next, previous);
    throw new CommandError(
      'skill_error',
      `Version ${next.version} of ${skillId} did not pass its test: ${verdict.message}. Version ${previous.version} is in force again.`,
      { versionId: previous.versionId, cause: verdict.cause },
    );
  }

  async #accept(skillId: string, verdict: TestVerdict): Promise<void> {
    const { book, changed, inService, supervisor } = this.#ports;
    this.#decide(skillId, 'active');
    this.#testOver(skillId);
    if (book.isInService(skillId)) {
      if (verdict.kind === 'passed') inService(skillId);
      // Started once more, now in service, its own failure tells people what it waits for.
      else await supervisor.start(skillId).catch(() => undefined);
    }
    changed(skillId);
  }

  /** A new skill that does not work stays, out of service, with what was wrong: its author will want to see that. */
  async #keepPending(
    skillId: string,
    { message, cause }: Extract<TestVerdict, { kind: 'failed' }>,
  ): Promise<void> {
    const { changed, clock, supervisor } = this.#ports;
    this.#decide(skillId, 'pending');
    this.#testOver(skillId);
    const said = { kind: 'exit', message, exitCode: null, signal: null, at: clock.nowMs() } as const;
    await supervisor
      .fail(skillId, cause ?? said)
      .catch((error: unknown) => this.#ports.report(`stopping ${skillId}`, error));
    changed(skillId);
  }

  async #goBack(skillId: string, failed: StoredVersion, previous: StoredVersion): Promise<void> {
    const { catalogDesk, folders, keeper, packages, supervisor } = this.#ports;
    const fresh = failed.trial?.fresh === true;
    const left = packages.of(skillId).filter((version) => !fresh || version !== failed);
    await supervisor
      .stop(skillId)
      .catch((error: unknown) => this.#ports.report(`stopping ${skillId}`, error));
    packages.save(skillId, withCurrent(left, previous.versionId, null));
    this.#decide(skillId, 'active');
    await catalogDesk.follow();
    keeper.bringUp(skillId);
    if (fresh && !failed.linked) await folders.discardVersion(skillId, failed.versionId);
  }

  /** Unless somebody has decided otherwise while it was being tried. */
  #decide(skillId: string, lifecycle: 'active' | 'pending'): void {
    const { book } = this.#ports;
    if (book.get(skillId).lifecycle === 'testing') book.decide(skillId, { lifecycle });
  }

  #testOver(skillId: string): void {
    const { packages } = this.#ports;
    packages.save(
      skillId,
      packages.of(skillId).map((version) => ({ ...version, trial: null })),
    );
  }

  async #dropOld(skillId: string): Promise<void> {
    const { folders, packages } = this.#ports;
    const dropped = versionsToDrop(packages.of(skillId), KEPT_VERSIONS);
    if (dropped.length === 0) return;
    packages.save(
      skillId,
      packages.of(skillId).filter((version) => !dropped.includes(version)),
    );
    for (const { versionId, linked } of dropped)
      if (!linked) await folders.discardVersion(skillId, versionId);
  }

  #mustBeReplaceable(skillId: string): 'test' | 'keep' {
    const plan = replacePlan(this.#ports.book.get(skillId));
    if (plan !== 'busy') return plan;
    throw new CommandError('conflict', `${skillId} is being tested at the moment. Wait for that to end.`);
  }

  #standing(skillId: string): PackageFacts['standing'] {
    if (this.#ports.packages.current(skillId) !== null) return 'update';
    return this.#ports.catalog.get(skillId) === undefined ? 'new' : 'taken';
  }

  #mustNotBeTaken(skillId: string): void {
    if (this.#standing(skillId) !== 'taken') return;
    const folder = this.#ports.catalog.get(skillId)?.folder ?? '';
    throw new CommandError(
      'conflict',
      `There is a skill called ${skillId} already, in ${folder}. Take that one out, or give this one another id.`,
    );
  }
}
