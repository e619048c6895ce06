import type { StoredSkill } from '../../../electron/storage/storage.ts';
import type { Incident } from '../../../shared/model/action.ts';
import type { FixPattern } from '../../../shared/model/fix.ts';
import type { Check } from '../../../shared/model/health.ts';
import type { ScheduledTask } from '../../../shared/model/schedule.ts';

export const T0 = 1_760_000_000_000;

export function healthy(at: number, latencyMs = 12.5): Check {
  return { at, outcome: { kind: 'healthy' }, latencyMs };
}

export function failure(at: number, reason = 'exit code 1'): Check {
  return {
    at,
    outcome: { kind: 'unreachable', reason, cause: 'exit' },
    latencyMs: null,
    error: reason,
    signature: 'exit code <num>',
  };
}

export function skill(skillId: string, change: Partial<StoredSkill> = {}): StoredSkill {
  return {
    skillId,
    lifecycle: 'active',
    paused: false,
    record: {
      skillId,
      lastCheck: null,
      consecutiveFailures: 0,
      totalFailures: 0,
      totalChecks: 0,
      lastError: null,
      status: { kind: 'unknown' },
    },
    healthSince: null,
    monitorState: null,
    fingerprint: null,
    updatedAt: T0,
    cause: null,
    ...change,
  };
}

/** A skill in quarantine, as its record says it. */
export function quarantined(skillId: string): StoredSkill {
  const record = { ...skill(skillId).record, status: { kind: 'quarantined', reason: '5 failures' } as const };
  return skill(skillId, { lifecycle: 'quarantined', record });
}

export function fix(description: string): Omit<FixPattern, 'id'> {
  return {
    errorSignature: 'no module named <quoted>',
    fixDescription: description,
    successCount: 0,
    failureCount: 0,
    createdAt: T0,
    updatedAt: T0,
    lastUsedAt: null,
    sample: "No module named 'httpx'",
    signatureVersion: 1,
  };
}

export function incident(skillId: string, startedAt = T0): Omit<Incident, 'id'> {
  return {
    skillId,
    signature: 'exit code <num>',
    error: 'exit code 1',
    state: 'open',
    startedAt,
    lastSeenAt: startedAt,
    endedAt: null,
    failures: 1,
    note: null,
    mutedUntil: null,
    quarantined: false,
  };
}

export function task(id: string): ScheduledTask {
  return {
    id,
    name: `Task ${id}`,
    schedule: { kind: 'interval', secs: 60 },
    kind: 'builtin',
    invoke: null,
    enabled: true,
    lastRunAt: null,
    nextRunAt: T0,
    failureStreak: 0,
    maxRetries: 3,
    retryBackoffSecs: 60,
    maxFailureStreakBeforePause: 5,
    softTimeoutSecs: 300,
    lastError: null,
    running: false,
  };
}
