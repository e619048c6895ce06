import { describe, expect, it } from 'vitest';
import { defaultHealthMonitorConfig } from '../../../../electron/core/health/config.ts';
import { HealthMonitor } from '../../../../electron/core/health/monitor.ts';
import type { HealthMonitorConfig } from '../../../../shared/model/config.ts';
import type { HealthAction, HealthCheckOutcome } from '../../../../shared/model/health.ts';

const t0 = 1_700_000_000_000;
const minute = 60_000;
const healthy: HealthCheckOutcome = { kind: 'healthy' };
const degraded = (detail = 'slow'): HealthCheckOutcome => ({ kind: 'degraded', detail });
const failed = (error = 'boom'): HealthCheckOutcome => ({ kind: 'failed', error });
const misconfigured = (reason: string): HealthCheckOutcome => ({
  kind: 'unreachable',
  reason,
  cause: 'configuration',
});

/** A monitor and a hand that feeds it one outcome a minute; the monotonic clock runs apart from the wall clock. */
function watch(config: Partial<HealthMonitorConfig> = {}) {
  const monitor = new HealthMonitor({ ...defaultHealthMonitorConfig, ...config });
  let now = 0;
  const feed = (outcome: HealthCheckOutcome, afterMs = minute) => {
    now += afterMs;
    return monitor.processCheckResult('a', outcome, t0 + now, 500 + now);
  };
  const feedAll = (outcomes: readonly HealthCheckOutcome[]) => outcomes.flatMap((outcome) => feed(outcome));
  return {
    monitor,
    feed,
    feedAll,
    status: () => monitor.ledger.get('a')?.status,
    wall: () => t0 + now,
    mono: () => 500 + now,
  };
}

const kinds = (actions: readonly HealthAction[]) => actions.map((action) => action.kind);
const topics = (actions: readonly HealthAction[]) =>
  actions.flatMap((action) => (action.kind === 'notifyUser' ? [action.topic] : []));
const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);

describe('rule 1: healthy', () => {
  it('needs no action', () => {
    const { feedAll, status } = watch();
    expect(feedAll([healthy, healthy])).toEqual([]);
    expect(status()).toEqual({ kind: 'healthy' });
  });

  it('needs none after failures nobody was told about', () => {
    const { feed } = watch();
    feed(failed());
    expect(feed(healthy)).toEqual([]);
  });

  it('says once how long an announced failure lasted', () => {
    const { feed, feedAll } = watch({ autoRestart: false });
    feedAll([failed(), failed()]);
    expect(feed(healthy, 2 * minute)).toEqual([
      {
        kind: 'notifyUser',
        skillId: 'a',
        level: 'info',
        topic: 'recovered',
        message: 'Skill a is healthy again after 3 min',
        lastedMs: 180_000,
      },
    ]);
    expect(feed(healthy)).toEqual([]);
  });

  it('gives the all-clear after an announced degradation, counted from where the trouble began', () => {
    const { feed } = watch();
    feed(failed());
    feed(degraded());
    expect(feed(healthy)).toMatchObject([{ topic: 'recovered', message: expect.stringContaining('2 min') }]);
  });
});

describe('rule 2: degraded', () => {
  it('is told when it starts and not at every check, also when the detail changes', () => {
    const { feed, status } = watch();
    expect(feed(degraded('disk 91 % full'))).toEqual([
      {
        kind: 'notifyUser',
        skillId: 'a',
        level: 'warning',
        topic: 'degraded',
        message: 'Skill a is degraded: disk 91 % full',
      },
    ]);
    expect(feed(degraded('disk 92 % full'))).toEqual([]);
    expect(status()).toEqual({ kind: 'degraded', reason: 'disk 92 % full' });
  });

  it('is told again after a recovery, but not each time in one stretch of trouble', () => {
    const { feedAll } = watch();
    expect(topics(feedAll([degraded(), failed(), degraded()]))).toEqual(['degraded']);
    expect(topics(feedAll([healthy, degraded()]))).toEqual(['recovered', 'degraded']);
  });

  it('neither adds to nor clears the failure window, and zeroes the streak', () => {
    const { monitor, feed, feedAll, mono } = watch();
    feedAll([failed(), failed()]);
    feed(degraded());
    expect(monitor.failuresInWindow('a', mono())).toBe(2);
    expect(feed(failed())).toMatchObject([{ kind: 'restartSkill', attempt: 1 }]);
    expect(monitor.failuresInWindow('a', mono())).toBe(3);
  });
});

describe('rule 3: failed or unreachable', () => {
  it('restarts below the threshold, attempt by attempt, and tells nobody', () => {
    const { feed } = watch();
    for (const attempt of [1, 2, 3, 4]) {
      expect(feed(failed(`boom ${attempt}`))).toEqual([
        { kind: 'restartSkill', skillId: 'a', attempt, reason: `boom ${attempt}` },
      ]);
    }
  });

  it('treats unreachable like failed', () => {
    const { feed, monitor } = watch();
    expect(feed({ kind: 'unreachable', reason: 'no answer within 10 s', cause: 'hang' })).toEqual([
      { kind: 'restartSkill', skillId: 'a', attempt: 1, reason: 'no answer within 10 s' },
    ]);
    expect(monitor.ledger.get('a')?.lastError).toBe('no answer within 10 s');
  });

  it('quarantines and tells at the threshold, and names the last error', () => {
    const { feed, feedAll, status } = watch();
    feedAll(times(4, failed('old')));
    const reason = '5 failures in a row, last: disk full';
    expect(feed(failed('disk full'))).toEqual([
      { kind: 'quarantineSkill', skillId: 'a', reason },
      {
        kind: 'notifyUser',
        skillId: 'a',
        level: 'error',
        topic: 'quarantined',
        message: `Skill a is quarantined: ${reason}`,
      },
    ]);
    expect(status()).toEqual({ kind: 'quarantined', reason });
  });

  it('counts only failures in a row', () => {
    const { feedAll } = watch();
    const actions = feedAll([...times(4, failed()), healthy, ...times(4, failed())]);
    expect(actions.map((action) => action.kind === 'restartSkill' && action.attempt)).toEqual([
      1, 2, 3, 4, 1, 2, 3, 4,
    ]);
  });

  it('with automatic restart off tells at the first failure, then quarantines in the end', () => {
    const { feedAll } = watch({ autoRestart: false });
    const actions = feedAll(times(5, failed()));
    expect(kinds(actions)).toEqual(['notifyUser', 'quarantineSkill', 'notifyUser']);
    expect(topics(actions)).toEqual(['failing', 'quarantined']);
  });

  it('with automatic quarantine off goes on restarting and tells once at the threshold', () => {
    const { feedAll, status } = watch({ autoQuarantine: false, maxFailuresInWindow: 100 });
    const actions = feedAll(times(8, failed()));
    expect(kinds(actions.slice(0, 6))).toEqual([...times(5, 'restartSkill'), 'notifyUser']);
    expect(kinds(actions.slice(6))).toEqual(times(3, 'restartSkill'));
    expect(status()).toEqual({ kind: 'failing', consecutive: 8 });
  });

  it('with both off tells once for each stretch of trouble, never silence', () => {
    const { feedAll } = watch({ autoRestart: false, autoQuarantine: false });
    expect(topics(feedAll(times(20, failed())))).toEqual(['failing']);
    expect(topics(feedAll([healthy, failed(), failed()]))).toEqual(['recovered', 'failing']);
  });

  it('keeps a reason to one line, whatever a skill throws at it', () => {
    const { feed } = watch({ maxConsecutiveFailures: 1 });
    const traceback = `Traceback (most recent call last):\n${'  File "x.py"\n'.repeat(500)}KeyError: 'token'`;
    expect(feed(failed(traceback))).toMatchObject([
      { reason: "1 failure in a row, last: KeyError: 'token'" },
      {},
    ]);
  });

  it('lets what Skillward did to the skill count for nobody', () => {
    const { feed, status } = watch();
    expect(feed({ kind: 'unreachable', reason: 'stopped', cause: 'killed-by-us' })).toEqual([]);
    expect(status()).toBeUndefined();
  });
});

describe('rule 4: the failure window', () => {
  it('quarantines the skill that dies a little after every reset', () => {
    const { feed } = watch();
    for (let round = 1; round <= 9; round += 1) {
      expect(kinds(feed(failed(), 30_000))).toEqual(['restartSkill']);
      expect(feed(healthy, 30_000)).toEqual([]);
    }
    expect(feed(failed('again'), 30_000)).toMatchObject([
      { kind: 'quarantineSkill', reason: '10 failures within 10 min, last: again' },
      { kind: 'notifyUser', topic: 'quarantined' },
    ]);
  });

  it('lets failures older than the window go', () => {
    const { monitor, feed, mono } = watch();
    for (let round = 0; round < 30; round += 1) {
      expect(kinds(feed(failed(), minute))).toEqual(['restartSkill']);
      feed(healthy, minute);
    }
    expect(monitor.failuresInWindow('a', mono())).toBe(5);
    expect(monitor.failuresInWindow('a', mono() + 601_000)).toBe(0);
  });

  it('is measured on the monotonic clock: a wall clock set a day ahead frees nobody', () => {
    const monitor = new HealthMonitor({ ...defaultHealthMonitorConfig, maxFailuresInWindow: 2 });
    monitor.processCheckResult('a', failed(), t0, 1000);
    const actions = monitor.processCheckResult('a', failed(), t0 + 86_400_000, 2000);
    expect(kinds(actions)).toEqual(['quarantineSkill', 'notifyUser']);
  });

  it('takes the wall clock where no other is given', () => {
    const monitor = new HealthMonitor({ ...defaultHealthMonitorConfig, maxFailuresInWindow: 2 });
    monitor.processCheckResult('a', failed(), t0);
    expect(kinds(monitor.processCheckResult('a', failed(), t0 + 601_000))).toEqual(['restartSkill']);
    expect(kinds(monitor.processCheckResult('a', failed(), t0 + 602_000))).toEqual([
      'quarantineSkill',
      'notifyUser',
    ]);
  });

  it('is cleared by a release', () => {
    const { monitor, feedAll, mono, wall } = watch();
    feedAll(times(5, failed()));
    monitor.release('a', 'force', wall());
    expect(monitor.failuresInWindow('a', mono())).toBe(0);
    expect(kinds(feedAll(times(4, failed())))).toEqual(times(4, 'restartSkill'));
  });

  it('with automatic quarantine off tells once while the window stays full', () => {
    const { feed } = watch({ autoQuarantine: false, maxFailuresInWindow: 3 });
    const comeAndGo = () => times(12, null).flatMap(() => [...feed(failed()), ...feed(healthy)]);
    expect(topics(comeAndGo())).toEqual(['failing', 'recovered']);
    feed(healthy, 3_600_000);
    expect(topics(comeAndGo())).toEqual(['failing', 'recovered']);
  });
});

describe('rule 5: quarantine is sticky', () => {
  it('changes nothing whatever arrives later', () => {
    const { monitor, feed, feedAll } = watch();
    feedAll(times(5, failed()));
    const record = monitor.ledger.get('a');
    expect(feedAll([healthy, degraded(), failed(), misconfigured('no python')])).toEqual([]);
    expect(feed(healthy)).toEqual([]);
    expect(monitor.ledger.get('a')).toBe(record);
  });

  it('survives a restart of the host through the restored record', () => {
    const before = watch();
    before.feedAll(times(5, failed()));
    const after = watch();
    for (const record of before.monitor.ledger.allRecords()) after.monitor.ledger.restore(record);
    expect(after.feedAll([failed(), healthy])).toEqual([]);
    expect(after.status()?.kind).toBe('quarantined');
  });

  it('takes a person at their word, without telling them what they just did', () => {
    const { monitor, feed, status, wall } = watch();
    monitor.quarantine('a', 'misbehaves', wall());
    expect(status()).toEqual({ kind: 'quarantined', reason: 'misbehaves' });
    expect(monitor.pendingActions()).toEqual([]);
    expect(feed(failed())).toEqual([]);
  });

  it('takes back undrained restarts when a quarantine follows, whoever decided it', () => {
    const byHand = watch();
    byHand.feed(failed());
    byHand.monitor.quarantine('a', 'by hand', byHand.wall());
    expect(byHand.monitor.pendingActions()).toEqual([]);
    const byItself = watch();
    byItself.feedAll(times(5, failed()));
    expect(kinds(byItself.monitor.pendingActions())).toEqual(['quarantineSkill', 'notifyUser']);
  });

  it('takes back an undrained quarantine at the release, and leaves what was said', () => {
    const { monitor, feedAll, wall } = watch();
    feedAll(times(5, failed()));
    monitor.release('a', 'force', wall());
    expect(topics(monitor.pendingActions())).toEqual(['quarantined']);
    feedAll(times(5, failed()));
    monitor.release('a', 'force', wall());
    expect(kinds(monitor.pendingActions())).toEqual(['notifyUser']);
  });
});

describe('rule 6: a configuration error', () => {
  it('is told once for each message, never restarted, never quarantined', () => {
    const { feedAll, status } = watch();
    const actions = feedAll([
      ...times(9, misconfigured('no entry file')),
      ...times(9, misconfigured('no python')),
      misconfigured('no entry file'),
    ]);
    expect(kinds(actions)).toEqual(['notifyUser', 'notifyUser']);
    expect(actions).toMatchObject([
      {
        topic: 'configuration',
        level: 'error',
        message: 'Skill a cannot run until its files or settings change: no entry file',
      },
      { topic: 'configuration', message: expect.stringContaining('no python') },
    ]);
    expect(status()).toEqual({ kind: 'failing', consecutive: 19 });
  });

  it('stays out of the window and out of the count towards quarantine', () => {
    const { monitor, feed, feedAll, mono } = watch();
    feedAll(times(6, misconfigured('no python')));
    expect(monitor.failuresInWindow('a', mono())).toBe(0);
    expect(feed(failed('boom'))).toEqual([
      { kind: 'restartSkill', skillId: 'a', attempt: 1, reason: 'boom' },
    ]);
  });

  it('stops counting for anything with the next answer, and with a release', () => {
    const { monitor, feedAll, wall } = watch();
    feedAll([...times(3, misconfigured('no python')), degraded()]);
    feedAll([...times(2, misconfigured('no python')), ...times(4, failed())]);
    expect(kinds(feedAll([failed()]))).toEqual(['quarantineSkill', 'notifyUser']);
    monitor.release('a', 'force', wall());
    expect(feedAll([failed()])).toMatchObject([{ kind: 'restartSkill', attempt: 1 }]);
  });

  it('is remembered for a few messages only: a skill that invents new ones costs nothing', () => {
    const { monitor, feedAll } = watch();
    feedAll(Array.from({ length: 50 }, (_, n) => misconfigured(`error ${n} ${'x'.repeat(10_000)}`)));
    expect(JSON.stringify(monitor.exportState('a')).length).toBeLessThan(8000);
  });

  it('applies to a failed outcome with that cause as well', () => {
    const { feed } = watch();
    expect(topics(feed({ kind: 'failed', error: 'wrong protocol', cause: 'configuration' }))).toEqual([
      'configuration',
    ]);
  });

  it('is over with the first healthy check, and told anew when it comes back', () => {
    const { feedAll } = watch();
    feedAll([misconfigured('no python')]);
    expect(topics(feedAll([healthy, misconfigured('no python')]))).toEqual(['recovered', 'configuration']);
  });

  it('does not fail a trial: nothing was tried', () => {
    const { monitor, feed, wall, status } = watch();
    monitor.quarantine('a', 'by hand', wall());
    monitor.release('a', 'trial', wall());
    expect(topics(feed(misconfigured('no python')))).toEqual(['configuration']);
    expect(status()?.kind).toBe('failing');
    expect(monitor.trialChecksLeft('a')).toBe(3);
  });
});

describe('release from quarantine', () => {
  function released(mode: 'trial' | 'force', config: Partial<HealthMonitorConfig> = {}) {
    const hand = watch(config);
    hand.feedAll(times(5, failed()));
    hand.monitor.release('a', mode, hand.wall());
    hand.monitor.pendingActions();
    return hand;
  }

  it('on trial watches three checks, and gives the all-clear at the end of them', () => {
    const { monitor, feed, status } = released('trial');
    expect(status()).toEqual({ kind: 'unknown' });
    expect(monitor.trialChecksLeft('a')).toBe(3);
    expect(feed(healthy)).toEqual([]);
    expect(monitor.trialChecksLeft('a')).toBe(2);
    expect(feed(healthy)).toEqual([]);
    expect(topics(feed(healthy))).toEqual(['recovered']);
    expect(monitor.trialChecksLeft('a')).toBeNull();
    expect(kinds(feed(failed()))).toEqual(['restartSkill']);
  });

  it('on trial returns it at the first failure, with a reason that says so', () => {
    const { feed, feedAll, status } = released('trial');
    feedAll([healthy, healthy]);
    expect(feed(failed('boom'))).toMatchObject([
      { kind: 'quarantineSkill', reason: 'trial failed 3 min after release: boom' },
      { kind: 'notifyUser', topic: 'quarantined' },
    ]);
    expect(status()).toEqual({ kind: 'quarantined', reason: 'trial failed 3 min after release: boom' });
  });

  it('on trial returns it even where automatic quarantine is off', () => {
    const { monitor, feed, wall } = watch({ autoQuarantine: false });
    monitor.quarantine('a', 'by hand', wall());
    monitor.release('a', 'trial', wall());
    expect(kinds(feed(failed()))).toEqual(['quarantineSkill', 'notifyUser']);
    expect(monitor.trialChecksLeft('a')).toBeNull();
  });

  it('on trial takes degraded for passed', () => {
    const { monitor, feedAll } = released('trial');
    feedAll(times(3, degraded()));
    expect(monitor.trialChecksLeft('a')).toBeNull();
    expect(kinds(feedAll([failed()]))).toEqual(['restartSkill']);
  });

  it('by force is judged like any other skill, from zero', () => {
    const { monitor, feedAll } = released('force');
    expect(monitor.trialChecksLeft('a')).toBeNull();
    expect(kinds(feedAll(times(4, failed())))).toEqual(times(4, 'restartSkill'));
    expect(kinds(feedAll([failed()]))).toEqual(['quarantineSkill', 'notifyUser']);
  });

  it('changes nothing for a skill that is not in quarantine', () => {
    const { monitor, feed, wall, mono } = watch();
    feed(failed());
    const record = monitor.ledger.get('a');
    expect(monitor.release('a', 'trial', wall())).toBe(record);
    expect(monitor.trialChecksLeft('a')).toBeNull();
    expect(monitor.failuresInWindow('a', mono())).toBe(1);
    expect(kinds(monitor.pendingActions())).toEqual(['restartSkill']);
  });
});

describe('pendingActions', () => {
  it('drains what was decided, in order and once', () => {
    const { monitor, feedAll } = watch();
    const decided = feedAll([...times(4, failed()), degraded()]);
    expect(monitor.pendingActions()).toEqual(decided);
    expect(monitor.pendingActions()).toEqual([]);
  });

  it('stays bounded when nobody drains, and keeps the newest', () => {
    const { monitor, feedAll } = watch({ maxConsecutiveFailures: 1000, maxFailuresInWindow: 1000 });
    feedAll(times(500, failed()));
    const pending = monitor.pendingActions();
    expect(pending.length).toBeLessThanOrEqual(32);
    expect(pending.at(-1)).toMatchObject({ attempt: 500 });
  });

  it('lets only the skill give way that has too many', () => {
    const { monitor } = watch({ maxConsecutiveFailures: 1000, maxFailuresInWindow: 1000 });
    monitor.processCheckResult('quiet', failed(), t0);
    for (let at = t0; at < t0 + 40; at += 1) monitor.processCheckResult('loud', failed(), at);
    const pending = monitor.pendingActions();
    expect(pending[0]).toMatchObject({ skillId: 'quiet', attempt: 1 });
    const loud = pending.filter(({ skillId }) => skillId === 'loud');
    expect(loud).toHaveLength(32);
    // Of forty the eight oldest gave way.
    expect(loud[0]).toMatchObject({ attempt: 9 });
    expect(loud.at(-1)).toMatchObject({ attempt: 40 });
    for (let at = t0 + 40; at < t0 + 80; at += 1) monitor.processCheckResult('loud', failed(), at);
    expect(monitor.pendingActions()).toHaveLength(32);
  });
});

describe('rules of one skill', () => {
  it('apply to it alone, at once, and can be taken back', () => {
    const { monitor, feed } = watch();
    monitor.setSkillConfig('a', { ...defaultHealthMonitorConfig, maxConsecutiveFailures: 1 });
    expect(kinds(monitor.processCheckResult('b', failed(), t0))).toEqual(['restartSkill']);
    monitor.setSkillConfig('a', undefined);
    expect(kinds(feed(failed()))).toEqual(['restartSkill']);
    monitor.setSkillConfig('a', { ...defaultHealthMonitorConfig, maxConsecutiveFailures: 2 });
    expect(kinds(feed(failed()))).toEqual(['quarantineSkill', 'notifyUser']);
  });

  it('follow a changed app configuration where they have none of their own', () => {
    const { monitor, feed } = watch();
    monitor.setConfig({ ...defaultHealthMonitorConfig, maxConsecutiveFailures: 1 });
    expect(kinds(feed(failed()))).toEqual(['quarantineSkill', 'notifyUser']);
  });
});

describe('what survives a restart of the host', () => {
  /** The next host: a new monitor that gets the records and, through JSON, the states. */
  function reborn(earlier: HealthMonitor) {
    const later = watch();
    for (const record of earlier.ledger.allRecords()) {
      later.monitor.ledger.restore(record);
      const stored: unknown = JSON.parse(JSON.stringify(earlier.exportState(record.skillId)));
      later.monitor.restoreState(record.skillId, stored);
    }
    return later;
  }

  it('is announced trouble: the recovery is still told, with its whole length', () => {
    const before = watch({ autoRestart: false });
    before.feedAll([failed(), failed()]);
    const after = reborn(before.monitor);
    expect(after.feed(failed(), 10 * minute)).not.toEqual([]);
    const recovered = after.feed(healthy, 50 * minute);
    expect(recovered).toMatchObject([
      { topic: 'recovered', message: 'Skill a is healthy again after 59 min' },
    ]);
  });

  it('is what was said: nothing is said twice', () => {
    const before = watch();
    before.feedAll([degraded(), misconfigured('no python')]);
    expect(reborn(before.monitor).feedAll([degraded(), misconfigured('no python')])).toEqual([]);
  });

  it('is a trial under way', () => {
    const before = watch();
    before.feedAll(times(5, failed()));
    before.monitor.release('a', 'trial', before.wall());
    before.feed(healthy);
    const after = reborn(before.monitor);
    expect(after.monitor.trialChecksLeft('a')).toBe(2);
    expect(kinds(after.feed(failed()))).toEqual(['quarantineSkill', 'notifyUser']);
  });

  it('is not a damaged state: it counts as calm', () => {
    const { monitor, feed } = watch();
    const damaged: unknown[] = [
      undefined,
      null,
      'x',
      [],
      { trial: { checksLeft: -1, sinceMs: 1 }, trouble: { sinceMs: 'now' }, configurationFailures: 0.5 },
      { trial: { checksLeft: 0, sinceMs: 1 } },
    ];
    for (const state of damaged) {
      monitor.restoreState('a', state);
      expect(monitor.exportState('a')).toEqual({ trial: null, trouble: null, configurationFailures: 0 });
    }
    monitor.restoreState('a', {
      trouble: { sinceMs: t0, told: ['degraded', 'x'], configurationMessages: 7 },
    });
    expect(monitor.exportState('a').trouble).toEqual({
      sinceMs: t0,
      told: ['degraded'],
      configurationMessages: [],
    });
    expect(feed(degraded())).toEqual([]);
  });

  it('cannot turn an attempt negative where state and record do not agree', () => {
    const { monitor, feed } = watch();
    monitor.restoreState('a', { trial: null, trouble: null, configurationFailures: 7 });
    expect(feed(failed())).toMatchObject([{ kind: 'restartSkill', attempt: 1 }]);
  });

  it('is nothing of a skill that was forgotten', () => {
    const { monitor, feed, feedAll, mono } = watch();
    feedAll([degraded(), failed()]);
    monitor.setSkillConfig('a', { ...defaultHealthMonitorConfig, maxConsecutiveFailures: 1 });
    monitor.forget('a');
    expect(monitor.ledger.get('a')).toBeUndefined();
    expect(monitor.pendingActions()).toEqual([]);
    expect(monitor.failuresInWindow('a', mono())).toBe(0);
    expect(feed(failed())).toMatchObject([{ kind: 'restartSkill', attempt: 1 }]);
  });
});
