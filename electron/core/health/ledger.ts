import type { SkillHealthRecord } from '../../../shared/model/health.ts';

/**
 * The current health record of every skill. Records are immutable: each change makes a new one, so a record
 * handed out stays what it was. Totals never fall. A quarantined record stays as it is until `release`
 * (DESIGN.md §4 rule 5). All times are epoch ms.
 */
export class HealthLedger {
  readonly #records = new Map<string, SkillHealthRecord>();

  /** Starts with `records`, for example those an earlier host stored. */
  constructor(records: Iterable<SkillHealthRecord> = []) {
    for (const record of records) this.restore(record);
  }

  /** The skill answered and is well: the streak is zeroed and the error cleared. */
  recordSuccess(skillId: string, atMs: number): SkillHealthRecord {
    return this.#unlessQuarantined(skillId, (record) => ({
      ...record,
      lastCheck: atMs,
      totalChecks: record.totalChecks + 1,
      consecutiveFailures: 0,
      lastError: null,
      status: { kind: 'healthy' },
    }));
  }

  /** The skill answered and is not quite well. It answered, so the streak is zeroed; `reason` is kept in the status. */
  recordDegraded(skillId: string, reason: string, atMs: number): SkillHealthRecord {
    return this.#unlessQuarantined(skillId, (record) => ({
      ...record,
      lastCheck: atMs,
      totalChecks: record.totalChecks + 1,
      consecutiveFailures: 0,
      lastError: null,
      status: { kind: 'degraded', reason },
    }));
  }

  /** The check failed or reached nobody: one more in the streak and in both totals. */
  recordFailure(skillId: string, error: string, atMs: number): SkillHealthRecord {
    return this.#unlessQuarantined(skillId, (record) => {
      const consecutive = record.consecutiveFailures + 1;
      return {
        ...record,
        lastCheck: atMs,
        totalChecks: record.totalChecks + 1,
        totalFailures: record.totalFailures + 1,
        consecutiveFailures: consecutive,
        lastError: error,
        status: { kind: 'failing', consecutive },
      };
    });
  }

  /** Puts the skill into quarantine. Counts and error stay readable; a second order replaces the reason. */
  markQuarantined(skillId: string, reason: string): SkillHealthRecord {
    return this.#put({ ...this.#current(skillId), status: { kind: 'quarantined', reason } });
  }

  /**
   * Ends a quarantine: status unknown, streak 0. Totals stay, and so does the last error until a success clears it.
   * A skill that is not in quarantine keeps its record.
   */
  release(skillId: string): SkillHealthRecord {
    const record = this.#current(skillId);
    if (record.status.kind !== 'quarantined') return record;
    return this.#put({ ...record, consecutiveFailures: 0, status: { kind: 'unknown' } });
  }

  get(skillId: string): SkillHealthRecord | undefined {
    return this.#records.get(skillId);
  }

  /** Every record, sorted by skill id. */
  allRecords(): readonly SkillHealthRecord[] {
    return [...this.#records.values()].sort((a, b) => (a.skillId < b.skillId ? -1 : 1));
  }

  isQuarantined(skillId: string): boolean {
    return this.#records.get(skillId)?.status.kind === 'quarantined';
  }

  /** Whether the streak has reached `threshold` (1 and up) and the skill is not in quarantine already. */
  shouldQuarantine(skillId: string, threshold = 5): boolean {
    const record = this.#records.get(skillId);
    if (record === undefined || record.status.kind === 'quarantined') return false;
    return record.consecutiveFailures > 0 && record.consecutiveFailures >= threshold;
  }

  /** Takes over a record as it stands, replacing what was known. */
  restore(record: SkillHealthRecord): void {
    this.#put({ ...record, status: { ...record.status } });
  }

  /** Forgets a skill that is gone for good. */
  forget(skillId: string): void {
    this.#records.delete(skillId);
  }

  #unlessQuarantined(
    skillId: string,
    change: (record: SkillHealthRecord) => SkillHealthRecord,
  ): SkillHealthRecord {
    const record = this.#current(skillId);
    return record.status.kind === 'quarantined' ? record : this.#put(change(record));
  }

  #current(skillId: string): SkillHealthRecord {
    return this.#records.get(skillId) ?? blankRecord(skillId);
  }

  #put(record: SkillHealthRecord): SkillHealthRecord {
    Object.freeze(record.status);
    this.#records.set(record.skillId, Object.freeze(record));
    return record;
  }
}

/** The record of a skill that was never checked. */
export function blankRecord(skillId: string): SkillHealthRecord {
  return {
    skillId,
    lastCheck: null,
    consecutiveFailures: 0,
    totalFailures: 0,
    totalChecks: 0,
    lastError: null,
    status: { kind: 'unknown' },
  };
}
