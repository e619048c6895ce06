import type { CommandAnswer } from '../../shared/contract/index.ts';
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
  /** A skills folder that cannot be read. */
  folderProblem(message: string): void;
  report(message: string, error: unknown): void;
}

/** Follows the skills folders: what is new is started, what changed is started anew, what is gone is stopped. */
export class CatalogDesk {
  readonly #ports: CatalogDeskPorts;

  constructor(ports: CatalogDeskPorts) {
    this.#ports = ports;
  }

  /** Reads the folders again. Decisions about a skill outlive its folder: one that comes back is still in quarantine. */
  async reload(): Promise<CommandAnswer<'skills.reload'>> {
    const { catalog } = this.#ports;
    const change = await catalog.reload();
    for (const { folder, message } of catalog.folderProblems())
      this.#ports.folderProblem(`${folder}: ${message}`);
    for (const skillId of change.removed) this.#leave(skillId);
    for (const skillId of change.changed) this.#changed(skillId);
    for (const skillId of change.added) {
      this.#ports.refreshed(skillId);
      this.#ports.keeper.bringUp(skillId);
    }
    this.#tryMisconfiguredAgain([...change.changed, ...change.added]);
    return {
      added: [...change.added],
      changed: [...change.changed],
      removed: [...change.removed],
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
