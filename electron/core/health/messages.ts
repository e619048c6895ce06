import type { HealthMonitorConfig } from '../../../shared/model/config.ts';
import type { HealthAction } from '../../../shared/model/health.ts';
import { durationInWords, failuresInWords, headline } from './words.ts';

type Notice = Extract<HealthAction, { kind: 'notifyUser' }>;

export function degradedNotice(skillId: string, detail: string): Notice {
  return notice(skillId, 'warning', 'degraded', `Skill ${skillId} is degraded: ${headline(detail)}`);
}

/** Said when Skillward will not end this by itself, so that a failure is never silent (DESIGN.md §4 rule 3). */
export function failingNotice(
  skillId: string,
  error: string,
  config: Pick<HealthMonitorConfig, 'autoRestart' | 'autoQuarantine'>,
): Notice {
  return notice(
    skillId,
    'error',
    'failing',
    `Skill ${skillId} ${failingWords(config)}. Last error: ${headline(error)}`,
  );
}

export function quarantinedNotice(skillId: string, reason: string): Notice {
  return notice(skillId, 'error', 'quarantined', `Skill ${skillId} is quarantined: ${reason}`);
}

export function configurationNotice(skillId: string, error: string): Notice {
  return notice(
    skillId,
    'error',
    'configuration',
    `Skill ${skillId} cannot run until its files or settings change: ${headline(error)}`,
  );
}

/** `lastedMs`: from the first failure to this check. */
export function recoveredNotice(skillId: string, lastedMs: number): Notice {
  const message = `Skill ${skillId} is healthy again after ${durationInWords(lastedMs)}`;
  return { ...notice(skillId, 'info', 'recovered', message), lastedMs };
}

export function streakReason(streak: number, error: string): string {
  return `${failuresInWords(streak)} in a row, last: ${headline(error)}`;
}

export function windowReason(failures: number, windowSecs: number, error: string): string {
  return `${failuresInWords(failures)} within ${durationInWords(windowSecs * 1000)}, last: ${headline(error)}`;
}

export function trialReason(sinceReleaseMs: number, error: string): string {
  return `trial failed ${durationInWords(sinceReleaseMs)} after release: ${headline(error)}`;
}

function failingWords(config: Pick<HealthMonitorConfig, 'autoRestart' | 'autoQuarantine'>): string {
  if (config.autoRestart) return 'keeps failing and is restarted each time; automatic quarantine is off';
  return config.autoQuarantine
    ? 'is failing and is not restarted; automatic restart is off'
    : 'is failing and is left alone; automatic restart and quarantine are off';
}

function notice(skillId: string, level: Notice['level'], topic: Notice['topic'], message: string): Notice {
  return { kind: 'notifyUser', skillId, level, topic, message };
}
