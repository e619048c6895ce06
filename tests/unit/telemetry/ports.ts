import type { TelemetryPorts } from '../../../electron/telemetry/types.ts';
import type { HostEvent, SequencedEvent } from '../../../shared/contract/index.ts';
import type { Action, Incident } from '../../../shared/model/action.ts';
import { appConfigSchema } from '../../../shared/model/config.ts';
import type { HealthCheckOutcome, HealthStatus } from '../../../shared/model/health.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';

const defaults = appConfigSchema.parse({});

/** A host in memory: what it has can be changed, what it was told is kept. */
export function fakeHost() {
  const clock = new FakeClock();
  const listeners = new Set<(batch: readonly SequencedEvent[]) => void>();
  const state = {
    config: { ...defaults.telemetry },
    skills: [] as Skill[],
    incidents: [] as Incident[],
  };
  const said: { readonly level: string; readonly code: string; readonly message: string }[] = [];
  const log: string[] = [];
  let seq = 0;
  const ports: TelemetryPorts = {
    clock,
    version: '1.2.3',
    hostId: 'host-1',
    hostName: 'machine',
    config: () => state.config,
    skills: () => state.skills,
    incidents: () => state.incidents,
    status: () => ({ eventLoopLagMs: { p50: 1, p99: 20, max: 300 }, memoryBytes: 5000, uptimeMs: 90_000 }),
    onEvents(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    say: (level, code, message) => said.push({ level, code, message }),
    report: (message) => log.push(message),
  };
  return {
    clock,
    state,
    said,
    log,
    ports,
    listeners,
    send(...events: readonly HostEvent[]) {
      const batch = events.map((event): SequencedEvent => ({ v: 1, seq: ++seq, ...event }));
      for (const listener of listeners) listener(batch);
    },
  };
}

export function skill(
  id: string,
  status: HealthStatus['kind'] = 'healthy',
  memoryBytes: number | null = null,
): Skill {
  return {
    id,
    name: id,
    version: '1.0.0',
    description: null,
    folder: id,
    lifecycle: status === 'quarantined' ? 'quarantined' : 'active',
    paused: false,
    trialChecksLeft: null,
    process: {
      state: status === 'quarantined' ? 'stopped' : 'running',
      pid: 4711,
      startedAt: null,
      restarts: 0,
      nextAttemptAt: null,
      backoffMs: null,
      cause: null,
      memoryBytes,
      interpreter: null,
      noise: { nonJsonLines: 0, strayAnswers: 0, droppedLines: 0, droppedStderrBytes: 0 },
    },
    health: { ...record(id), status: statusOf(status) },
    healthSince: null,
    failuresInWindow: 0,
    lastLatencyMs: null,
    nextCheckAt: null,
    protocol: 'skill',
    mode: 'daemon',
    config: { health: defaults.health, restart: defaults.restart },
  };
}

function statusOf(kind: HealthStatus['kind']): HealthStatus {
  if (kind === 'failing') return { kind, consecutive: 2 };
  if (kind === 'degraded' || kind === 'quarantined') return { kind, reason: 'secret reason' };
  return { kind };
}

function record(skillId: string) {
  return {
    skillId,
    lastCheck: null,
    consecutiveFailures: 0,
    totalFailures: 0,
    totalChecks: 0,
    lastError: null,
  };
}

export function checked(skillId: string, outcome: HealthCheckOutcome, latencyMs: number | null): HostEvent {
  return {
    event: 'health.checked',
    payload: {
      skillId,
      at: 0,
      outcome,
      latencyMs,
      record: { ...record(skillId), status: { kind: 'unknown' } },
    },
  };
}

export function took(action: Pick<Action, 'kind' | 'skillId' | 'origin'> & Partial<Action>): HostEvent {
  return {
    event: 'action.taken',
    payload: { action: { id: 1, at: 0, reason: 'secret reason', result: 'done', ...action } },
  };
}

export function incident(id: number, startedAt: number, state: Incident['state'] = 'open'): Incident {
  return {
    id,
    skillId: 'mail',
    signature: 'secret signature',
    error: 'secret error',
    state,
    startedAt,
    lastSeenAt: startedAt,
    endedAt: state === 'resolved' ? startedAt : null,
    failures: 1,
    note: null,
    mutedUntil: null,
    quarantined: false,
  };
}
