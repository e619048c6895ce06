import type { HealthStatus, SkillHealthRecord } from '../../shared/model/health.ts';
import type { LifecycleStatus, ProcessCause } from '../../shared/model/skill.ts';
import { blankRecord } from '../core/health/ledger.ts';
import type { HealthMonitor } from '../core/health/monitor.ts';
import { redactSecrets } from '../core/redaction/redact.ts';
import type { Storage } from '../storage/storage.ts';

/** What is known of a skill beside its manifest, its process and its checks. */
export interface BookEntry {
  readonly lifecycle: LifecycleStatus;
  /** Stopped by a person until started by a person; survives restarts of the host. */
  readonly paused: boolean;
  readonly healthSince: number | null;
  readonly lastLatencyMs: number | null;
  /** Why its process last ended or could not start, also under an earlier host. */
  readonly cause: ProcessCause | null;
}

/** The longest words about an end that are kept, in characters. The log has the rest. */
const MAX_CAUSE_CHARS = 2000;

/** A skill seen for the first time is in service: putting it into a skills folder is the decision. */
const newcomer: BookEntry = {
  lifecycle: 'active',
  paused: false,
  healthSince: null,
  lastLatencyMs: null,
  cause: null,
};

export interface SkillBookPorts {
  readonly skills: Storage['skills'];
  readonly monitor: HealthMonitor;
  nowMs(): number;
}

/** The book of decisions: lifecycle and pause of every skill, on disk before they are true. */
export class SkillBook {
  readonly #ports: SkillBookPorts;
  readonly #entries = new Map<string, BookEntry>();

  constructor(ports: SkillBookPorts) {
    this.#ports = ports;
  }

  /** Reads what an earlier host left: decisions, the ledger, and what the monitor must remember (a quarantine stays one). */
  restore(): void {
    const { monitor, skills } = this.#ports;
    for (const stored of skills.all()) {
      this.#entries.set(stored.skillId, {
        lifecycle: stored.lifecycle,
        paused: stored.paused,
        healthSince: stored.healthSince,
        lastLatencyMs: null,
        cause: stored.cause,
      });
      monitor.ledger.restore(stored.record);
      monitor.restoreState(stored.skillId, stored.monitorState);
      // The decision is written durably, the record may be a second older: the decision stands.
      if (stored.lifecycle === 'quarantined' && stored.record.status.kind !== 'quarantined') {
        monitor.ledger.markQuarantined(
          stored.skillId,
          stored.record.lastError ?? 'quarantined before the host ended',
        );
      }
    }
  }

  get(skillId: string): BookEntry {
    return this.#entries.get(skillId) ?? newcomer;
  }

  record(skillId: string): SkillHealthRecord {
    return this.#ports.monitor.ledger.get(skillId) ?? blankRecord(skillId);
  }

  /** In service, not paused: the host keeps it running and asks it. */
  isInService(skillId: string): boolean {
    const { lifecycle, paused } = this.get(skillId);
    return lifecycle === 'active' && !paused;
  }

  /** Writes a person's or the monitor's decision. It is on disk when this returns. */
  decide(
    skillId: string,
    decision: { readonly lifecycle?: LifecycleStatus; readonly paused?: boolean },
  ): void {
    this.#entries.set(skillId, { ...this.get(skillId), ...decision });
    this.save(skillId);
  }

  /** Keeps the record after a check. Cheap; a hard kill may lose the last second of it. */
  noteCheck(skillId: string, before: HealthStatus, latencyMs: number | null): void {
    const entry = this.get(skillId);
    const changed = entry.healthSince === null || before.kind !== this.record(skillId).status.kind;
    const healthSince = changed ? this.#ports.nowMs() : entry.healthSince;
    this.#entries.set(skillId, { ...entry, lastLatencyMs: latencyMs ?? entry.lastLatencyMs, healthSince });
    this.#keep(skillId, healthSince);
  }

  /** Keeps why the process ended, in place of the last time. As cheap as a check, and as safe. */
  noteCause(skillId: string, cause: ProcessCause | null): void {
    const entry = this.get(skillId);
    if (entry.cause?.at === cause?.at && entry.cause?.kind === cause?.kind) return;
    const kept = cause === null ? null : { ...cause, message: tidy(cause.message) };
    this.#entries.set(skillId, { ...entry, cause: kept });
    this.#keep(skillId);
  }

  /** Marks the moment the health status began, for changes that no check made (quarantine, release). */
  noteStatusChange(skillId: string): void {
    this.#entries.set(skillId, { ...this.get(skillId), healthSince: this.#ports.nowMs() });
    this.save(skillId);
  }

  /** A skill that is gone for good: nothing is known of it any more. */
  forget(skillId: string): void {
    this.#entries.delete(skillId);
    this.#ports.monitor.forget(skillId);
  }

  /** Ids of skills in a lifecycle status. */
  inStatus(lifecycle: LifecycleStatus): string[] {
    return [...this.#entries]
      .filter(([, entry]) => entry.lifecycle === lifecycle)
      .map(([skillId]) => skillId);
  }

  /** Writes the whole entry durably. */
  save(skillId: string): void {
    const entry = this.get(skillId);
    this.#ports.skills.save({
      skillId,
      lifecycle: entry.lifecycle,
      paused: entry.paused,
      record: this.record(skillId),
      healthSince: entry.healthSince,
      monitorState: this.#ports.monitor.exportState(skillId),
      fingerprint: null,
      updatedAt: this.#ports.nowMs(),
      cause: entry.cause,
    });
  }

  /** Writes what no person decided. */
  #keep(skillId: string, healthSince?: number | null): void {
    const { monitor, skills } = this.#ports;
    const state = monitor.exportState(skillId);
    skills.saveRecord(skillId, this.record(skillId), state, healthSince, this.get(skillId).cause);
  }
}

/** What a skill said last may be part of it. */
function tidy(message: string): string {
  return redactSecrets(message.slice(0, MAX_CAUSE_CHARS));
}
