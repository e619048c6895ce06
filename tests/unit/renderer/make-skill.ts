import { appConfigSchema } from '../../../shared/model/config.ts';
import type { SkillHealthRecord } from '../../../shared/model/health.ts';
import type { Skill, SkillProcess } from '../../../shared/model/skill.ts';

const { health, restart } = appConfigSchema.parse({});

interface Parts extends Partial<Omit<Skill, 'process' | 'health'>> {
  readonly process?: Partial<SkillProcess>;
  readonly health?: Partial<SkillHealthRecord>;
}

/** A healthy, running skill, with the given parts changed. */
export function makeSkill(id: string, { process, health: record, ...rest }: Parts = {}): Skill {
  return {
    id,
    name: id,
    version: '1.0.0',
    description: null,
    folder: id,
    lifecycle: 'active',
    paused: false,
    trialChecksLeft: null,
    process: {
      state: 'running',
      pid: 1,
      startedAt: 0,
      restarts: 0,
      nextAttemptAt: null,
      backoffMs: null,
      cause: null,
      memoryBytes: null,
      interpreter: 'python3',
      noise: { nonJsonLines: 0, strayAnswers: 0, droppedLines: 0, droppedStderrBytes: 0 },
      ...process,
    },
    health: {
      skillId: id,
      lastCheck: 1000,
      consecutiveFailures: 0,
      totalFailures: 0,
      totalChecks: 1,
      lastError: null,
      status: { kind: 'healthy' },
      ...record,
    },
    healthSince: 0,
    failuresInWindow: 0,
    lastLatencyMs: 5,
    nextCheckAt: null,
    protocol: 'skill',
    mode: 'daemon',
    config: { health, restart },
    ...rest,
  };
}

export function failing(id: string, consecutive: number, parts: Parts = {}): Skill {
  return makeSkill(id, {
    ...parts,
    health: {
      consecutiveFailures: consecutive,
      status: { kind: 'failing', consecutive },
      lastError: 'it broke',
      ...parts.health,
    },
  });
}

export function quarantined(id: string): Skill {
  return makeSkill(id, {
    lifecycle: 'quarantined',
    process: { state: 'stopped', pid: null },
    health: { status: { kind: 'quarantined', reason: '5 failures in a row' } },
  });
}
