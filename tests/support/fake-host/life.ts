import type { Check } from '../../../shared/model/health.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { outcomeAt } from './cast.ts';
import type { World } from './world.ts';

/** One check of one skill now: what it finds follows from its role, and the ledger line follows from that. */
export function checkNow(world: World, skillId: string, at: number): void {
  const skill = world.skills.get(skillId);
  const member = world.cast.find((one) => one.id === skillId);
  if (skill === undefined || member === undefined || skill.process.state === 'stopped') return;
  const outcome = member.role === 'restarting' ? ({ kind: 'healthy' } as const) : outcomeAt(member, 0, 0.5);
  const failed = outcome.kind === 'failed' || outcome.kind === 'unreachable';
  const latencyMs = failed ? null : member.latencyMs * (0.8 + ((at / 1000) % 5) / 10);
  const error =
    outcome.kind === 'failed' ? outcome.error : outcome.kind === 'unreachable' ? outcome.reason : null;
  const check: Check = { at, outcome, latencyMs, ...(error === null ? {} : { error }) };
  const checks = world.newChecks.get(skillId) ?? [];
  checks.push(check);
  world.newChecks.set(skillId, checks);

  const { health } = skill;
  const streak = failed ? (health.consecutiveFailures % 4) + 1 : 0;
  const record: Skill['health'] = {
    ...health,
    lastCheck: at,
    totalChecks: health.totalChecks + 1,
    totalFailures: health.totalFailures + (failed ? 1 : 0),
    consecutiveFailures: streak,
    lastError: error,
    status: failed
      ? { kind: 'failing', consecutive: streak }
      : outcome.kind === 'degraded'
        ? { kind: 'degraded', reason: outcome.detail }
        : { kind: 'healthy' },
  };
  world.putSkill({
    ...skill,
    health: record,
    healthSince: record.status.kind === health.status.kind ? skill.healthSince : at,
    lastLatencyMs: latencyMs,
    nextCheckAt: at + member.intervalSecs * 1000,
  });
  world.publish('health.checked', { skillId, at, outcome, latencyMs, record });
}

/** One second of the fake host: due checks are made, waiting restarts happen. */
export function liveOneSecond(world: World, now: number): void {
  for (const skill of [...world.skills.values()]) {
    const { process } = skill;
    if (process.state === 'backoff' && process.nextAttemptAt !== null && process.nextAttemptAt <= now) {
      world.act(
        'restartSkill',
        skill.id,
        'monitor',
        `attempt ${process.restarts + 1} after ${(process.backoffMs ?? 0) / 1000} s`,
      );
      world.putSkill({
        ...skill,
        process: {
          ...process,
          state: 'starting',
          nextAttemptAt: null,
          startedAt: now,
          restarts: process.restarts + 1,
        },
      });
    } else if (
      process.state === 'starting' &&
      process.startedAt !== null &&
      now - process.startedAt > (skill.id === 'mail-triage' ? 60_000 : 4000)
    ) {
      world.putSkill({
        ...skill,
        process: { ...process, state: 'running', pid: 51_000 },
        nextCheckAt: now + 1000,
      });
    } else if (skill.nextCheckAt !== null && skill.nextCheckAt <= now) {
      checkNow(world, skill.id, now);
      const after = world.skills.get(skill.id);
      if (after?.health.status.kind === 'failing') {
        world.putSkill({
          ...after,
          nextCheckAt: null,
          failuresInWindow: after.health.consecutiveFailures,
          process: {
            ...after.process,
            state: 'backoff',
            pid: null,
            startedAt: null,
            nextAttemptAt: now + 11_000,
            backoffMs: 11_000,
          },
        });
      }
    }
  }
}
