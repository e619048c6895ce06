import { CommandError } from '../../shared/contract/index.ts';
import type { Incident } from '../../shared/model/action.ts';
import type { FixPattern, FixTrial, SafeAction } from '../../shared/model/fix.ts';
import {
  allowedAction,
  isWatched,
  judgeTrial,
  type TrialEvent,
  type TrialVerdict,
} from '../core/fixes/trial.ts';
import type { Storage } from '../storage/storage.ts';
import type { ActionLog } from './action-log.ts';
import type { EventHub } from './event-hub.ts';
import { type FixMemory, titleOf } from './fix-memory.ts';
import type { IncidentBook } from './incident-book.ts';

const DEFAULT_LIMIT = 50;

export interface FixTrialsPorts {
  readonly trials: Storage['trials'];
  readonly fixes: FixMemory;
  readonly incidents: IncidentBook;
  readonly actions: ActionLog;
  readonly hub: EventHub;
  nowMs(): number;
  /** By its last check. */
  isHealthy(skillId: string): boolean;
  /** Carries out a fix's action. Throws `CommandError` when the skill does not allow it now. */
  carryOut(skillId: string, action: SafeAction, origin: FixTrial['origin'], reason: string): Promise<void>;
  report(message: string, error: unknown): void;
}

interface Application {
  readonly fixId: number;
  readonly skillId: string;
  readonly incidentId?: number | undefined;
}

/** Who tried which fix on what, and what the checks made of it. On disk before it is acknowledged, restored after a kill. */
export class FixTrials {
  readonly #ports: FixTrialsPorts;
  /** Oldest first. */
  readonly #trials = new Map<number, FixTrial>();

  constructor(ports: FixTrialsPorts) {
    this.#ports = ports;
    for (const trial of ports.trials.all()) this.#trials.set(trial.id, trial);
    for (const trial of this.#watched()) this.#judge(trial, { kind: 'time' });
  }

  /**
   * A person applies a fix: recorded, then its action is carried out at once. Throws `CommandError` `not_found` for an
   * unknown fix, `conflict` for an incident that is over or a skill that is healthy, and what carrying out throws; then nothing is on trial.
   */
  async apply(application: Application): Promise<{ trial: FixTrial; pattern: FixPattern }> {
    const pattern = this.#ports.fixes.get(application.fixId);
    const trial = await this.#begin(application, pattern, 'user');
    return { trial, pattern: this.#ports.fixes.get(pattern.id) };
  }

  /** A person said it himself: the checks need not decide any more, and it is not counted twice. */
  told(fixId: number, worked: boolean, skillId: string | undefined): void {
    for (const trial of this.#watched(skillId)) {
      if (trial.fixId !== fixId || trial.state !== 'watching') continue;
      this.#keep({ ...trial, state: worked ? 'worked' : 'failed', decidedAt: this.#ports.nowMs() });
    }
  }

  /** A person, or a change of its files, started the skill anew. */
  inForce(skillId: string): void {
    for (const trial of this.#watched(skillId)) this.#judge(trial, { kind: 'in-force' });
  }

  healthy(skillId: string): void {
    for (const trial of this.#watched(skillId)) this.#judge(trial, { kind: 'healthy' });
  }

  /** One more failure. `opened`: it began an incident, which is a regression when a fix was thought to have ended it. */
  failed(incident: Incident, opened: boolean): void {
    for (const trial of this.#watched(incident.skillId)) {
      const verdict = this.#judge(trial, { kind: 'failed', signature: incident.signature });
      const cameBack = opened && (verdict === 'failed' || verdict === 'corrected');
      if (cameBack) this.#ports.incidents.regressed(incident, trial.fixId);
    }
    if (opened) this.#applyAlone(incident, 'restart');
  }

  /** The monitor put the skill into quarantine: a fix that is allowed to may release it for its trial. */
  quarantined(skillId: string): void {
    const incident = this.#incidentOf(skillId);
    if (incident !== undefined) this.#applyAlone(incident, 'release-trial');
  }

  /** Whether an applied fix explains that this incident ended. */
  explains({ skillId, signature, startedAt }: Incident): boolean {
    return [...this.#trials.values()].some(
      (trial) =>
        trial.skillId === skillId &&
        trial.signature === signature &&
        trial.appliedAt >= startedAt &&
        (trial.state === 'watching' || trial.state === 'worked'),
    );
  }

  /** A fix went into another: what was tried with it was tried with that one. */
  merged(fixId: number, intoFixId: number): void {
    for (const trial of this.#trials.values())
      if (trial.fixId === fixId) this.#keep({ ...trial, fixId: intoFixId });
  }

  /** Newest first. `limit` 50 by default. */
  list(query: {
    readonly skillId?: string | undefined;
    readonly fixId?: number | undefined;
    readonly limit?: number | undefined;
  }): FixTrial[] {
    return [...this.#trials.values()]
      .reverse()
      .filter((trial) => query.skillId === undefined || trial.skillId === query.skillId)
      .filter((trial) => query.fixId === undefined || trial.fixId === query.fixId)
      .slice(0, query.limit ?? DEFAULT_LIMIT);
  }

  #applyAlone(incident: Incident, wanted: SafeAction): void {
    const { fixes, nowMs, report } = this.#ports;
    const { skillId } = incident;
    // What other hosts told is suggested to people; it never changes what this host does by itself.
    const [best] = fixes.match(incident.error, { skillId, limit: 1, own: true }).matches;
    if (best === undefined) return;
    const action = allowedAction(best, skillId, [...this.#trials.values()], nowMs());
    if (action !== wanted) return;
    this.#begin({ fixId: best.pattern.id, skillId, incidentId: incident.id }, best.pattern, 'monitor').catch(
      (error: unknown) => report(`applying fix ${best.pattern.id} to ${skillId}`, error),
    );
  }

  async #begin(
    { skillId, incidentId }: Application,
    pattern: FixPattern,
    origin: FixTrial['origin'],
  ): Promise<FixTrial> {
    const { actions, carryOut, nowMs, trials } = this.#ports;
    const incident = this.#incidentOf(skillId, incidentId);
    if (incidentId !== undefined && incident === undefined) {
      throw new CommandError(
        'conflict',
        `Incident ${incidentId} of ${skillId} is over: there is nothing to fix.`,
      );
    }
    if (incident === undefined && this.#ports.isHealthy(skillId)) {
      // Its next checks would be counted for a fix that had nothing to do.
      throw new CommandError('conflict', `${skillId} is healthy: there is nothing to try a fix on.`);
    }
    const signature = incident?.signature ?? pattern.errorSignature;
    for (const other of this.#watched(skillId)) {
      if (other.signature === signature) this.#judge(other, { kind: 'superseded' });
    }
    const title = titleOf(pattern);
    const trial = trials.add({
      fixId: pattern.id,
      skillId,
      incidentId: incident?.id ?? null,
      signature,
      origin,
      appliedAt: nowMs(),
      state: 'watching',
      inForce: false,
      healthyChecks: 0,
      failedChecks: 0,
      decidedAt: null,
    });
    this.#keep(trial);
    const what = pattern.safeAction === undefined ? '' : ` (${pattern.safeAction})`;
    const entry = {
      kind: 'applyFix',
      skillId,
      origin,
      reason: `fix ${pattern.id}: ${title}${what}`,
    } as const;
    actions.record(entry);
    if (pattern.safeAction === undefined) return trial;
    try {
      await carryOut(skillId, pattern.safeAction, origin, `as fix ${pattern.id} says: ${title}`);
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      this.#keep({ ...trial, state: 'unclear', decidedAt: nowMs() });
      actions.record({ ...entry, result: `failed: ${said}` });
      throw error;
    }
    const now = this.#trials.get(trial.id) ?? trial;
    this.#judge(now, { kind: 'in-force' });
    return this.#trials.get(trial.id) ?? now;
  }

  #incidentOf(skillId: string, incidentId?: number): Incident | undefined {
    return this.#ports.incidents
      .open()
      .filter((one) => one.skillId === skillId && (incidentId === undefined || one.id === incidentId))
      .sort((a, b) => a.lastSeenAt - b.lastSeenAt)
      .at(-1);
  }

  #watched(skillId?: string): FixTrial[] {
    return [...this.#trials.values()].filter(
      (trial) =>
        (skillId === undefined || trial.skillId === skillId) &&
        (trial.state === 'watching' || isWatched(trial, this.#ports.nowMs())),
    );
  }

  #judge(trial: FixTrial, event: TrialEvent): TrialVerdict | null {
    const step = judgeTrial(trial, event, this.#ports.nowMs());
    if (step.trial !== trial) this.#keep(step.trial);
    if (step.verdict !== null) this.#ports.fixes.judged(trial.fixId, step.verdict, trial.skillId);
    return step.verdict;
  }

  #keep(trial: FixTrial): void {
    this.#trials.set(trial.id, trial);
    this.#ports.trials.update(trial);
    this.#ports.hub.publish('fix.trial', { trial }, String(trial.id));
  }
}
