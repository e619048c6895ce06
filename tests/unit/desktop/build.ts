import { appConfigSchema } from '../../../shared/model/config.ts';
import type { Skill } from '../../../shared/model/skill.ts';

const config = appConfigSchema.parse({});

/** A running, healthy skill, with what a test changes about it. */
export function skill(id: string, changes: Partial<Skill> = {}): Skill {
  return {
    id,
    name: id,
    version: '1.0.0',
    description: null,
    folder: `/skills/${id}`,
    lifecycle: 'active',
    paused: false,
    trialChecksLeft: null,
    process: process(),
    health: health(id),
    healthSince: null,
    failuresInWindow: 0,
    lastLatencyMs: null,
    nextCheckAt: null,
    protocol: 'skill',
    mode: 'daemon',
    config: { health: config.health, restart: config.restart },
    ...changes,
  };
}

export function process(changes: Partial<Skill['process']> = {}): Skill['process'] {
  return {
    state: 'running',
    pid: 1,
    startedAt: 0,
    restarts: 0,
    nextAttemptAt: null,
    backoffMs: null,
    cause: null,
    memoryBytes: null,
    interpreter: null,
    noise: { nonJsonLines: 0, strayAnswers: 0, droppedLines: 0, droppedStderrBytes: 0 },
    ...changes,
  };
}

export function health(skillId: string, changes: Partial<Skill['health']> = {}): Skill['health'] {
  return {
    skillId,
    lastCheck: null,
    consecutiveFailures: 0,
    totalFailures: 0,
    totalChecks: 1,
    lastError: null,
    status: { kind: 'healthy' },
    ...changes,
  };
}

export const appConfig = config;
/** Every kind of skill a menu may have to show. */
export const everyKind: readonly Skill[] = [
  skill('healthy'),
  skill('degraded', { health: health('degraded', { status: { kind: 'degraded', reason: 'slow' } }) }),
  skill('failing', {
    health: health('failing', { status: { kind: 'failing', consecutive: 3 }, consecutiveFailures: 3 }),
  }),
  skill('unknown', { health: health('unknown', { status: { kind: 'unknown' } }) }),
  skill('one-shot', {
    mode: 'one-shot',
    process: process({ state: 'stopped', pid: null }),
    health: health('one-shot', { status: { kind: 'unknown' } }),
  }),
  skill('stopped', {
    process: process({ state: 'stopped', pid: null }),
    health: health('stopped', { status: { kind: 'unknown' } }),
  }),
  skill('starting', { process: process({ state: 'starting' }) }),
  skill('restarting', { process: process({ state: 'backoff', restarts: 1 }) }),
  skill('crashing', {
    process: process({ state: 'backoff', restarts: 2 }),
    health: health('crashing', { consecutiveFailures: 2, status: { kind: 'failing', consecutive: 2 } }),
  }),
  skill('stopping', { process: process({ state: 'stopping' }) }),
  skill('failed', { process: process({ state: 'failed' }) }),
  skill('paused', { paused: true }),
  skill('pending', { lifecycle: 'pending' }),
  skill('testing', { lifecycle: 'testing' }),
  skill('disabled', { lifecycle: 'disabled' }),
  skill('quarantined', { lifecycle: 'quarantined' }),
  skill('broken', { broken: { file: 'manifest.toml', line: 1, message: 'no id' } }),
];
