import type { Incident } from '../../shared/model/action.ts';
import type { HealthAction, HealthCheckOutcome, SkillHealthRecord } from '../../shared/model/health.ts';
import { normalizeError } from '../core/fixes/normalize.ts';
import type { HealthMonitor } from '../core/health/monitor.ts';
import { redactSecrets } from '../core/redaction/redact.ts';
import type { Clock } from '../core/supervision/clock.ts';
import type { Storage } from '../storage/storage.ts';
import type { EventHub } from './event-hub.ts';
import type { IncidentBook } from './incident-book.ts';
import type { SkillBook } from './skill-book.ts';

/** The longest error text kept with a check, in characters. The log has the rest. */
const MAX_ERROR_CHARS = 2000;

export interface HealthDeskPorts {
  readonly clock: Clock;
  readonly monitor: HealthMonitor;
  readonly book: SkillBook;
  readonly incidents: IncidentBook;
  readonly checks: Storage['checks'];
  readonly hub: EventHub;
  readonly trouble: TroubleWatch;
  /** Values that must never be shown: the credentials handed to skills. */
  secrets(skillId: string): readonly string[];
  /** Told of every verdict before the monitor's decisions are carried out. */
  judged(skillId: string, well: boolean): void;
  carryOut(actions: readonly HealthAction[]): void;
  onJudged(skillId: string): void;
}

/** Who follows a skill's troubles from one outcome to the next. Told after the monitor's decisions are carried out. */
export interface TroubleWatch {
  /** `opened`: this failure began the incident. */
  failed(incident: Incident, opened: boolean): void;
  /** `ended`: the incidents this healthy check put an end to. */
  healthy(skillId: string, ended: readonly Incident[]): void;
}

/** Where every outcome arrives, whether a check asked for it or a process brought it by dying. */
export class HealthDesk {
  readonly #ports: HealthDeskPorts;

  constructor(ports: HealthDeskPorts) {
    this.#ports = ports;
  }

  /**
   * Enters one outcome: ledger, history, incidents, event; then what the monitor decided is carried out.
   * Returns the new record. `latencyMs` is null when nothing answered.
   */
  enter(skillId: string, raw: HealthCheckOutcome, latencyMs: number | null): SkillHealthRecord {
    const { book, checks, clock, hub, incidents, monitor } = this.#ports;
    const outcome = tidy(raw, this.#ports.secrets(skillId));
    const before = book.record(skillId).status;
    const at = clock.nowMs();
    monitor.processCheckResult(skillId, outcome, at, clock.monotonicMs());
    book.noteCheck(skillId, before, latencyMs);
    const error = errorOf(outcome);
    const signature = error === null ? null : normalizeError(error);
    checks.append(skillId, {
      at,
      outcome,
      latencyMs,
      ...(error === null ? {} : { error }),
      ...(signature === null ? {} : { signature }),
    });
    const failure =
      error !== null && signature !== null && isFailure(outcome)
        ? incidents.failed(skillId, signature, error, at)
        : null;
    const ended = outcome.kind === 'healthy' ? incidents.recovered(skillId, at) : null;
    const record = book.record(skillId);
    hub.publish('health.checked', { skillId, at, outcome, latencyMs, record });
    if (isVerdict(outcome)) this.#ports.judged(skillId, outcome.kind === 'healthy');
    this.#ports.carryOut(monitor.pendingActions());
    if (failure !== null) this.#ports.trouble.failed(failure.incident, failure.opened);
    if (ended !== null) this.#ports.trouble.healthy(skillId, ended);
    this.#ports.onJudged(skillId);
    return book.record(skillId);
  }
}

function isFailure(outcome: HealthCheckOutcome): boolean {
  return outcome.kind === 'failed' || outcome.kind === 'unreachable';
}

/** What the host did to the skill is no verdict on the skill (section 4 rule 7). */
function isVerdict(outcome: HealthCheckOutcome): boolean {
  return !('cause' in outcome) || outcome.cause !== 'killed-by-us';
}

function errorOf(outcome: HealthCheckOutcome): string | null {
  if (outcome.kind === 'failed') return outcome.error;
  if (outcome.kind === 'unreachable') return outcome.reason;
  return outcome.kind === 'degraded' ? outcome.detail : null;
}

/** Everything a skill says is masked and cut before it is stored or shown: in this order, or half a secret could be left. */
function tidy(outcome: HealthCheckOutcome, secrets: readonly string[]): HealthCheckOutcome {
  const clean = (text: string) =>
    redactSecrets(text.slice(0, 2 * MAX_ERROR_CHARS), secrets).slice(0, MAX_ERROR_CHARS);
  if (outcome.kind === 'failed') return { ...outcome, error: clean(outcome.error) };
  if (outcome.kind === 'unreachable') return { ...outcome, reason: clean(outcome.reason) };
  if (outcome.kind === 'degraded') return { ...outcome, detail: clean(outcome.detail) };
  return outcome;
}
