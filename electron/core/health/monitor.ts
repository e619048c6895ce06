import type { HealthMonitorConfig } from '../../../shared/model/config.ts';
import type {
  CauseKind,
  HealthAction,
  HealthCheckOutcome,
  SkillHealthRecord,
} from '../../../shared/model/health.ts';
import {
  addFailure,
  emptyFailureWindow,
  type FailureWindow,
  failuresWithin,
} from '../supervision/failure-window.ts';
import { HealthLedger } from './ledger.ts';
import {
  configurationNotice,
  degradedNotice,
  failingNotice,
  quarantinedNotice,
  recoveredNotice,
  streakReason,
  trialReason,
  windowReason,
} from './messages.ts';
import {
  calmState,
  type HealthMonitorState,
  readMonitorState,
  type Trouble,
  troubleSince,
  wasToldOfConfiguration,
  withConfigurationMessage,
  withTold,
} from './monitor-state.ts';
import { PendingActions } from './pending-actions.ts';
import { headline } from './words.ts';

/** Checks a skill released on trial has to pass (DESIGN.md §4, release from quarantine). */
export const TRIAL_CHECKS = 3;

interface Failure {
  readonly error: string;
  readonly cause: CauseKind | undefined;
  readonly atMs: number;
  readonly monotonicMs: number;
}

/**
 * Turns outcomes into decisions by the rules of DESIGN.md §4. Pure: no clock, no I/O; the caller carries out what it
 * decides. `atMs` is epoch ms and only shown; windows are measured on the monotonic clock. What is kept per skill is
 * bounded whatever arrives.
 */
export class HealthMonitor {
  readonly ledger: HealthLedger;
  #config: HealthMonitorConfig;
  readonly #skillConfigs = new Map<string, HealthMonitorConfig>();
  readonly #states = new Map<string, HealthMonitorState>();
  readonly #windows = new Map<string, FailureWindow>();
  /** Skills whose full window was reported while automatic quarantine is off, so that it is said once. */
  readonly #fullWindowTold = new Set<string>();
  readonly #pending = new PendingActions();

  constructor(config: HealthMonitorConfig, ledger: HealthLedger = new HealthLedger()) {
    this.#config = config;
    this.ledger = ledger;
  }

  /** The rules for every skill without rules of its own, from the next outcome on. */
  setConfig(config: HealthMonitorConfig): void {
    this.#config = config;
  }

  /** The effective rules of one skill; `undefined` returns it to the common ones. */
  setSkillConfig(skillId: string, config: HealthMonitorConfig | undefined): void {
    if (config === undefined) this.#skillConfigs.delete(skillId);
    else this.#skillConfigs.set(skillId, config);
  }

  /**
   * Enters one outcome into the ledger and decides what follows. The decisions are returned and also wait in
   * `pendingActions`: carry out one of the two, not both.
   */
  processCheckResult(
    skillId: string,
    outcome: HealthCheckOutcome,
    atMs: number,
    monotonicMs: number = atMs,
  ): readonly HealthAction[] {
    if (this.ledger.isQuarantined(skillId)) return [];
    const actions = this.#judge(skillId, outcome, atMs, monotonicMs);
    this.#pending.add(actions);
    return actions;
  }

  /** Everything decided and not yet handed out, oldest first; afterwards the queue is empty. */
  pendingActions(): readonly HealthAction[] {
    return this.#pending.drain();
  }

  /** A person's order. It replaces what was decided before and tells nobody: who ordered it knows. */
  quarantine(skillId: string, reason: string, atMs: number): SkillHealthRecord {
    const state = this.#state(skillId);
    this.#pending.supersede(skillId);
    this.#states.set(skillId, { ...state, trial: null, trouble: troubleSince(state, atMs) });
    return this.ledger.markQuarantined(skillId, reason);
  }

  /**
   * Ends a quarantine, clears streak and window. `trial`: the next `TRIAL_CHECKS` checks are watched and one failure
   * returns the skill at once; `force`: it is judged like any other. Without a quarantine nothing changes.
   */
  release(skillId: string, mode: 'trial' | 'force', atMs: number): SkillHealthRecord {
    if (this.ledger.isQuarantined(skillId)) {
      this.#pending.supersede(skillId);
      this.#windows.delete(skillId);
      this.#fullWindowTold.delete(skillId);
      this.#states.set(skillId, {
        ...this.#state(skillId),
        trial: mode === 'trial' ? { checksLeft: TRIAL_CHECKS, sinceMs: atMs } : null,
        configurationFailures: 0,
      });
    }
    return this.ledger.release(skillId);
  }

  /** Checks a trial still has to pass, 1 to `TRIAL_CHECKS`; null when no trial runs. */
  trialChecksLeft(skillId: string): number | null {
    return this.#state(skillId).trial?.checksLeft ?? null;
  }

  /** Failures that count towards the window rule now; saturates at `maxFailuresInWindow`. */
  failuresInWindow(skillId: string, monotonicMs: number): number {
    return failuresWithin(
      this.#window(skillId),
      monotonicMs,
      this.#configOf(skillId).failureWindowSecs * 1000,
    );
  }

  /** What must survive a restart of the host besides the record, as plain JSON. */
  exportState(skillId: string): HealthMonitorState {
    return this.#state(skillId);
  }

  /** Takes over what `exportState` gave an earlier host. Anything unreadable counts as calm. */
  restoreState(skillId: string, state: unknown): void {
    this.#states.set(skillId, readMonitorState(state));
  }

  /** Forgets a skill that is gone for good, its record and its undrained actions included. */
  forget(skillId: string): void {
    this.ledger.forget(skillId);
    this.#pending.forget(skillId);
    this.#skillConfigs.delete(skillId);
    this.#states.delete(skillId);
    this.#windows.delete(skillId);
    this.#fullWindowTold.delete(skillId);
  }

  #judge(skillId: string, outcome: HealthCheckOutcome, atMs: number, monotonicMs: number): HealthAction[] {
    switch (outcome.kind) {
      case 'healthy':
        return this.#healthy(skillId, atMs);
      case 'degraded':
        return this.#degraded(skillId, outcome.detail, atMs);
      case 'failed':
        return this.#failed(skillId, { error: outcome.error, cause: outcome.cause, atMs, monotonicMs });
      case 'unreachable':
        return this.#failed(skillId, { error: outcome.reason, cause: outcome.cause, atMs, monotonicMs });
    }
  }

  /** Rule 1. During a trial the all-clear waits for its end: it would be premature. */
  #healthy(skillId: string, atMs: number): HealthAction[] {
    this.ledger.recordSuccess(skillId, atMs);
    const { trouble, trial } = this.#passCheck(skillId);
    if (trouble === null || trial !== null) return [];
    this.#states.set(skillId, calmState);
    return trouble.told.length === 0 ? [] : [recoveredNotice(skillId, atMs - trouble.sinceMs)];
  }

  /** Rule 2. The failure window is left alone. */
  #degraded(skillId: string, detail: string, atMs: number): HealthAction[] {
    this.ledger.recordDegraded(skillId, detail, atMs);
    const state = this.#passCheck(skillId);
    const trouble = troubleSince(state, atMs);
    this.#states.set(skillId, { ...state, trouble: withTold(trouble, 'degraded') });
    return trouble.told.includes('degraded') ? [] : [degradedNotice(skillId, detail)];
  }

  #failed(skillId: string, failure: Failure): HealthAction[] {
    // Rule 7: what the host did to the skill is no verdict on the skill.
    if (failure.cause === 'killed-by-us') return [];
    const record = this.ledger.recordFailure(skillId, failure.error, failure.atMs);
    const state = this.#state(skillId);
    const trouble = troubleSince(state, failure.atMs);
    this.#states.set(skillId, { ...state, trouble });
    if (failure.cause === 'configuration') return this.#misconfigured(skillId, failure.error, trouble);

    // At least this one: a state and a record that were stored apart may not agree.
    const streak = Math.max(1, record.consecutiveFailures - state.configurationFailures);
    const reason = this.#quarantineReason(skillId, failure, streak);
    const config = this.#configOf(skillId);
    if (reason !== null && (config.autoQuarantine || state.trial !== null)) {
      return this.#quarantineNow(skillId, reason, trouble);
    }
    if (!config.autoRestart) return this.#tellFailing(skillId, failure.error);
    const attempt = streak;
    const restart: HealthAction = { kind: 'restartSkill', skillId, attempt, reason: headline(failure.error) };
    if (reason === null || this.#isKnownFlapping(skillId, streak)) return [restart];
    return [restart, ...this.#tellFailing(skillId, failure.error)];
  }

  /** Rule 6: said once for each message; never restarted, never quarantined, never in the window. */
  #misconfigured(skillId: string, error: string, trouble: Trouble): HealthAction[] {
    const state = this.#state(skillId);
    const told = wasToldOfConfiguration(trouble, error);
    this.#states.set(skillId, {
      ...state,
      configurationFailures: state.configurationFailures + 1,
      trouble: told ? trouble : withConfigurationMessage(trouble, error),
    });
    return told ? [] : [configurationNotice(skillId, error)];
  }

  /** Rules 3 and 4 and the trial: why this failure is one too many, or null. Enters it into the window. */
  #quarantineReason(skillId: string, failure: Failure, streak: number): string | null {
    const { failureWindowSecs, maxConsecutiveFailures, maxFailuresInWindow } = this.#configOf(skillId);
    const limits = { windowMs: failureWindowSecs * 1000, maxFailures: maxFailuresInWindow };
    const window = addFailure(this.#window(skillId), failure.monotonicMs, limits);
    this.#windows.set(skillId, window);
    const full = window.length >= maxFailuresInWindow;
    if (!full) this.#fullWindowTold.delete(skillId);

    const { trial } = this.#state(skillId);
    if (trial !== null) return trialReason(failure.atMs - trial.sinceMs, failure.error);
    if (streak >= maxConsecutiveFailures) return streakReason(streak, failure.error);
    return full ? windowReason(window.length, failureWindowSecs, failure.error) : null;
  }

  #quarantineNow(skillId: string, reason: string, trouble: Trouble): HealthAction[] {
    this.#pending.supersede(skillId);
    this.ledger.markQuarantined(skillId, reason);
    this.#states.set(skillId, {
      ...this.#state(skillId),
      trial: null,
      trouble: withTold(trouble, 'quarantined'),
    });
    return [{ kind: 'quarantineSkill', skillId, reason }, quarantinedNotice(skillId, reason)];
  }

  /** Rule 3, never silence: once in a stretch of trouble. */
  #tellFailing(skillId: string, error: string): HealthAction[] {
    const state = this.#state(skillId);
    if (state.trouble === null || state.trouble.told.includes('failing')) return [];
    this.#states.set(skillId, { ...state, trouble: withTold(state.trouble, 'failing') });
    return [failingNotice(skillId, error, this.#configOf(skillId))];
  }

  /** True when a window that stays full was reported before: a skill that comes and goes is not news each time. */
  #isKnownFlapping(skillId: string, streak: number): boolean {
    const { maxConsecutiveFailures, maxFailuresInWindow } = this.#configOf(skillId);
    if (streak >= maxConsecutiveFailures || this.#window(skillId).length < maxFailuresInWindow) return false;
    const known = this.#fullWindowTold.has(skillId);
    this.#fullWindowTold.add(skillId);
    return known;
  }

  /** A check that did not fail ends a row of configuration errors and brings a trial one step on. */
  #passCheck(skillId: string): HealthMonitorState {
    const { trial, trouble } = this.#state(skillId);
    const left =
      trial === null || trial.checksLeft === 1 ? null : { ...trial, checksLeft: trial.checksLeft - 1 };
    const state = { trial: left, trouble, configurationFailures: 0 };
    this.#states.set(skillId, state);
    return state;
  }

  #state(skillId: string): HealthMonitorState {
    return this.#states.get(skillId) ?? calmState;
  }

  #window(skillId: string): FailureWindow {
    return this.#windows.get(skillId) ?? emptyFailureWindow;
  }

  #configOf(skillId: string): HealthMonitorConfig {
    return this.#skillConfigs.get(skillId) ?? this.#config;
  }
}
