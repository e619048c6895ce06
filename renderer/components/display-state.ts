import type { Skill } from '../../shared/model/skill.ts';

/** Which of the seven shapes stands for a skill. */
export type StateKind = 'ok' | 'warn' | 'bad' | 'quar' | 'busy' | 'off' | 'none';
export interface DisplayState {
  readonly state: StateKind;
  readonly word: string;
}

/**
 * One shape and one word for a skill. The three columns stay apart everywhere else; this merges them for the eye only,
 * what a person most needs to know first: out of service, then quarantine, then what the process does, then health.
 */
export function displayState(skill: Skill): DisplayState {
  if (skill.broken !== undefined) return { state: 'bad', word: 'Broken' };
  if (skill.lifecycle === 'disabled') return { state: 'off', word: 'Disabled' };
  if (skill.lifecycle === 'quarantined') return { state: 'quar', word: 'Quarantined' };
  if (skill.paused) return { state: 'off', word: 'Paused' };
  switch (skill.process.state) {
    case 'backoff':
    case 'starting':
      // One failure and a restart is routine. From the second on the verdict stays, or it would flicker at every attempt.
      if (skill.health.consecutiveFailures > 1) return { state: 'bad', word: 'Failing' };
      return { state: 'busy', word: skill.process.restarts > 0 ? 'Restarting' : 'Starting' };
    case 'stopping':
      return { state: 'busy', word: 'Stopping' };
    case 'failed':
      return { state: 'bad', word: 'Failed' };
    case 'stopped':
    case 'running':
      return ofHealth(skill);
  }
}

function ofHealth(skill: Skill): DisplayState {
  switch (skill.health.status.kind) {
    case 'healthy':
      return { state: 'ok', word: 'Healthy' };
    case 'degraded':
      return { state: 'warn', word: 'Degraded' };
    case 'failing':
      return { state: 'bad', word: 'Failing' };
    case 'quarantined':
      return { state: 'quar', word: 'Quarantined' };
    case 'unknown':
      return skill.process.state === 'stopped' && skill.mode === 'daemon'
        ? { state: 'off', word: 'Stopped' }
        : { state: 'none', word: 'Not checked yet' };
  }
}

/** How much a state wants a person, for sorting: 0 is the most urgent. */
export const severity: Readonly<Record<StateKind, number>> = {
  bad: 0,
  quar: 1,
  warn: 2,
  busy: 3,
  none: 4,
  ok: 5,
  off: 6,
};

/** Whether a person has to do or decide something. Degraded is watched, not called for. */
export function needsAttention(skill: Skill): boolean {
  const { state } = displayState(skill);
  return state === 'bad' || state === 'quar';
}

/** The words that say what is wrong now, or null when nothing is. */
export function errorOf(skill: Skill): string | null {
  if (skill.broken !== undefined) {
    const { file, line, message } = skill.broken;
    return line === null ? `${file}: ${message}` : `${file}:${line}: ${message}`;
  }
  const { status, lastError } = skill.health;
  if (lastError !== null) return lastError;
  if (status.kind === 'quarantined' || status.kind === 'degraded') return status.reason;
  if (skill.process.state === 'failed' || skill.process.state === 'backoff')
    return skill.process.cause?.message ?? null;
  return null;
}
