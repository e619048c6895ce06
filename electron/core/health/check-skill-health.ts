import type { HealthMonitorConfig } from '../../../shared/model/config.ts';
import type { HealthCheckOutcome } from '../../../shared/model/health.ts';
import type { HealthAnswer, HealthRunner } from './answer.ts';
import { classifyAnswer } from './outcome.ts';

/** One check: the verdict, and how long the answer took in ms. `latencyMs` is null when nothing answered. */
export interface MeasuredHealth {
  readonly outcome: HealthCheckOutcome;
  readonly latencyMs: number | null;
}

type CheckConfig = Pick<HealthMonitorConfig, 'healthTimeoutSecs' | 'degradedAfterMs'>;

/** Asks one running skill within `healthTimeoutSecs` and classifies the answer (DESIGN.md §4). */
export async function checkSkillHealth(
  runner: HealthRunner,
  skillId: string,
  config: CheckConfig,
): Promise<HealthCheckOutcome> {
  return (await measureSkillHealth(runner, skillId, config)).outcome;
}

/** `checkSkillHealth` with the measured latency. */
export async function measureSkillHealth(
  runner: HealthRunner,
  skillId: string,
  config: CheckConfig,
): Promise<MeasuredHealth> {
  const answer = await runner.askHealth(skillId, config.healthTimeoutSecs * 1000);
  return { outcome: classifyAnswer(answer, config), latencyMs: latencyOf(answer) };
}

function latencyOf(answer: HealthAnswer): number | null {
  return answer.kind === 'timeout' || answer.kind === 'gone' ? null : answer.latencyMs;
}
