import { appConfigSchema } from '../../../shared/model/config.ts';
import type { HealthStatus } from '../../../shared/model/health.ts';
import type { Skill, SkillProcess } from '../../../shared/model/skill.ts';
import type { CastMember } from './cast.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const defaults = appConfigSchema.parse({});

const running: SkillProcess = {
  state: 'running',
  pid: 48_213,
  startedAt: null,
  restarts: 0,
  nextAttemptAt: null,
  backoffMs: null,
  cause: null,
  memoryBytes: 24_000_000,
  interpreter: 'python3.11',
  noise: { nonJsonLines: 0, strayAnswers: 0, droppedLines: 0, droppedStderrBytes: 0 },
};

function statusOf(member: CastMember): HealthStatus {
  switch (member.role) {
    case 'failing':
      return { kind: 'failing', consecutive: 3 };
    case 'quarantined':
      return { kind: 'quarantined', reason: `5 failures in a row: ${member.error}` };
    case 'degraded':
      return { kind: 'degraded', reason: '12 of 40 feeds did not answer' };
    case 'new':
    case 'broken':
      return { kind: 'unknown' };
    case 'restarting':
      return { kind: 'failing', consecutive: 1 };
    case 'ok':
    case 'paused':
    case 'disabled':
      return { kind: 'healthy' };
  }
}

function processOf(member: CastMember, now: number, index: number): SkillProcess {
  const base = { ...running, pid: 48_000 + index * 13, startedAt: now - (3 + index) * HOUR };
  const ended = { ...base, pid: null, startedAt: null, memoryBytes: null };
  const cause = {
    kind: 'exit' as const,
    message: member.error ?? 'exited with code 1',
    exitCode: 1,
    signal: null,
    at: now - 12_000,
  };
  switch (member.role) {
    case 'failing':
      return { ...ended, state: 'backoff', restarts: 3, nextAttemptAt: now + 9000, backoffMs: 9600, cause };
    case 'restarting':
      return { ...base, state: 'starting', startedAt: now - 1500, restarts: 1, cause };
    case 'quarantined':
      return { ...ended, state: 'stopped', restarts: 4, cause };
    case 'paused':
    case 'disabled':
      return { ...ended, state: 'stopped' };
    case 'broken':
      return { ...ended, state: 'stopped', interpreter: null };
    case 'ok':
    case 'degraded':
    case 'new':
      return base;
  }
}

/** A skill as the host would show it at `now`. */
export function skillOf(member: CastMember, now: number, index: number): Skill {
  const interval = member.intervalSecs * 1000;
  const asked = member.role !== 'new' && member.role !== 'broken';
  const checked = member.role === 'ok' || member.role === 'degraded' || member.role === 'new';
  const failing =
    member.role === 'failing' ? 3 : member.role === 'quarantined' ? 5 : member.role === 'restarting' ? 1 : 0;
  const ages: Partial<Record<CastMember['role'], number>> = {
    quarantined: 90 * MINUTE,
    paused: 5 * HOUR,
    failing: 8000,
  };
  return {
    id: member.id,
    name: member.name,
    version: `1.${index % 4}.${index % 7}`,
    description: member.description === '' ? null : member.description,
    folder: `~/skills/${member.id}`,
    lifecycle:
      member.role === 'quarantined' ? 'quarantined' : member.role === 'disabled' ? 'disabled' : 'active',
    paused: member.role === 'paused',
    trialChecksLeft: null,
    process: processOf(member, now, index),
    health: {
      skillId: member.id,
      lastCheck: asked ? now - (ages[member.role] ?? Math.round(interval * ((index * 0.17) % 1))) : null,
      consecutiveFailures: failing,
      totalFailures: failing * 3,
      totalChecks: asked ? 8000 + index * 31 : 0,
      lastError: failing > 0 ? (member.error ?? null) : null,
      status: statusOf(member),
    },
    healthSince: asked
      ? now -
        (member.role === 'restarting'
          ? 12_000
          : member.role === 'failing'
            ? 3 * MINUTE
            : (ages[member.role] ?? (2 + index) * HOUR))
      : null,
    failuresInWindow: failing,
    lastLatencyMs: asked && failing === 0 ? member.latencyMs : null,
    nextCheckAt: checked ? now + Math.round(interval * (1 - ((index * 0.17) % 1))) + 1000 : null,
    protocol: member.protocol ?? 'skill',
    mode: 'daemon',
    config: {
      health: { ...defaults.health, checkIntervalSecs: member.intervalSecs },
      restart: defaults.restart,
    },
    ...(member.role === 'broken'
      ? {
          broken: {
            file: 'manifest.toml',
            line: 7,
            message: 'entry_file "../bot.py" is outside the skill’s folder',
          },
        }
      : {}),
  };
}
