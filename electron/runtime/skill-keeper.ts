import { CommandError } from '../../shared/contract/index.ts';
import type { SafeAction } from '../../shared/model/fix.ts';
import type { HealthAction } from '../../shared/model/health.ts';
import type { HealthMonitor } from '../core/health/monitor.ts';
import type { CheckPlan } from '../core/schedule/check-plan.ts';
import type { Clock } from '../core/supervision/clock.ts';
import type { Catalog, CatalogSkill } from '../skills/catalog.ts';
import type { Supervisor } from '../skills/supervisor.ts';
import { SupervisionError } from '../skills/types.ts';
import type { ActionLog } from './action-log.ts';
import type { IncidentBook } from './incident-book.ts';
import type { NotificationPolicy } from './notification-policy.ts';
import type { OrderedBy, PersonWatch } from './person-watch.ts';
import type { SkillBook } from './skill-book.ts';

type RestartSkill = Extract<HealthAction, { kind: 'restartSkill' }>;

export interface SkillKeeperPorts {
  readonly clock: Clock;
  readonly catalog: Catalog;
  readonly book: SkillBook;
  readonly monitor: HealthMonitor;
  readonly supervisor: Supervisor;
  readonly plan: CheckPlan;
  readonly actions: ActionLog;
  readonly incidents: IncidentBook;
  readonly notifications: NotificationPolicy;
  readonly trouble: PersonWatch;
  /** The view of a skill changed: publish it. */
  changed(skillId: string): void;
  /** Something went wrong that no person waits for an answer about. */
  report(message: string, error: unknown): void;
}

/**
 * Carries out decisions about skills: a person's through commands, the monitor's through actions.
 * A decision is on disk before the process follows it, so a hard kill in between loses nothing that was said.
 */
export class SkillKeeper {
  readonly #ports: SkillKeeperPorts;
  /** Restarts the monitor has ordered and the backoff has not let through yet. */
  readonly #ordered = new Map<string, { readonly action: RestartSkill; readonly atMs: number }>();

  constructor(ports: SkillKeeperPorts) {
    this.#ports = ports;
  }

  /** Throws `CommandError` `not_found` for an id the catalog does not have. */
  skill(skillId: string): CatalogSkill {
    const skill = this.#ports.catalog.get(skillId);
    if (skill === undefined) {
      throw new CommandError(
        'not_found',
        `There is no skill "${skillId}". Reload the skills if you have just added it.`,
      );
    }
    return skill;
  }

  /** Starts every skill that is in service; what cannot start is told by its own failure. */
  startInService(): void {
    for (const skill of this.#ports.catalog.list()) this.bringUp(skill.id);
  }

  /** Starts one skill if it is in service and can be started; nobody waits for it. */
  bringUp(skillId: string): void {
    const { book, catalog, report, supervisor } = this.#ports;
    const skill = catalog.get(skillId);
    if (skill === undefined || skill.broken !== null || !book.isInService(skillId)) return;
    supervisor.start(skillId).catch((error: unknown) => {
      if (!(error instanceof SupervisionError)) report(`starting ${skillId}`, error);
    });
  }

  /** Something it lacked has come: a skill that failed for its configuration is tried again (section 4 rule 6). */
  tryMisconfigured(skillId: string): void {
    const { state, cause } = this.#ports.supervisor.process(skillId);
    if (state === 'failed' && cause?.kind === 'configuration') this.bringUp(skillId);
    this.#ports.changed(skillId);
  }

  async start(skillId: string): Promise<void> {
    this.#mustBeStartable(skillId);
    this.#ports.book.decide(skillId, { paused: false });
    this.#ports.actions.record({ kind: 'startSkill', skillId, origin: 'user', reason: 'started by hand' });
    this.#ports.trouble.did(skillId, 'started');
    this.#ports.changed(skillId);
    await this.#supervised(() => this.#ports.supervisor.start(skillId));
  }

  async stop(skillId: string): Promise<void> {
    this.skill(skillId);
    this.#ordered.delete(skillId);
    this.#ports.book.decide(skillId, { paused: true });
    this.#ports.plan.removeSkill(skillId);
    this.#ports.actions.record({ kind: 'stopSkill', skillId, origin: 'user', reason: 'paused by hand' });
    this.#ports.changed(skillId);
    await this.#ports.supervisor.stop(skillId);
    this.#ports.changed(skillId);
  }

  async restart(
    skillId: string,
    by: OrderedBy = { origin: 'user', reason: 'restarted by hand' },
  ): Promise<void> {
    this.#mustBeStartable(skillId);
    this.#ports.book.decide(skillId, { paused: false });
    this.#ports.actions.record({ kind: 'restartSkill', skillId, ...by });
    this.#ports.trouble.did(skillId, 'restarted');
    await this.#supervised(() => this.#ports.supervisor.restart(skillId));
  }

  async disable(skillId: string): Promise<void> {
    const { actions, book, incidents, clock, monitor, plan, supervisor } = this.#ports;
    this.skill(skillId);
    if (book.get(skillId).lifecycle === 'quarantined') monitor.release(skillId, 'force', clock.nowMs());
    this.#ordered.delete(skillId);
    book.decide(skillId, { lifecycle: 'disabled' });
    plan.removeSkill(skillId);
    this.#ports.trouble.forget(incidents.recovered(skillId, clock.nowMs(), 'out-of-service'));
    actions.record({ kind: 'disableSkill', skillId, origin: 'user', reason: 'taken out of service by hand' });
    this.#ports.changed(skillId);
    await supervisor.stop(skillId);
    this.#ports.changed(skillId);
  }

  async activate(skillId: string): Promise<void> {
    this.skill(skillId);
    const { lifecycle } = this.#ports.book.get(skillId);
    if (lifecycle === 'quarantined') throw quarantinedConflict(skillId);
    this.#mustNotBeBroken(skillId);
    if (lifecycle !== 'active') {
      this.#ports.book.decide(skillId, { lifecycle: 'active', paused: false });
      this.#ports.actions.record({
        kind: 'activateSkill',
        skillId,
        origin: 'user',
        reason: 'taken into service by hand',
      });
      this.#ports.trouble.did(skillId, 'started');
      this.#ports.changed(skillId);
    }
    if (this.#ports.book.isInService(skillId))
      await this.#supervised(() => this.#ports.supervisor.start(skillId));
  }

  /** By a person. Sticky until released; asking again for a quarantined skill changes nothing. */
  async quarantine(skillId: string, reason: string): Promise<void> {
    const { book, clock, monitor } = this.#ports;
    this.skill(skillId);
    if (book.get(skillId).lifecycle === 'quarantined') return;
    monitor.quarantine(skillId, reason, clock.nowMs());
    await this.#enterQuarantine(skillId, reason, 'user');
  }

  async release(
    skillId: string,
    mode: 'trial' | 'force',
    by: OrderedBy = {
      origin: 'user',
      reason:
        mode === 'trial' ? 'released by hand for a trial of 3 checks' : 'released by hand, without a trial',
    },
  ): Promise<void> {
    const { actions, book, clock, monitor, supervisor } = this.#ports;
    this.skill(skillId);
    if (book.get(skillId).lifecycle !== 'quarantined') {
      throw new CommandError('conflict', `${skillId} is not in quarantine, so there is nothing to release.`);
    }
    this.#mustNotBeBroken(skillId);
    monitor.release(skillId, mode, clock.nowMs());
    book.decide(skillId, { lifecycle: 'active', paused: false });
    book.noteStatusChange(skillId);
    actions.record({ kind: 'releaseSkill', skillId, ...by });
    this.#ports.trouble.did(skillId, 'released');
    this.#ports.changed(skillId);
    // A start that fails is the trial's own result: it arrives as an outcome and decides there.
    await supervisor.restart(skillId).catch((error: unknown) => {
      if (!(error instanceof SupervisionError)) throw error;
    });
  }

  /** Carries out what the monitor decided. */
  carryOut(decided: readonly HealthAction[]): void {
    for (const action of decided) this.#carryOut(action);
  }

  #carryOut(action: HealthAction): void {
    const { actions, book, notifications, report, supervisor } = this.#ports;
    const { skillId } = action;
    switch (action.kind) {
      case 'notifyUser': {
        notifications.tell(action);
        actions.record({ kind: 'notifyUser', skillId, origin: 'monitor', reason: action.message });
        return;
      }
      case 'quarantineSkill': {
        this.#enterQuarantine(skillId, action.reason, 'monitor').catch((error: unknown) =>
          report(`quarantining ${skillId}`, error),
        );
        return;
      }
      case 'restartSkill': {
        // A one-shot skill has nothing to restart: its next run comes anyway.
        if (!book.isInService(skillId) || this.#ports.catalog.get(skillId)?.mode === 'one-shot') return;
        this.#ordered.set(skillId, { action, atMs: this.#ports.clock.monotonicMs() });
        supervisor.restartAfterFailure(skillId, action.attempt);
        this.#ports.changed(skillId);
      }
    }
  }

  /** A process is being started: if the monitor ordered it, that is on record now, when it is true. */
  noteStarting(skillId: string): void {
    const ordered = this.#ordered.get(skillId);
    if (ordered === undefined) return;
    this.#ordered.delete(skillId);
    const waitedMs = this.#ports.clock.monotonicMs() - ordered.atMs;
    const when = waitedMs < 100 ? 'at once' : `after ${(waitedMs / 1000).toFixed(1)} s`;
    const reason = `attempt ${ordered.action.attempt}, ${when}: ${ordered.action.reason}`;
    this.#ports.actions.record({ kind: 'restartSkill', skillId, origin: 'monitor', reason });
  }

  async #enterQuarantine(skillId: string, reason: string, origin: 'user' | 'monitor'): Promise<void> {
    const { actions, book, incidents, plan, supervisor } = this.#ports;
    this.#ordered.delete(skillId);
    book.decide(skillId, { lifecycle: 'quarantined' });
    book.noteStatusChange(skillId);
    plan.removeSkill(skillId);
    incidents.quarantined(skillId);
    actions.record({ kind: 'quarantineSkill', skillId, origin, reason });
    this.#ports.changed(skillId);
    await supervisor.stop(skillId);
    this.#ports.changed(skillId);
    // Somebody may have released it while it was being stopped.
    if (origin === 'monitor' && book.get(skillId).lifecycle === 'quarantined')
      this.#ports.trouble.quarantined(skillId);
  }

  /** Carries out what a fix says. A release where nothing is in quarantine has nothing to do. */
  async carryOutFix(skillId: string, action: SafeAction, by: OrderedBy): Promise<void> {
    const quarantined = this.#ports.book.get(skillId).lifecycle === 'quarantined';
    if (action === 'release-trial') return quarantined ? this.release(skillId, 'trial', by) : undefined;
    // The monitor's own restart is under way already: one is enough.
    if (by.origin === 'monitor' && this.#ordered.has(skillId)) return;
    return this.restart(skillId, by);
  }

  #mustBeStartable(skillId: string): void {
    this.skill(skillId);
    const { lifecycle } = this.#ports.book.get(skillId);
    if (lifecycle === 'quarantined') throw quarantinedConflict(skillId);
    if (lifecycle !== 'active') {
      throw new CommandError(
        'conflict',
        `${skillId} is ${lifecycle}. Activate it first (skillward activate ${skillId}).`,
        {
          lifecycle,
          use: 'skill.activate',
        },
      );
    }
    this.#mustNotBeBroken(skillId);
  }

  #mustNotBeBroken(skillId: string): void {
    const { broken } = this.skill(skillId);
    if (broken === null) return;
    const where = broken.line === null ? broken.file : `${broken.file}, line ${broken.line}`;
    throw new CommandError(
      'conflict',
      `${skillId} is broken: ${broken.message} (${where}). Mend it, then reload the skills.`,
      broken,
    );
  }

  async #supervised(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof SupervisionError)) throw error;
      throw new CommandError(error.code, error.message, error.cause ?? undefined);
    }
  }
}

function quarantinedConflict(skillId: string): CommandError {
  return new CommandError(
    'conflict',
    `${skillId} is in quarantine. Release it first (skillward release ${skillId}), which starts it and watches 3 checks.`,
    { lifecycle: 'quarantined', use: 'skill.release' },
  );
}
