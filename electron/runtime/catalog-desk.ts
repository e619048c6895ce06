import type { CommandAnswer } from '../../shared/contract/index.ts';
import type { SkillProcess } from '../../shared/model/skill.ts';
import type { CheckPlan } from '../core/schedule/check-plan.ts';
import type { Catalog } from '../skills/catalog.ts';
import type { Supervisor } from '../skills/supervisor.ts';
import type { SkillBook } from './skill-book.ts';
import type { SkillKeeper } from './skill-keeper.ts';

export interface CatalogDeskPorts {
  readonly catalog: Catalog;
  readonly supervisor: Supervisor;
  readonly keeper: SkillKeeper;
  readonly book: SkillBook;
  readonly plan: CheckPlan;
  /** The skill is there, changed, or gone: its rules are read anew and its view published. */
  refreshed(skillId: string): void;
  /** The view of a skill changed: publish it. */
  changed(skillId: string): void;
  /** The folders have been read: there may be others to keep an eye on. */
  read(): void;
  /** A skills folder that cannot be read. */
  folderProblem(message: string): void;
  report(message: string, error: unknown): void;
}

/** Follows the skills folders: what is new is started, what changed is started anew, what is gone is stopped. */
export class CatalogDesk {
  readonly #ports: CatalogDeskPorts;
  /** What `follow` has seen to since the last reload, by skill. */
  readonly #noticed = new Map<string, 'added' | 'changed' | 'removed'>();
  #toldProblems: ReadonlySet<string> = new Set();

  constructor(ports: CatalogDeskPorts) {
    this.#ports = ports;
  }

  /**
   * Looks whether files have changed, and disturbs nothing that runs: what is new is started, what is gone is stopped, a
   * skill that failed for its configuration is tried again, and a running one is said to have changed files.
   */
  async follow(): Promise<void> {
    const { catalog, supervisor } = this.#ports;
    const waitedBefore = new Set(catalog.waiting());
    const change = await catalog.reload((skillId) => isUnderWay(supervisor.process(skillId)));
    this.#tellOfFolders(this.#toldProblems);
    for (const what of ['added', 'changed', 'removed'] as const)
      for (const skillId of change[what]) this.#noticed.set(skillId, what);
    for (const skillId of change.removed) this.#leave(skillId);
    for (const skillId of change.changed) this.#replaced(skillId);
    for (const skillId of change.added) {
      this.#ports.refreshed(skillId);
      this.#ports.keeper.bringUp(skillId);
    }
    for (const skillId of new Set([...waitedBefore, ...catalog.waiting()]))
      if (waitedBefore.has(skillId) !== catalog.isWaiting(skillId)) this.#ports.changed(skillId);
  }

  /** A process is being started: from here on its files count as they are now. */
  adopt(skillId: string): void {
    if (this.#ports.catalog.adopt(skillId)) this.#ports.refreshed(skillId);
  }

  /**
   * Reads the folders again, and answers what has changed since somebody last asked, also what `follow` has seen to
   * meanwhile. Decisions about a skill outlive its folder: one that comes back is still in quarantine.
   */
  async reload(): Promise<CommandAnswer<'skills.reload'>> {
    const { catalog } = this.#ports;
    const change = await catalog.reload();
    this.#tellOfFolders(new Set());
    const noticed = [...this.#noticed];
    this.#noticed.clear();
    const since = (what: 'added' | 'changed' | 'removed') => {
      const earlier = noticed.flatMap(([skillId, found]) => (found === what ? [skillId] : []));
      const holds = (skillId: string) => (catalog.get(skillId) === undefined) === (what === 'removed');
      return [...new Set([...change[what], ...earlier.filter(holds)])];
    };
    for (const skillId of change.removed) this.#leave(skillId);
    for (const skillId of change.changed) this.#changed(skillId);
    for (const skillId of change.added) {
      this.#ports.refreshed(skillId);
      this.#ports.keeper.bringUp(skillId);
    }
    this.#tryMisconfiguredAgain([...change.changed, ...change.added]);
    return {
      added: since('added'),
      changed: since('changed'),
      removed: since('removed'),
      broken: change.broken.map(({ id, broken }) => ({ id, broken })),
    };
  }

  /**
   * What a skill lacked may be no file of its own: a folder that was away, a program installed since. Whoever asks for a
   * reload asks for another try (section 4 rule 6).
   */
  #tryMisconfiguredAgain(underWay: readonly string[]): void {
    const { catalog, keeper, supervisor } = this.#ports;
    for (const { id } of catalog.list()) {
      const { state, cause } = supervisor.process(id);
      if (state === 'failed' && cause?.kind === 'configuration' && !underWay.includes(id)) keeper.bringUp(id);
    }
  }

  /** @param told what people have heard already */
  #tellOfFolders(told: ReadonlySet<string>): void {
    this.#ports.read();
    const problems = this.#ports.catalog
      .folderProblems()
      .map(({ folder, message }) => `${folder}: ${message}`);
    for (const problem of problems) if (!told.has(problem)) this.#ports.folderProblem(problem);
    this.#toldProblems = new Set(problems);
  }

  /** Its files are other ones and no process uses the old ones: whoever could not start before may be able to now. */
  #replaced(skillId: string): void {
    const { keeper, supervisor } = this.#ports;
    this.#ports.refreshed(skillId);
    const { state, cause } = supervisor.process(skillId);
    // A skill that was broken has never been started.
    if (cause?.kind === 'configuration' || (state === 'stopped' && cause === null)) keeper.bringUp(skillId);
  }

  #leave(skillId: string): void {
    this.#ports.plan.removeSkill(skillId);
    this.#ports.refreshed(skillId);
    this.#ports.supervisor
      .forget(skillId)
      .catch((error: unknown) => this.#ports.report(`stopping ${skillId}`, error));
  }

  #changed(skillId: string): void {
    const { book, catalog, keeper, supervisor } = this.#ports;
    this.#ports.refreshed(skillId);
    const broken = catalog.get(skillId)?.broken ?? null;
    if (broken !== null) {
      supervisor.stop(skillId).catch((error: unknown) => this.#ports.report(`stopping ${skillId}`, error));
      return;
    }
    if (!book.isInService(skillId)) return;
    supervisor
      .stop(skillId)
      .then(() => keeper.bringUp(skillId))
      .catch((error: unknown) => this.#ports.report(`starting ${skillId} anew`, error));
  }
}

/** Files may be in use: of a process that lives, or of one that comes back by itself. */
function isUnderWay({ state }: SkillProcess): boolean {
  return state !== 'stopped' && state !== 'failed';
}
