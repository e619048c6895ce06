import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshFolder, open } from './fixtures.ts';
import { failure, fix, healthy, incident, quarantined, skill, T0, task } from './samples.ts';

describe('a data folder, opened again', () => {
  it('has every skill as it was saved', () => {
    const folder = freshFolder();
    const stored = [
      skill('alpha', {
        paused: true,
        healthSince: T0,
        monitorState: { trial: 2, said: [1, 'x'] },
        fingerprint: 'f',
      }),
      quarantined('beta'),
    ];
    const first = open(folder).storage;
    for (const entry of stored) first.skills.save(entry);
    first.close();
    expect(open(folder).storage.skills.all()).toEqual(stored);
  });

  it('has the latest record of a check round, and keeps what the round did not say', () => {
    const folder = freshFolder();
    const first = open(folder).storage;
    first.skills.save(skill('alpha', { lifecycle: 'disabled', healthSince: 5, fingerprint: 'f' }));
    const record = { ...skill('alpha').record, totalChecks: 9, lastCheck: T0 };
    first.skills.saveRecord('alpha', { ...record, totalChecks: 8 }, 'older', T0 + 1);
    first.skills.saveRecord('alpha', record, 'newer');
    const cause = { kind: 'exit', message: 'exited with code 3', exitCode: 3, signal: null, at: T0 } as const;
    first.skills.saveRecord('newcomer', { ...record, skillId: 'newcomer' }, null, T0, cause);
    first.close();
    const [alpha, newcomer] = open(folder).storage.skills.all();
    expect(alpha).toMatchObject({
      lifecycle: 'disabled',
      record,
      monitorState: 'newer',
      healthSince: T0 + 1,
      fingerprint: 'f',
    });
    expect(newcomer).toMatchObject({
      skillId: 'newcomer',
      lifecycle: 'active',
      paused: false,
      healthSince: T0,
      cause,
    });
  });

  it('does not let an older record overtake a later save', () => {
    const { storage } = open(freshFolder());
    storage.skills.saveRecord('alpha', { ...skill('alpha').record, totalChecks: 1 }, null);
    storage.skills.save(quarantined('alpha'));
    expect(storage.skills.all()).toEqual([quarantined('alpha')]);
    storage.skills.saveRecord('alpha', skill('alpha').record, null);
    storage.skills.remove('alpha');
    expect(storage.skills.all()).toEqual([]);
  });

  it('has the same instance id, another folder another', () => {
    const folder = freshFolder();
    const first = open(folder).storage;
    first.close();
    expect(open(folder).storage.instanceId).toBe(first.instanceId);
    expect(open(freshFolder()).storage.instanceId).not.toBe(first.instanceId);
  });

  it('has fixes, feedback, tasks, runs and open incidents', () => {
    const folder = freshFolder();
    const first = open(folder).storage;
    const kept = first.fixes.insert({ ...fix('install it'), skillId: 'alpha' });
    const gone = first.fixes.insert(fix('wrong'));
    first.fixes.update({ ...kept, successCount: 3, lastUsedAt: T0 });
    first.fixes.addFeedback({ fixId: kept.id, skillId: 'alpha', worked: true, at: T0 });
    first.fixes.remove(gone.id);
    first.tasks.save({ ...task('t'), running: true });
    first.tasks.addRun({
      taskId: 't',
      startedAt: T0,
      durationMs: 1.5,
      outcome: 'success',
      softTimeout: false,
      summary: 's',
    });
    first.runs.put({ skillId: 'alpha', pid: 7, startTicks: '99', runId: 'r1', startedAt: T0 });
    first.runs.put({ skillId: 'beta', pid: 8, startTicks: null, runId: 'r2', startedAt: T0 });
    first.runs.remove('beta', 'r2');
    const opened = first.incidents.open(incident('alpha'));
    first.incidents.update({ ...opened, failures: 4, note: 'looking' });
    first.close();

    const { storage } = open(folder);
    expect(storage.fixes.all()).toEqual([{ ...kept, successCount: 3, lastUsedAt: T0 }]);
    expect(storage.fixes.feedback(kept.id)).toEqual([
      { fixId: kept.id, skillId: 'alpha', worked: true, at: T0 },
    ]);
    expect(storage.fixes.insert(fix('next')).id).toBeGreaterThan(gone.id);
    expect(storage.tasks.all()).toEqual([task('t')]);
    expect(storage.tasks.runs({ taskId: 't' })).toHaveLength(1);
    expect(storage.tasks.runs({ taskId: 'other' })).toEqual([]);
    expect(storage.runs.all()).toEqual([
      { skillId: 'alpha', pid: 7, startTicks: '99', runId: 'r1', startedAt: T0 },
    ]);
    expect(storage.incidents.current('alpha')).toEqual({ ...opened, failures: 4, note: 'looking' });
  });

  it.skipIf(process.platform === 'win32')('lets nobody but its owner in', () => {
    const folder = join(freshFolder(), 'data');
    const { storage } = open(folder);
    storage.logs.append({ at: T0, skillId: 'alpha', stream: 'stderr', level: 'info', text: 'x' });
    storage.close();
    const again = open(folder).storage;
    again.skills.save(skill('alpha'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of ['skillward.db', 'skillward.db-wal', 'logs/alpha.log']) {
      expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
    }
    expect(statSync(join(folder, 'logs')).mode & 0o777).toBe(0o700);
  });
});

describe('checks', () => {
  it('come back as they were, newest first, page by page, also before they are flushed', () => {
    const { storage } = open(freshFolder());
    const checks = [
      healthy(T0),
      failure(T0 + 1),
      { at: T0 + 2, outcome: { kind: 'degraded', detail: 'queue 7' }, latencyMs: 0.1 } as const,
      { at: T0 + 3, outcome: { kind: 'failed', error: 'boom' }, latencyMs: 3, error: 'other words' } as const,
      failure(T0 + 4),
    ];
    for (const check of checks) storage.checks.append('alpha', check);
    expect(storage.checks.list('alpha')).toEqual(checks.toReversed());
    expect(storage.checks.list('alpha', T0 + 3, 2)).toEqual([checks[2], checks[1]]);
    expect(storage.checks.list('unknown')).toEqual([]);
  });

  it('of one millisecond are all kept', () => {
    const { storage } = open(freshFolder());
    for (let n = 0; n < 3; n += 1) storage.checks.append('alpha', healthy(T0, n));
    storage.checks.flush();
    storage.checks.append('alpha', failure(T0));
    expect(storage.checks.list('alpha').map((check) => check.latencyMs)).toEqual([null, 2, 1, 0]);
  });

  it('are counted by signature over all skills', () => {
    const { storage } = open(freshFolder());
    storage.checks.append('alpha', failure(T0));
    storage.checks.append('alpha', failure(T0 + 1, 'exit code 2'));
    storage.checks.append('beta', failure(T0));
    expect(storage.checks.countMatching('exit code <num>')).toEqual({ errors: 3, skills: 2 });
    expect(storage.checks.countMatching('never seen')).toEqual({ errors: 0, skills: 0 });
  });

  it('that are none are refused before anything is stored', () => {
    const { storage } = open(freshFolder());
    expect(() => storage.checks.append('alpha', { ...healthy(T0), at: 1.5 })).toThrow();
    expect(() => storage.checks.append('../alpha', healthy(T0))).toThrow();
    expect(storage.checks.list('alpha')).toEqual([]);
  });
});

describe('actions, incidents and notices', () => {
  it('are listed newest first, of one skill or of all', () => {
    const { storage } = open(freshFolder());
    const add = (at: number, skillId: string | null) =>
      storage.actions.add({
        at,
        kind: 'restartSkill',
        skillId,
        origin: 'monitor',
        reason: 'r',
        result: 'done',
      });
    const first = add(T0, 'alpha');
    const second = add(T0, 'beta');
    const third = add(T0 + 5, 'alpha');
    expect(storage.actions.list({})).toEqual([third, second, first]);
    expect(storage.actions.list({ skillId: 'alpha', limit: 1 })).toEqual([third]);
    expect(storage.actions.list({ before: T0 + 5 })).toEqual([second, first]);

    const older = storage.incidents.open({ ...incident('alpha'), endedAt: T0 + 1, state: 'resolved' });
    const newer = storage.incidents.open(incident('alpha', T0 + 2));
    expect(storage.incidents.list({})).toEqual([newer, older]);
    expect(storage.incidents.list({ before: T0 + 2 })).toEqual([older]);
    expect(storage.incidents.openAll()).toEqual([newer]);
    expect(storage.incidents.current('beta')).toBeNull();

    const notice = { at: T0, level: 'info', title: 't', body: 'b', skillId: null } as const;
    const ids = [storage.noticeLog.add(notice).id, storage.noticeLog.add(notice).id];
    expect(storage.noticeLog.list(10).map((entry) => entry.id)).toEqual(ids.toReversed());
  });

  it('are found by who acted and what was done', () => {
    const { storage } = open(freshFolder());
    const add = (kind: 'restartSkill' | 'muteIncident', origin: 'monitor' | 'user') =>
      storage.actions.add({ at: T0, kind, skillId: 'alpha', origin, reason: 'r', result: 'done' });
    const [restart, ordered, mute] = [
      add('restartSkill', 'monitor'),
      add('restartSkill', 'user'),
      add('muteIncident', 'user'),
    ];
    expect(storage.actions.list({ origin: 'user' })).toEqual([mute, ordered]);
    expect(storage.actions.list({ kinds: ['restartSkill'] })).toEqual([ordered, restart]);
    expect(storage.actions.list({ kinds: ['muteIncident'], origin: 'monitor' })).toEqual([]);
  });

  it('keep what people say about an incident, and find it by state and signature', () => {
    const folder = freshFolder();
    const { storage } = open(folder);
    const first = storage.incidents.open({ ...incident('alpha'), signature: 'one' });
    const second = storage.incidents.open({ ...incident('alpha', T0 + 2), signature: 'two' });
    const taken = {
      ...first,
      state: 'acknowledged' as const,
      acknowledged: { at: T0 + 5, until: T0 + 9 },
      regressionOf: 7,
    };
    const ended = {
      ...second,
      state: 'resolved' as const,
      endedAt: T0 + 8,
      ended: { by: 'user' as const, fixId: 3 },
    };
    storage.incidents.decide(taken);
    storage.incidents.decide(ended);
    storage.close();
    const again = open(folder).storage;
    expect(again.incidents.get(first.id)).toEqual(taken);
    expect(again.incidents.get(4711)).toBeUndefined();
    expect(again.incidents.openAll()).toEqual([taken]);
    expect(again.incidents.list({ states: ['resolved'] })).toEqual([ended]);
    expect(again.incidents.list({ states: ['open', 'acknowledged'] })).toEqual([taken]);
    expect(again.incidents.list({ signature: 'two', skillId: 'alpha' })).toEqual([ended]);
    expect(again.incidents.list({ signature: 'two', skillId: 'beta' })).toEqual([]);
  });

  it('bring a notice up to date in its place', () => {
    const { storage } = open(freshFolder());
    const group = storage.noticeLog.add({
      at: T0,
      level: 'error',
      title: '3 skills are failing',
      body: 'b',
      skillId: null,
      key: 'group:trouble',
      skillIds: ['a', 'b', 'c'],
    });
    const other = storage.noticeLog.add({
      at: T0,
      level: 'info',
      title: 't',
      body: 'b',
      skillId: 'a',
      incidentId: 4,
      silent: true,
    });
    const grown = storage.noticeLog.update({ ...group, at: T0 + 9, skillIds: ['a', 'b', 'c', 'd'] });
    expect(storage.noticeLog.list(10)).toEqual([other, grown]);
  });

  it('mark a chart with what happened, not with what was said', () => {
    const { storage } = open(freshFolder());
    for (const [at, kind] of [
      [T0, 'restartSkill'],
      [T0 + 1, 'notifyUser'],
      [T0 + 2, 'quarantineSkill'],
      [T0 + 9, 'releaseSkill'],
    ] as const) {
      storage.actions.add({ at, kind, skillId: 'alpha', origin: 'monitor', reason: kind, result: 'done' });
    }
    for (const [at, kind] of [
      [T0 + 1, 'changeConfig'],
      [T0 + 3, 'hostAsleep'],
      [T0 + 4, 'hostAwake'],
      [T0 + 6, 'hostAsleep'],
    ] as const) {
      storage.actions.add({ at, kind, skillId: null, origin: 'monitor', reason: kind, result: 'done' });
    }
    const slept = [
      { at: T0 + 3, kind: 'hostAsleep', reason: 'hostAsleep' },
      { at: T0 + 4, kind: 'hostAwake', reason: 'hostAwake' },
    ];
    expect(storage.actions.marks('alpha', T0, T0 + 5)).toEqual([
      { at: T0, kind: 'restartSkill', reason: 'restartSkill' },
      { at: T0 + 2, kind: 'quarantineSkill', reason: 'quarantineSkill' },
      ...slept,
    ]);
    // What the host slept through is every skill's.
    expect(storage.actions.marks('beta', T0, T0 + 5)).toEqual(slept);
  });
});
