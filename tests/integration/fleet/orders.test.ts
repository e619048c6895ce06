import { cpSync } from 'node:fs';
import { headers } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FleetPeer } from '../../support/fleet-peer.ts';
import { removeDir, startHost, type TestHost, tempDir, writeSkills } from '../../support/host-process.ts';
import { natsServer, startBroker, type TestBroker } from '../../support/nats-server.ts';
import { healthySkill } from '../../support/python-skills.ts';

let broker: TestBroker;
let host: TestHost;
let peer: FleetPeer;
let hostId: string;

const join = (role: 'viewer' | 'operator') =>
  host.client.call('fleet.join', { servers: [broker.url], auth: { kind: 'none' }, role });
const actions = async (): Promise<{ kind: string; origin: string; reason: string }[]> =>
  (await host.client.call('action.list', { skillId: 'calm' })).actions;
const state = async () => {
  const { skills } = await host.client.call('skill.list');
  const { restarts } = skills[0].process;
  return { lifecycle: skills[0].lifecycle, paused: skills[0].paused, pid: skills[0].process.pid, restarts };
};

describe.skipIf(natsServer === null)('orders of other hosts', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    broker = await startBroker();
    host = await startHost({ skillsDir: writeSkills(tempDir(), { calm: { source: healthySkill } }) });
    await host.client.event('health.checked');
    hostId = (await host.client.call('fleet.status')).hostId;
    peer = await FleetPeer.connect(broker.url, 'other');
  }, 60_000);

  afterAll(async () => {
    await peer.close();
    await host.stop();
    await broker.remove();
    removeDir(host.dataDir);
    removeDir(host.skillsDir);
  });

  it('are refused by a host that only lets others look, whatever they ask on and however', async () => {
    await join('viewer');
    const before = await state();
    const asked = await peer.ask(hostId, 'view', 'skill.list');
    expect(asked).toMatchObject({ ok: true, payload: { skills: [{ id: 'calm', folder: 'calm' }] } });
    for (const command of ['skill.stop', 'skill.restart', 'skill.disable']) {
      const refused = await peer.ask(hostId, 'operate', command, { skillId: 'calm' });
      expect(refused.error).toMatchObject({
        code: 'not_allowed',
        message: expect.stringContaining('--role operator'),
      });
    }
    await join('operator');
    // An operator's host, but on the subject for those who only look.
    const onView = await peer.ask(hostId, 'view', 'skill.stop', { skillId: 'calm' });
    expect(onView.error).toMatchObject({ code: 'not_allowed', message: expect.stringContaining('"view"') });
    for (const [command, payload] of [
      ['config.patch', { fleet: { role: 'operator' } }],
      ['config.export', {}],
      ['credential.list', {}],
      ['skill.invoke', { skillId: 'calm', method: 'anything' }],
      ['skill.install', { path: '/etc' }],
      ['fleet.leave', {}],
      ['fleet.call', { hostId: 'another', command: 'host.ping' }],
      ['events.subscribe', {}],
      ['fix.record', { error: 'E', fixDescription: 'F', safeAction: 'restart', autoApply: true }],
    ] as const) {
      expect((await peer.ask(hostId, 'operate', command, payload)).error?.code, command).toBe('not_allowed');
    }
    expect(await state()).toEqual(before);
    expect(await actions()).toEqual([]);
  });

  it('tell no folder and no address of this machine, in snapshots, answers and events', async () => {
    await host.client.call('config.patch', { skills: { folders: [host.skillsDir] } });
    const { data } = await peer.connection.request(`skillward.${hostId}.snapshot`, '', { timeout: 10_000 });
    const told = [new TextDecoder().decode(data)];
    for (const command of ['state.snapshot', 'runtime.status', 'config.get', 'skill.list'])
      told.push(JSON.stringify(await peer.ask(hostId, 'view', command)));
    const heard = peer.connection.subscribe(`skillward.${hostId}.events`);
    await peer.connection.flush();
    await host.client.call('config.patch', { skills: { folders: [] } });
    for await (const message of heard) {
      told.push(message.string());
      if (message.string().includes('config.changed')) break;
    }
    for (const text of told) {
      expect(text).not.toContain(host.dataDir);
      expect(text).not.toContain(host.skillsDir);
      expect(text).not.toContain(broker.url);
    }
    expect(JSON.parse(told[0] ?? '')).toMatchObject({ v: 1, hostId, snapshot: { skills: [{ id: 'calm' }] } });
  });

  it('are carried out once, and written down with the host they came from', async () => {
    const { pid } = await state();
    const order = () => peer.ask(hostId, 'operate', 'skill.restart', { skillId: 'calm' }, 'order-1');
    const [first, second] = await Promise.all([order(), order()]);
    expect(first).toMatchObject({ ok: true, requestId: 'order-1', payload: { skill: { id: 'calm' } } });
    expect(second).toEqual(first);
    expect(await order()).toEqual(first);
    // The same id for something else is no repeat.
    const other = await peer.ask(hostId, 'operate', 'skill.stop', { skillId: 'calm' }, 'order-1');
    expect(other.error?.code).toBe('conflict');
    // Another host may have given its order the same id.
    const stranger = await FleetPeer.connect(broker.url, 'stranger');
    const theirs = await stranger.ask(hostId, 'operate', 'skill.start', { skillId: 'calm' }, 'order-1');
    expect(theirs.ok).toBe(true);
    await stranger.close();

    expect((await state()).pid).not.toBe(pid);
    const restarts = (await actions()).filter(({ kind }) => kind === 'restartSkill');
    expect(restarts).toHaveLength(1);
    expect(restarts[0]).toMatchObject({
      origin: 'user',
      reason: expect.stringContaining('ordered from the tester, host other'),
    });
    // What a person here does is not said to come from elsewhere.
    await host.client.call('skill.stop', { skillId: 'calm' });
    await host.client.call('skill.start', { skillId: 'calm' });
    const own = (await actions()).find(({ kind }) => kind === 'stopSkill');
    expect(own?.reason).not.toContain('ordered from');
  });

  it('change nothing when they are no orders at all', async () => {
    const before = { ...(await state()), actions: (await actions()).length };
    const good = { v: 1, requestId: 'r', command: 'skill.stop', payload: { skillId: 'calm' } };
    const text = JSON.stringify(good);
    const hostile: [bytes: Uint8Array | string, code: string, from?: Record<string, string>][] = [
      ['', 'invalid_envelope'],
      ['not json', 'invalid_envelope'],
      [new Uint8Array([0xff, 0xfe, 0x00]), 'invalid_envelope'],
      ['null', 'invalid_envelope'],
      [`${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'invalid_envelope'],
      [JSON.stringify({ ...good, payload: 'x'.repeat(1_000_000) }), 'invalid_payload'],
      [JSON.stringify({ ...good, v: 2 }), 'invalid_envelope'],
      [JSON.stringify({ ...good, command: '__proto__' }), 'unknown_command'],
      [JSON.stringify({ ...good, command: 'skill.explode' }), 'unknown_command'],
      [JSON.stringify({ ...good, requestId: 'r2', payload: { skillId: '../calm' } }), 'invalid_payload'],
      [
        JSON.stringify({ ...good, requestId: 'r3', payload: { skillId: 'calm', path: '/etc' } }),
        'invalid_payload',
      ],
      [text, 'invalid_envelope', {}],
      [text, 'invalid_envelope', { 'Skillward-From': 'not a host id.>' }],
    ];
    for (const [bytes, code, from] of hostile) {
      const answer = await peer.send(hostId, 'operate', bytes, from);
      expect(answer, String(bytes).slice(0, 60)).toMatchObject({ ok: false, error: { code } });
    }
    // Without an inbox to answer to, nothing is carried out: so comes what somebody has the broker deliver.
    const said = headers();
    said.set('Skillward-From', 'other');
    for (const reply of ['', '$JS.ACK.stream.consumer.1.1.1.1.0', 'skillward.other.view'])
      peer.connection.publish(`skillward.${hostId}.operate`, text.replace('"r"', '"r4"'), {
        headers: said,
        ...(reply && { reply }),
      });
    await peer.connection.flush();
    expect((await peer.ask(hostId, 'view', 'host.ping')).ok).toBe(true);
    expect({ ...(await state()), actions: (await actions()).length }).toEqual(before);
  });

  it('go to one host: a copy of its data folder stays outside, and comes in when the first one has left', async () => {
    const copy = tempDir();
    // Copied while it runs, as people do.
    cpSync(host.dataDir, copy, { recursive: true, filter: (file) => !/\.sock$|lock/.test(file) });
    let twin = await startHost({ skillsDir: host.skillsDir, dataDir: copy });
    try {
      const { hostId: twinId, link } = await twin.client.call('fleet.status');
      expect(twinId).toBe(hostId);
      if (link.state !== 'duplicate')
        await twin.client.event('fleet.changed', (told) => told.link.state === 'duplicate');
      expect((await twin.client.call('fleet.status')).link).toMatchObject({
        state: 'duplicate',
        problem: expect.stringContaining("has this host's id"),
      });
      expect((await host.client.call('fleet.status')).link.state).toBe('connected');
      await host.client.call('fleet.leave');
      twin.client.events.length = 0;
      await twin.client.event('fleet.changed', ({ link }) => link.state === 'connected');
      await twin.stop();
      // Both at once: whoever is first, one stays and the other one sees it.
      const [one, other] = await Promise.all([
        join('operator').then(() => host),
        startHost({ skillsDir: host.skillsDir, dataDir: copy }),
      ]);
      twin = other;
      const loser = await Promise.any(
        [one, other].map((each) =>
          each.client.event('fleet.changed', ({ link }) => link.state === 'duplicate').then(() => each),
        ),
      );
      const winner = loser === one ? other : one;
      expect((await winner.client.call('fleet.status')).link.state).toBe('connected');
      expect((await loser.client.call('fleet.status')).link.state).toBe('duplicate');
    } finally {
      await twin.stop();
      removeDir(copy);
    }
  });
});
