import type { Skill } from '../../../shared/model/skill.ts';

export type StandingKind = 'ok' | 'warn' | 'bad' | 'quar' | 'busy' | 'off' | 'none';

/** One shape and one word for a skill, the same the dashboard uses (a test compares the two). */
export interface Standing {
  readonly kind: StandingKind;
  readonly word: string;
}

/** What a person most needs to know of a skill first: out of service, quarantine, its process, then its health. */
export function standingOf(skill: Skill): Standing {
  if (skill.broken !== undefined) return { kind: 'bad', word: 'Broken' };
  if (skill.lifecycle === 'disabled') return { kind: 'off', word: 'Disabled' };
  if (skill.lifecycle === 'quarantined') return { kind: 'quar', word: 'Quarantined' };
  if (skill.paused) return { kind: 'off', word: 'Paused' };
  switch (skill.process.state) {
    case 'backoff':
    case 'starting':
      if (skill.health.consecutiveFailures > 1) return { kind: 'bad', word: 'Failing' };
      return { kind: 'busy', word: skill.process.restarts > 0 ? 'Restarting' : 'Starting' };
    case 'stopping':
      return { kind: 'busy', word: 'Stopping' };
    case 'failed':
      return { kind: 'bad', word: 'Failed' };
    case 'stopped':
    case 'running':
      return ofHealth(skill);
  }
}

function ofHealth(skill: Skill): Standing {
  switch (skill.health.status.kind) {
    case 'healthy':
      return { kind: 'ok', word: 'Healthy' };
    case 'degraded':
      return { kind: 'warn', word: 'Degraded' };
    case 'failing':
      return { kind: 'bad', word: 'Failing' };
    case 'quarantined':
      return { kind: 'quar', word: 'Quarantined' };
    case 'unknown':
      return skill.process.state === 'stopped' && skill.mode === 'daemon'
        ? { kind: 'off', word: 'Stopped' }
        : { kind: 'none', word: 'Not checked yet' };
  }
}

/** Whether a person has to do or decide something. Degraded is watched, not called for. */
export function callsForSomebody(skill: Skill): boolean {
  const { kind } = standingOf(skill);
  return kind === 'bad' || kind === 'quar';
}
