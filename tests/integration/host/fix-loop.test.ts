import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { removeDir, startHost, type TestHost, tempDir, writeSkills } from '../../support/host-process.ts';
import { sickOnDemandSkill } from '../../support/python-skills.ts';

const quick =
  '[health]\ncheck_interval_secs = 1\nauto_restart = false\nmax_consecutive_failures = 50\nmax_failures_in_window = 50\n';
const REFUSED = 'HTTPStatusError: 401 Client Error: Unauthorized for url https://api.example.com/v1/me';
const hosts: TestHost[] = [];

afterEach(async () => {
  for (const host of hosts.splice(0)) {
    await host.stop().catch(() => undefined);
    removeDir(host.dataDir);
    removeDir(host.skillsDir);
  }
});

async function start(ids: readonly string[], manifest = quick): Promise<TestHost> {
  const skills = Object.fromEntries(ids.map((id) => [id, { manifest, source: sickOnDemandSkill }]));
  const host = await startHost({ skillsDir: writeSkills(tempDir(), skills) });
  hosts.push(host);
  for (const id of ids) await host.client.event('health.checked', (check) => check.skillId === id);
  return host;
}

async function again(host: TestHost): Promise<TestHost> {
  await host.kill9();
  hosts.splice(hosts.indexOf(host), 1);
  const next = await startHost({ skillsDir: host.skillsDir, dataDir: host.dataDir });
  hosts.push(next);
  return next;
}

const sicken = (host: TestHost, id: string, text: string) =>
  writeFileSync(join(host.skillsDir, id, 'sick'), text);
const heal = (host: TestHost, id: string) => rmSync(join(host.skillsDir, id, 'sick'));
const incident = (host: TestHost, id: string, after = 0) =>
  host.client
    .event('incident.changed', (told) => told.incident.skillId === id && told.incident.id > after)
    .then(({ payload }) => payload.incident);
const trialIs = (host: TestHost, state: string) =>
  host.client.event('fix.trial', ({ trial }) => trial.state === state).then(({ payload }) => payload.trial);
const fixOf = async (host: TestHost, id: number) =>
  (await host.client.call('fix.list')).patterns.find((one: { id: number }) => one.id === id);

describe('a known error', () => {
  it('of another skill, with other paths, ids and times, is suggested its fix with the incident', async () => {
    const host = await start(['bank', 'shop']);
    const { pattern } = await host.client.call('fix.record', {
      error:
        "2026-01-15T12:34:56Z job 7f3a FileNotFoundError: [Errno 2] No such file: '/home/ann/in/4711.csv'",
      fixDescription: 'Mount the share',
    });
    sicken(
      host,
      'shop',
      "2026-11-02T01:02:03Z job 9c1e FileNotFoundError: [Errno 2] No such file: '/srv/x/out/17.csv'",
    );
    const { error, id } = await incident(host, 'shop');
    expect(id).toBeGreaterThan(0);
    const { matches } = await host.client.call('fix.match', { error, skillId: 'shop' });
    expect(matches[0]).toMatchObject({ tier: 'exact', pattern: { id: pattern.id } });
  });

  it('with another status is not suggested the fix of a 503', async () => {
    const host = await start(['bank']);
    await host.client.call('fix.record', {
      error: 'HTTPStatusError: 503 Server Error: Service Unavailable for url https://api.example.com/v1/me',
      fixDescription: 'Wait for the maintenance to end',
    });
    sicken(host, 'bank', REFUSED);
    const { error } = await incident(host, 'bank');
    expect((await host.client.call('fix.match', { error, skillId: 'bank' })).matches).toEqual([]);
  });

  it('is told with its fix', async () => {
    const host = await start(['bank'], quick.replace('= 50\nmax_f', '= 2\nmax_f'));
    await host.client.call('fix.record', { error: REFUSED, fixDescription: 'Renew the token' });
    sicken(host, 'bank', REFUSED);
    const { payload } = await host.client.event('notification');
    expect(payload.notice.body).toContain('Known fix: “Renew the token”');
  });
});

describe('an applied fix', () => {
  it('has worked after three healthy checks, and is a regression when the error is back', async () => {
    const host = await start(['bank']);
    const { pattern } = await host.client.call('fix.record', {
      error: REFUSED,
      fixDescription: 'Renew the token',
    });
    sicken(host, 'bank', REFUSED);
    const first = await incident(host, 'bank');
    const applied = await host.client.call('fix.apply', {
      fixId: pattern.id,
      skillId: 'bank',
      incidentId: first.id,
    });
    expect(applied.trial).toMatchObject({ state: 'watching', origin: 'user', incidentId: first.id });
    const { actions } = await host.client.call('action.list', { skillId: 'bank' });
    expect(actions).toContainEqual(expect.objectContaining({ kind: 'applyFix', origin: 'user' }));
    appendFileSync(join(host.skillsDir, 'bank', 'skill.py'), '\n# a new token\n');
    heal(host, 'bank');
    expect(await trialIs(host, 'worked')).toMatchObject({ healthyChecks: 3 });
    expect(await fixOf(host, pattern.id)).toMatchObject({ successCount: 2, failureCount: 0 });
    // The fix explains the recovery: nobody is asked what helped.
    expect(await host.client.call('fix.proposals')).toEqual({ proposals: [] });

    sicken(host, 'bank', REFUSED);
    await trialIs(host, 'regressed');
    const second = await incident(host, 'bank', first.id);
    await host.client.event('incident.changed', ({ incident: one }) => one.regressedFixId === pattern.id);
    const { incidents } = await host.client.call('incident.list', { skillId: 'bank' });
    expect(incidents[0]).toMatchObject({ id: second.id, regressedFixId: pattern.id });
    expect(await fixOf(host, pattern.id)).toMatchObject({ successCount: 1, failureCount: 1 });
  });

  it('with a safe action carries it out, and has failed when the error stays', async () => {
    const host = await start(['bank']);
    const { pattern } = await host.client.call('fix.record', {
      error: REFUSED,
      fixDescription: 'Restart it',
      safeAction: 'restart',
    });
    expect(pattern).toMatchObject({ safeAction: 'restart', autoApply: false });
    sicken(host, 'bank', REFUSED);
    await incident(host, 'bank');
    const pid = (await host.client.call('skill.list')).skills[0].process.pid;
    const { trial } = await host.client.call('fix.apply', { fixId: pattern.id, skillId: 'bank' });
    expect(trial.inForce).toBe(true);
    expect((await host.client.call('skill.list')).skills[0].process.pid).not.toBe(pid);
    await trialIs(host, 'failed');
    expect(await fixOf(host, pattern.id)).toMatchObject({ successCount: 1, failureCount: 1 });
  });

  it('is still judged after the host was killed', async () => {
    const before = await start(['bank']);
    const { pattern } = await before.client.call('fix.record', {
      error: REFUSED,
      fixDescription: 'Renew the token',
    });
    sicken(before, 'bank', REFUSED);
    await incident(before, 'bank');
    await before.client.call('fix.apply', { fixId: pattern.id, skillId: 'bank' });
    const host = await again(before);
    heal(host, 'bank');
    await trialIs(host, 'worked');
    expect(await fixOf(host, pattern.id)).toMatchObject({ successCount: 2 });
  });

  it('is applied by itself only where a person allowed it', async () => {
    const host = await start(['bank'], quick.replace('= 50\nmax_f', '= 2\nmax_f'));
    const { pattern } = await host.client.call('fix.record', {
      error: REFUSED,
      fixDescription: 'Give it another trial',
      safeAction: 'release-trial',
    });
    sicken(host, 'bank', REFUSED);
    await host.client.event(
      'skill.changed',
      ({ skill }) => skill.lifecycle === 'quarantined' && skill.process.state === 'stopped',
    );
    await host.client.call('host.ping');
    expect((await host.client.call('fix.trials')).trials).toEqual([]);

    await host.client.call('fix.update', {
      fixId: pattern.id,
      fixDescription: pattern.fixDescription,
      autoApply: true,
    });
    heal(host, 'bank');
    await host.client.call('skill.release', { skillId: 'bank', mode: 'force' });
    await host.client.event('incident.changed', ({ incident: one }) => one.state === 'resolved');
    const seen = host.client.events.length;
    sicken(host, 'bank', REFUSED);
    const { trial } = await host.client.until(
      () => host.client.events.slice(seen).find((line) => line.event === 'fix.trial')?.payload,
    );
    expect(trial).toMatchObject({ origin: 'monitor', fixId: pattern.id });
    await host.client.event('fix.trial', (told) => told.trial.state === 'failed');
    const { actions } = await host.client.call('action.list', { skillId: 'bank' });
    const released = actions.filter((one: { kind: string }) => one.kind === 'releaseSkill');
    expect(released.map((one: { origin: string }) => one.origin)).toEqual(['monitor', 'user']);
  });

  it('must be a known one, and the incident must not be over', async () => {
    const host = await start(['bank']);
    const { pattern } = await host.client.call('fix.record', { error: REFUSED, fixDescription: 'Renew it' });
    const refused = await host.client.request('fix.apply', { fixId: 99, skillId: 'bank' });
    const well = await host.client.request('fix.apply', { fixId: pattern.id, skillId: 'bank' });
    expect(well.error).toMatchObject({ code: 'conflict', message: expect.stringContaining('healthy') });
    expect(refused.error?.code).toBe('not_found');
    const over = { fixId: pattern.id, skillId: 'bank', incidentId: 99 };
    expect((await host.client.request('fix.apply', over)).error?.code).toBe('conflict');
    expect((await host.client.call('fix.trials')).trials).toEqual([]);
  });
});

describe('a recovery a person had a hand in', () => {
  it('is asked about, with what was done, also when the host was killed in between', async () => {
    const before = await start(['bank']);
    sicken(before, 'bank', REFUSED);
    const { id } = await incident(before, 'bank');
    appendFileSync(join(before.skillsDir, 'bank', 'skill.py'), '\n# a new token\n');
    const host = await again(before);
    // Stopped, no check can see the recovery before the person acts.
    await host.client.call('skill.stop', { skillId: 'bank' });
    heal(host, 'bank');
    await host.client.call('skill.restart', { skillId: 'bank' });
    const { payload } = await host.client.event('fix.proposal');
    expect(payload.proposal).toMatchObject({
      incidentId: id,
      skillId: 'bank',
      error: expect.stringContaining('401'),
      suggestion: 'Changed skill.py and restarted it',
      state: 'open',
    });
    const proposalId = payload.proposal.id;
    await host.client.event('notification', ({ notice }) => notice.proposalId === proposalId);
    const fix = { error: payload.proposal.error, fixDescription: 'Put the new token in' };
    const unknown = await host.client.request('fix.record', { ...fix, proposalId: 99 });
    expect(unknown.error?.code).toBe('not_found');
    expect((await host.client.call('fix.list')).patterns).toEqual([]);
    await host.client.call('fix.record', { ...fix, proposalId });
    expect(await host.client.call('fix.proposals')).toEqual({ proposals: [] });
  });

  it('is not asked about when nobody did anything, and not again once dismissed', async () => {
    const host = await start(['bank', 'shop']);
    sicken(host, 'bank', REFUSED);
    sicken(host, 'shop', REFUSED);
    await incident(host, 'bank');
    await incident(host, 'shop');
    heal(host, 'bank');
    await host.client.call('config.patch', { overrides: { shop: { health: { healthTimeoutSecs: 5 } } } });
    heal(host, 'shop');
    const { payload } = await host.client.event('fix.proposal');
    expect(payload.proposal).toMatchObject({
      skillId: 'shop',
      suggestion: 'Set health.healthTimeoutSecs',
    });
    await host.client.event(
      'incident.changed',
      ({ incident: one }) => one.skillId === 'bank' && one.state === 'resolved',
    );
    expect((await host.client.call('fix.proposals')).proposals).toHaveLength(1);
    await host.client.call('fix.proposals.dismiss', { proposalId: payload.proposal.id });
    expect(await host.client.call('fix.proposals')).toEqual({ proposals: [] });
  });
});

describe('fixes', () => {
  it('travel to another machine without secrets or permissions, and twice is once', async () => {
    const from = await start(['bank']);
    await from.client.call('fix.record', {
      error: 'ValueError: bad key for /home/ann/app',
      fixDescription: 'Set API_KEY=sk-abcdefghijklmnopqrstuvwxyz123456 anew',
      safeAction: 'restart',
      autoApply: true,
    });
    const file = await from.client.call('fix.export');
    expect(file).toMatchObject({ format: 'skillward-fixes', version: 1 });
    expect(JSON.stringify(file)).not.toMatch(/sk-abc|ann|autoApply/);

    const to = await start(['shop']);
    const { patterns } = file;
    const preview = await to.client.call('fix.import', { patterns, mode: 'preview' });
    expect(preview).toEqual({ added: 1, same: 0, conflicting: 0, refused: 0 });
    expect((await to.client.call('fix.list')).patterns).toEqual([]);
    await to.client.call('fix.import', { patterns, mode: 'merge' });
    expect(await to.client.call('fix.import', { patterns, mode: 'merge' })).toMatchObject({
      added: 0,
      same: 1,
    });
    const host = await again(to);
    const { patterns: kept } = await host.client.call('fix.list');
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject({ successCount: 1, safeAction: 'restart', autoApply: false });
  });
});
