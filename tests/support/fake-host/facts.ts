import type { Action } from '../../../shared/model/action.ts';
import type { FixPattern } from '../../../shared/model/fix.ts';
import type { LogLine } from '../../../shared/model/log.ts';
import type { ScheduledTask, TaskRun } from '../../../shared/model/schedule.ts';
import type { CastMember } from './cast.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function fixesOf(now: number): FixPattern[] {
  const fix = (
    id: number,
    errorSignature: string,
    fixDescription: string,
    skillId: string | undefined,
    successCount: number,
    failureCount: number,
    ageDays: number,
  ): FixPattern => ({
    id,
    errorSignature,
    fixDescription,
    ...(skillId === undefined ? {} : { skillId }),
    successCount,
    failureCount,
    createdAt: now - (ageDays + 40) * DAY,
    updatedAt: now - ageDays * DAY,
    lastUsedAt: successCount + failureCount === 0 ? null : now - ageDays * DAY,
    sample: errorSignature,
    signatureVersion: 1,
  });
  return [
    fix(
      1,
      'httpx.ConnectError: [<errno:-2>] Name or service not known',
      'DNS was down, restart the resolver\nsystemctl restart systemd-resolved, then check again.',
      'channel-discord',
      7,
      2,
      19,
    ),
    fix(
      2,
      'httpx.ConnectError: [<errno:-2>] Name or service not known',
      'Wi-Fi had changed; reconnect',
      undefined,
      2,
      1,
      33,
    ),
    fix(
      3,
      'ssl.SSLError: certificate has expired',
      'The clock was wrong after the battery died; set it and sync',
      undefined,
      4,
      0,
      51,
    ),
    fix(
      4,
      'sqlite3.OperationalError: database is locked',
      'Two copies were running; stop the one started by hand',
      'calendar-sync',
      3,
      1,
      12,
    ),
    fix(
      5,
      'OSError: [<errno:28>] No space left on device: <path>',
      'Empty ~/.cache and prune old images',
      undefined,
      5,
      0,
      8,
    ),
    fix(6, 'KeyError: <str>', 'The feed changed its fields; map title to headline', 'rss-digest', 0, 0, 2),
  ];
}

export function taskOf(now: number): ScheduledTask {
  return {
    id: 'skill_health_check',
    name: 'Python Skill Health Checks',
    schedule: { kind: 'interval', secs: 300 },
    kind: 'builtin',
    invoke: null,
    enabled: true,
    lastRunAt: now - 2 * MINUTE,
    nextRunAt: now + 3 * MINUTE,
    failureStreak: 0,
    maxRetries: 3,
    retryBackoffSecs: 60,
    maxFailureStreakBeforePause: 5,
    softTimeoutSecs: 60,
    lastError: null,
    running: false,
  };
}

export function runsOf(now: number): TaskRun[] {
  return Array.from({ length: 24 }, (_, index) => ({
    taskId: 'skill_health_check',
    startedAt: now - 2 * MINUTE - index * 5 * MINUTE,
    durationMs: 180 + ((index * 97) % 900),
    outcome: index === 7 ? ('skipped' as const) : ('success' as const),
    softTimeout: false,
    summary:
      index === 7
        ? 'skipped: the machine was asleep'
        : `${7 + (index % 3)} asked, ${index % 4 === 0 ? 1 : 0} failed`,
  }));
}

export function startingActions(cast: readonly CastMember[], now: number): Action[] {
  const told: Omit<Action, 'id' | 'result'>[] = [];
  for (const member of cast) {
    if (member.role === 'failing') {
      told.push(
        {
          at: now - 12_000,
          kind: 'restartSkill',
          skillId: member.id,
          origin: 'monitor',
          reason: `attempt 3 after 4 s: ${member.error}`,
        },
        {
          at: now - 70_000,
          kind: 'restartSkill',
          skillId: member.id,
          origin: 'monitor',
          reason: `attempt 2 after 2 s: ${member.error}`,
        },
        {
          at: now - 130_000,
          kind: 'restartSkill',
          skillId: member.id,
          origin: 'monitor',
          reason: `attempt 1: ${member.error}`,
        },
        {
          at: now - 131_000,
          kind: 'notifyUser',
          skillId: member.id,
          origin: 'monitor',
          reason: `failing: ${member.error}`,
        },
      );
    } else if (member.role === 'quarantined') {
      told.push({
        at: now - 90 * MINUTE,
        kind: 'quarantineSkill',
        skillId: member.id,
        origin: 'monitor',
        reason: `5 failures in a row: ${member.error}`,
      });
    } else if (member.role === 'paused') {
      told.push({
        at: now - 5 * HOUR,
        kind: 'stopSkill',
        skillId: member.id,
        origin: 'user',
        reason: 'paused by you',
      });
    }
  }
  told.sort((a, b) => b.at - a.at);
  return told.map((one, index) => ({ ...one, id: told.length - index, result: 'done' }));
}

export function logsOf(member: CastMember, now: number): LogLine[] {
  const text =
    member.error === undefined
      ? ['started', `listening, pid 48213`, '\u001b[32mready\u001b[0m in 0.4 s']
      : [
          'started',
          'Traceback (most recent call last):',
          '  File "skill.py", line 48, in poll',
          '    answer = client.get(url, timeout=4)',
          `\u001b[31m${member.error}\u001b[0m`,
          'exited with code 1 after 41 s',
        ];
  return text.map((line, index) => ({
    id: index + 1,
    at: now - (text.length - index) * 180 - 12_000,
    skillId: member.id,
    stream: index === text.length - 1 && member.error !== undefined ? ('host' as const) : ('stderr' as const),
    level: /Traceback|Error/.test(line) ? ('error' as const) : ('info' as const),
    text: line,
  }));
}
