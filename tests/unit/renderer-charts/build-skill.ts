import { appConfigSchema } from '../../../shared/model/config.ts';
import type { Check } from '../../../shared/model/health.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { T0 } from './build.ts';

export const appConfig = appConfigSchema.parse({});

/** A healthy, running skill under the default rules; `over` changes what a test is about. */
export function buildSkill(over: Partial<Skill> = {}): Skill {
  return {
    id: 'weather',
    name: 'Weather',
    version: '1.0.0',
    description: null,
    folder: '~/skills/weather',
    lifecycle: 'active',
    paused: false,
    trialChecksLeft: null,
    process: {
      state: 'running',
      pid: 4711,
      startedAt: T0,
      restarts: 0,
      nextAttemptAt: null,
      backoffMs: null,
      cause: null,
      memoryBytes: null,
      interpreter: 'python3.11',
      noise: { nonJsonLines: 0, strayAnswers: 0, droppedLines: 0, droppedStderrBytes: 0 },
    },
    health: {
      skillId: 'weather',
      lastCheck: T0,
      consecutiveFailures: 0,
      totalFailures: 0,
      totalChecks: 10,
      lastError: null,
      status: { kind: 'healthy' },
    },
    healthSince: T0,
    failuresInWindow: 0,
    lastLatencyMs: 41,
    nextCheckAt: T0 + 300_000,
    protocol: 'skill',
    mode: 'daemon',
    config: { health: appConfig.health, restart: appConfig.restart },
    ...over,
  };
}

/** The same skill after `consecutive` failures in a row. */
export function buildFailing(consecutive: number, over: Partial<Skill> = {}): Skill {
  const { health } = buildSkill();
  return buildSkill({
    health: {
      ...health,
      consecutiveFailures: consecutive,
      totalFailures: consecutive,
      lastError: 'ConnectError: nobody there',
      status: { kind: 'failing', consecutive },
    },
    failuresInWindow: consecutive,
    ...over,
  });
}

/** One stored check, `offsetMs` after T0. */
export function check(offsetMs: number, outcome: Check['outcome']): Check {
  return { at: T0 + offsetMs, outcome, latencyMs: outcome.kind === 'healthy' ? 40 : null };
}
