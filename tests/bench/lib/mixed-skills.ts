import { appConfigSchema } from '../../../shared/model/config.ts';
import type { Skill } from '../../../shared/model/skill.ts';

const NOW_MS = 1_760_000_000_000;

/** Skills as a host shows them while all is well: what most changes carry. */
export function mixedSkills(count: number): Skill[] {
  const { health, restart } = appConfigSchema.parse({});
  return Array.from({ length: count }, (_, index) => {
    const id = `skill-${index}`;
    return {
      id,
      name: `Skill number ${index}`,
      version: '1.0.0',
      description: 'fetches a feed and tells what is new',
      folder: `/home/somebody/skills/${id}`,
      lifecycle: 'active',
      paused: false,
      trialChecksLeft: null,
      process: {
        state: 'running',
        pid: 40_000 + index,
        startedAt: NOW_MS,
        restarts: 0,
        nextAttemptAt: null,
        backoffMs: null,
        cause: null,
        memoryBytes: 24_000_000,
        interpreter: 'python3.11',
        noise: { nonJsonLines: 0, strayAnswers: 0, droppedLines: 0, droppedStderrBytes: 0 },
      },
      health: {
        skillId: id,
        lastCheck: NOW_MS,
        consecutiveFailures: 0,
        totalFailures: 0,
        totalChecks: 100 + index,
        lastError: null,
        status: { kind: 'healthy' },
      },
      healthSince: NOW_MS,
      failuresInWindow: 0,
      lastLatencyMs: 12,
      nextCheckAt: NOW_MS + 300_000,
      protocol: 'skill',
      mode: 'daemon',
      config: { health, restart },
    };
  });
}
