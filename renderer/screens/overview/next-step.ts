import type { Skill } from '../../../shared/model/skill.ts';
import { formatDuration, formatSince, plural } from '../../components/format.ts';

/** What happens next with a skill, for a table cell: `in 4 min 48 s`, `retry in 6 s`, `paused by you`. */
export function nextStep(skill: Skill, now: number): string {
  const { process } = skill;
  if (skill.broken !== undefined) return 'not started';
  if (skill.lifecycle === 'disabled') return 'disabled';
  if (skill.lifecycle === 'quarantined') return 'quarantined';
  if (skill.paused) return 'paused by you';
  if (process.state === 'backoff' && process.nextAttemptAt !== null) {
    return process.nextAttemptAt - now < 1000
      ? 'retrying'
      : `retry in ${formatDuration(process.nextAttemptAt - now)}`;
  }
  if (process.state === 'starting') return 'starting';
  if (process.state === 'stopping') return 'stopping';
  if (process.state === 'failed') return 'waits for a change';
  if (skill.nextCheckAt === null) return '–';
  return skill.nextCheckAt - now < 1000 ? 'now' : `in ${formatDuration(skill.nextCheckAt - now)}`;
}

/** The same in words of its own, for a card. */
export function nextStepSentence(skill: Skill, now: number): string {
  const { process } = skill;
  if (skill.broken !== undefined) return 'not started until its files are mended';
  if (skill.lifecycle === 'quarantined') return 'stays stopped until released';
  if (process.state === 'backoff' && process.nextAttemptAt !== null) {
    return process.nextAttemptAt - now < 1000
      ? 'restarting'
      : `restart in ${formatDuration(process.nextAttemptAt - now)}`;
  }
  if (process.state === 'starting') return 'starting';
  if (process.state === 'failed') return 'tried again when its files or settings change';
  if (skill.nextCheckAt === null) return '';
  return skill.nextCheckAt - now < 1000
    ? 'next check now'
    : `next check in ${formatDuration(skill.nextCheckAt - now)}`;
}

/** How long it has been so, and how far from the threshold: `failing for 3 min · 3 of 5 failures in a row`. */
export function troubleSince(skill: Skill, now: number): string {
  if (skill.broken !== undefined) return 'cannot be started';
  const since = skill.healthSince === null ? '' : ` ${formatSince(skill.healthSince, now)}`;
  if (skill.lifecycle === 'quarantined') return since === '' ? 'quarantined' : `quarantined${since} ago`;
  const { consecutiveFailures: streak } = skill.health;
  const { autoQuarantine, maxConsecutiveFailures: most } = skill.config.health;
  const failing = since === '' ? 'failing' : `failing for${since}`;
  if (streak === 0) return skill.process.state === 'failed' ? 'could not be started' : failing;
  return autoQuarantine
    ? `${failing} · ${streak} of ${most} failures`
    : `${failing} · ${plural(streak, 'failure', 'failures')} in a row`;
}
