import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { Incident, Notice } from '../../../shared/model/action.ts';
import { removeDir, startHost, type TestHost, tempDir, writeSkills } from '../../support/host-process.ts';
import { sickOnDemandSkill } from '../../support/python-skills.ts';

const quick =
  '[health]\ncheck_interval_secs = 1\nauto_restart = false\nmax_consecutive_failures = 50\nmax_failures_in_window = 50\n';
const REFUSED = 'HTTPStatusError: 401 Client Error: Unauthorized for url https://api.example.com/v1/me';
const HOUR_MS = 3_600_000;
const hosts: TestHost[] = [];
const run = promisify(execFile);

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
  return host;
}

/** Kills the host, lets `meanwhile` happen, and starts it on the same data. */
async function again(host: TestHost, meanwhile: () => void = () => undefined): Promise<TestHost> {
  await host.kill9();
  hosts.splice(hosts.indexOf(host), 1);
  meanwhile();
  const next = await startHost({ skillsDir: host.skillsDir, dataDir: host.dataDir });
  hosts.push(next);
  return next;
}

const sicken = (host: TestHost, id: string, text = REFUSED) =>
  writeFileSync(join(host.skillsDir, id, 'sick'), text);
const heal = (host: TestHost, id: string) => rmSync(join(host.skillsDir, id, 'sick'));
const changed = (host: TestHost, wanted: (incident: Incident) => boolean): Promise<Incident> =>
  host.client
    .event('incident.changed', (told: { incident: Incident }) => wanted(told.incident))
    .then(({ payload }) => payload.incident);
const get = (host: TestHost, incidentId: number) => host.client.call('incident.get', { incidentId });
const refusal = (host: TestHost, command: string, payload: object): Promise<string> =>
  host.client.call(command, payload).then(
    () => 'done',
    (error: { code?: string; message: string }) => `${error.code ?? ''} ${error.message}`,
  );

describe('an incident', () => {
  it('keeps what people said about it through kill -9, and each word is an action on record', async () => {
    const host = await start(['shop']);
    sicken(host, 'shop');
    const { id } = await changed(host, () => true);
    const until = Date.now() + HOUR_MS;
    await host.client.call('incident.ack', { incidentId: id, note: 'Ann looks after it', until });
    await host.client.call('incident.mute', { incidentId: id, until: 'recovery' });

    const next = await again(host);
    const { incident, actions } = await get(next, id);
    expect(incident).toMatchObject({
      state: 'acknowledged',
      note: 'Ann looks after it',
      acknowledged: { until },
      endedAt: null,
    });
    expect(incident.mutedUntil).toBeGreaterThan(until);
    const kinds = actions.map((action: { kind: string }) => action.kind);
    expect(kinds).toEqual(expect.arrayContaining(['acknowledgeIncident', 'muteIncident']));
    const { incidents } = await next.client.call('state.snapshot');
    expect(incidents).toContainEqual(expect.objectContaining({ id, state: 'acknowledged' }));
  });

  it('is open again when the time it was taken on for is over, also while no host ran', async () => {
    const host = await start(['shop', 'bank']);
    sicken(host, 'shop');
    const { id } = await changed(host, (one) => one.skillId === 'shop');
    await host.client.call('incident.ack', { incidentId: id, until: Date.now() + 300 });
    expect(await changed(host, (one) => one.id === id && one.state === 'open')).not.toHaveProperty(
      'acknowledged',
    );

    sicken(host, 'bank');
    const other = await changed(host, (one) => one.skillId === 'bank');
    await host.client.call('incident.ack', { incidentId: other.id, until: Date.now() + 50 });
    const next = await again(host);
    expect((await get(next, other.id)).incident).toMatchObject({ state: 'open', endedAt: null });
    const { actions } = await next.client.call('action.list', {
      kinds: ['reopenIncident'],
      origin: 'monitor',
    });
    expect(actions.map((action: { skillId: string }) => action.skillId).sort()).toEqual(['bank', 'shop']);
  });

  it('resolved by hand leaves the health record alone, and comes back as a regression', async () => {
    const host = await start(['shop']);
    const { pattern } = await host.client.call('fix.record', {
      error: REFUSED,
      fixDescription: 'Renew the token',
    });
    sicken(host, 'shop');
    const first = await changed(host, () => true);
    await host.client.call('incident.mute', { incidentId: first.id, until: Date.now() + HOUR_MS });
    const { incident } = await host.client.call('incident.resolve', {
      incidentId: first.id,
      fixId: pattern.id,
      note: 'token renewed',
    });
    expect(incident).toMatchObject({
      state: 'resolved',
      note: 'token renewed',
      ended: { by: 'user', fixId: pattern.id },
    });
    const { skills } = await host.client.call('skill.health.status');
    expect(skills[0]).toMatchObject({ status: { kind: 'failing' } });

    const second = await changed(host, (one) => one.id > first.id);
    expect(second).toMatchObject({ regressionOf: first.id, state: 'open', mutedUntil: incident.mutedUntil });
    const { similar } = await get(host, second.id);
    expect(similar[0]).toMatchObject({ incident: { id: first.id }, score: 1 });
    expect(similar[0].why).toMatch(/^The same error in this skill, once before; a fix ended it after /);
    expect(await refusal(host, 'incident.reopen', { incidentId: first.id })).toContain(
      `incident ${second.id}`,
    );
  });

  it('tells its story: checks and actions from before its start to its end, lines of the log, and how long it lasted', async () => {
    const host = await start(['shop']);
    await host.client.event('health.checked');
    sicken(host, 'shop');
    const { id } = await changed(host, () => true);
    heal(host, 'shop');
    const over = await changed(host, (one) => one.endedAt !== null);
    expect(over).toMatchObject({ id, state: 'resolved', ended: { by: 'recovery' } });
    const { checks } = await get(host, id);
    const kinds = checks.map((check: { outcome: { kind: string } }) => check.outcome.kind);
    expect(kinds[0]).toBe('healthy');
    expect(kinds.at(-1)).toBe('healthy');
    expect(kinds).toContain('failed');
    expect(await refusal(host, 'incident.ack', { incidentId: id })).toContain('is over');
    // What ended by itself can still be told with what mended it.
    const told = await host.client.call('incident.resolve', { incidentId: id, note: 'the token' });
    expect(told.incident).toMatchObject({
      ended: { by: 'recovery' },
      endedAt: over.endedAt,
      note: 'the token',
    });
  });

  it('can be taken back: an acknowledgement, and a resolution as long as nothing came after it', async () => {
    const host = await start(['shop'], quick.replace('interval_secs = 1', 'interval_secs = 300'));
    await host.client.event('health.checked');
    sicken(host, 'shop');
    await host.client.call('skill.health.check', { skillId: 'shop' });
    const [{ id }] = (await host.client.call('incident.list', { states: ['open'] })).incidents;
    await host.client.call('incident.ack', { incidentId: id });
    await host.client.call('incident.resolve', { incidentId: id });
    expect((await host.client.call('incident.list', { states: ['open'] })).incidents).toEqual([]);
    const { incident } = await host.client.call('incident.reopen', { incidentId: id });
    expect(incident).toMatchObject({ state: 'acknowledged', endedAt: null });
    expect((await host.client.call('incident.reopen', { incidentId: id })).incident).toMatchObject({
      state: 'open',
    });
    expect(await refusal(host, 'incident.reopen', { incidentId: id })).toContain('conflict');
    await host.client.call('incident.resolve', { incidentId: id });
    await host.client.call('skill.disable', { skillId: 'shop' });
    expect(await refusal(host, 'incident.reopen', { incidentId: id })).toContain('out of service');
    expect(await refusal(host, 'incident.ack', { incidentId: id, until: 5 })).toContain('is over');
    expect(await refusal(host, 'incident.mute', { incidentId: 4711, until: null })).toContain('not_found');
  });
});

describe('the command line', { timeout: 90_000 }, () => {
  it('lists incidents, takes one on for a time, mutes and resolves it', async () => {
    const host = await start(['shop']);
    sicken(host, 'shop', `${REFUSED}\n\u001b[31mred`);
    const { id } = await changed(host, () => true);
    const skillward = async (...args: readonly string[]) => {
      const command = ['out/main/cli.js', '--data-dir', host.dataDir, ...args];
      return run(process.execPath, command).then(
        ({ stdout }) => stdout,
        (error: { stderr: string }) => error.stderr,
      );
    };
    expect(await skillward('ack', String(id), '--note', 'Ann is on it', '--for', '4h')).toBe(
      `Incident #${id} of shop is acknowledged for 4 h.\n`,
    );
    const listed = await skillward('incidents');
    expect(listed).toMatch(/#1 +shop +acknowledged +.*ago +.* s +\d+ +.*red/);
    expect(listed).not.toContain('\u001b');
    expect(JSON.parse(await skillward('incidents', '--json')).incidents).toMatchObject([
      { id, note: 'Ann is on it', acknowledged: { until: expect.any(Number) } },
    ]);
    expect(await skillward('mute', `#${id}`)).toBe(`Incident #${id} of shop is muted until it ends.\n`);
    expect(await skillward('resolve', String(id), '--fix', '99')).toContain('[not_found]');
    heal(host, 'shop');
    await changed(host, (one) => one.endedAt !== null);
    expect(await skillward('ack', String(id))).toContain('is over');
    expect(await skillward('incidents', '--all')).toMatch(/#1 +shop +resolved/);
  });
});

describe('notices', () => {
  const kept = async (host: TestHost): Promise<Notice[]> =>
    (await host.client.call('state.snapshot')).notices;

  it('of 50 skills that cannot start are one, for all of them', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `skill-${index}`);
    const host = await start(ids, `interpreter = "/no/such/python"\n${quick}`);
    const told = await host.client.event(
      'notification',
      ({ notice }: { notice: Notice }) => notice.skillIds?.length === 50,
    );
    const notices = await kept(host);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({
      id: told.payload.notice.id,
      title: '50 skills cannot start',
      skillId: null,
    });
    // Each is an action on record all the same.
    const { actions } = await host.client.call('action.list', { kinds: ['notifyUser'], limit: 100 });
    expect(actions).toHaveLength(50);
  });

  it('are silent while muted, and one leads to its incident with how long it lasted', async () => {
    const host = await start(['shop', 'bank'], quick.replace('= 50\nmax_f', '= 1\nmax_f'));
    await host.client.event('health.checked', (check: { skillId: string }) => check.skillId === 'bank');
    await host.client.event('health.checked', (check: { skillId: string }) => check.skillId === 'shop');
    sicken(host, 'shop');
    const { payload } = await host.client.event('notification');
    const [{ id }] = (await host.client.call('incident.list', { skillId: 'shop' })).incidents;
    expect(payload.notice).toMatchObject({ title: 'shop is in quarantine', incidentId: id, skillId: 'shop' });
    expect(payload.notice).not.toHaveProperty('silent');

    await host.client.call('config.patch', { notifications: { mutedUntil: Date.now() + HOUR_MS } });
    sicken(host, 'bank');
    const muted = await host.client.event(
      'notification',
      ({ notice }: { notice: Notice }) => notice.skillId === 'bank',
    );
    expect(muted.payload.notice).toMatchObject({ silent: true });
    expect((await kept(host)).map((notice) => notice.silent === true)).toEqual([true, false]);
  });
});
