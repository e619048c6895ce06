import { describe, expect, it } from 'vitest';
import type { HealthAnswer, HealthRunner } from '../../../../electron/core/health/answer.ts';
import { checkSkillHealth, measureSkillHealth } from '../../../../electron/core/health/check-skill-health.ts';

const config = { healthTimeoutSecs: 2.5, degradedAfterMs: 100 };

function answering(answer: HealthAnswer) {
  const asked: [string, number][] = [];
  const runner: HealthRunner = {
    askHealth: async (skillId, timeoutMs) => {
      asked.push([skillId, timeoutMs]);
      return answer;
    },
  };
  return { runner, asked };
}

describe('checkSkillHealth', () => {
  it('asks the one skill once, within healthTimeoutSecs', async () => {
    const { runner, asked } = answering({ kind: 'answered', healthy: true, detail: null, latencyMs: 4 });
    expect(await checkSkillHealth(runner, 'a', config)).toEqual({ kind: 'healthy' });
    expect(asked).toEqual([['a', 2500]]);
  });

  it('applies the skill its own limit for slow', async () => {
    const { runner } = answering({ kind: 'answered', healthy: true, detail: null, latencyMs: 101 });
    expect((await checkSkillHealth(runner, 'a', config)).kind).toBe('degraded');
  });

  it('gives the measured latency of whatever answered', async () => {
    const { runner } = answering({ kind: 'error', code: -1, message: 'no', latencyMs: 7.25 });
    expect(await measureSkillHealth(runner, 'a', config)).toEqual({
      outcome: { kind: 'failed', error: 'error -1: no' },
      latencyMs: 7.25,
    });
  });

  it.each<HealthAnswer>([
    { kind: 'timeout', waitedMs: 2500 },
    { kind: 'gone', reason: 'exited with code 1', cause: 'exit' },
  ])('has no latency where nothing answered ($kind)', async (answer) => {
    const { runner } = answering(answer);
    expect(await measureSkillHealth(runner, 'a', config)).toMatchObject({
      outcome: { kind: 'unreachable' },
      latencyMs: null,
    });
  });
});
