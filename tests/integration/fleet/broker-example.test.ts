import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jetstreamManager } from '@nats-io/jetstream';
import { errors, headers, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificates } from '../../support/certificates.ts';
import { FleetPeer } from '../../support/fleet-peer.ts';
import { until } from '../../support/harness/until.ts';
import { removeDir, startHost, type TestHost, tempDir, writeSkills } from '../../support/host-process.ts';
import { natsServer, startBroker, type TestBroker } from '../../support/nats-server.ts';
import { healthySkill } from '../../support/python-skills.ts';

const example = readFileSync(
  fileURLToPath(new URL('../../../deploy/nats/nats-server.conf', import.meta.url)),
  'utf8',
);
const exampleIds = {
  web1: '11111111-1111-4111-8111-111111111111',
  desk: '22222222-2222-4222-8222-222222222222',
  ops: '33333333-3333-4333-8333-333333333333',
};
const passwords = { WEB1: 'p-web1', DESK: 'p-desk', OPS: 'p-ops', OTHER: 'p-other', SYS: 'p-sys' };
const skillsDir = tempDir();
const emptyDir = tempDir();
let web1: TestHost;
let ops: TestHost;
let broker: TestBroker;
let ids: typeof exampleIds;
const peers: FleetPeer[] = [];

beforeAll(async () => {
  if (natsServer === null) return;
  for (const [name, password] of Object.entries(passwords))
    process.env[`SKILLWARD_${name}_PASSWORD`] = password;
  writeSkills(skillsDir, { calm: { source: healthySkill } });
  [web1, ops] = await Promise.all([startHost({ skillsDir }), startHost({ skillsDir: emptyDir })]);
  const hostId = async (host: TestHost) => (await host.client.call('fleet.status')).hostId as string;
  ids = { ...exampleIds, web1: await hostId(web1), ops: await hostId(ops) };
  const config = Object.entries(exampleIds)
    .reduce((text, [name, id]) => text.replaceAll(id, ids[name as keyof typeof ids]), example)
    .replace(/^listen: .*$/m, '')
    .replaceAll('/etc/nats/tls', 'FOLDER')
    .replaceAll('/var/lib/nats', 'FOLDER/js');
  broker = await startBroker({ config, jetstream: false, prepare: (folder) => makeCertificates(folder) });
}, 60_000);

afterAll(async () => {
  await Promise.all(peers.map((peer) => peer.close()));
  await Promise.all([web1, ops].map((host) => host?.stop()));
  await broker?.remove();
  for (const folder of [skillsDir, emptyDir, web1?.dataDir, ops?.dataDir]) if (folder) removeDir(folder);
});

/** Somebody with these credentials who is no host. */
async function as(user: keyof typeof exampleIds | 'other'): Promise<FleetPeer> {
  const id = user === 'other' ? 'other' : ids[user];
  const peer = await FleetPeer.connect(`127.0.0.1:${broker.port}`, id, {
    ...{ user, pass: passwords[user.toUpperCase() as keyof typeof passwords] },
    tls: { caFile: join(broker.folder, 'ca.crt') },
    inboxPrefix: `_INBOX.${id}`,
  });
  peers.push(peer);
  return peer;
}

/** What the broker said no to after `attempt`, once it is as many as expected: `publish subject`, `subscription subject`. */
async function refused(
  connection: NatsConnection,
  count: number,
  attempt: () => void,
): Promise<readonly string[]> {
  const said: string[] = [];
  // Ends with the connection.
  void (async () => {
    for await (const news of connection.status()) {
      if (news.type === 'error' && news.error instanceof errors.PermissionViolationError)
        said.push(`${news.error.operation} ${news.error.subject}`);
    }
  })();
  attempt();
  await until(
    () => said.length >= count,
    () => `the broker refuses ${count}, not only ${said.join(', ')}`,
  );
  return said;
}

/** `fleet doctor` looks anew until all is as it should be: shared fixes begin a moment after the link stands. */
async function nothingToComplainOf(host: TestHost): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    const { findings } = await host.client.call('fleet.doctor');
    const wrong = findings.filter(({ level }: { level: string }) => level !== 'ok');
    if (wrong.length === 0) return;
    if (performance.now() > deadline) expect(wrong).toEqual([]);
  }
}

describe.skipIf(natsServer === null)('the example of a broker', { timeout: 60_000 }, () => {
  it('lets hosts in over TLS, with all they need and nothing to complain of', async () => {
    const joining = (host: TestHost, user: 'web1' | 'ops', more: object) =>
      host.client.call('fleet.join', {
        servers: [`tls://127.0.0.1:${broker.port}`],
        auth: { kind: 'password', user, password: passwords[user === 'web1' ? 'WEB1' : 'OPS'] },
        caFile: join(broker.folder, 'ca.crt'),
        name: user,
        shareFixes: true,
        ...more,
      });
    const connected = { state: 'connected', problem: null, keepsEvents: true };
    // Only an operator may make the streams; whoever comes next finds them.
    expect((await joining(ops, 'ops', {})).link).toMatchObject(connected);
    await nothingToComplainOf(ops);
    expect((await joining(web1, 'web1', { role: 'operator' })).link).toMatchObject(connected);
    await nothingToComplainOf(web1);

    await ops.client.call('fleet.watch');
    await ops.client.event('fleet.changed', ({ hosts }) =>
      hosts.some(
        ({ hostId, state }: { hostId: string; state: string }) => hostId === ids.web1 && state === 'heard',
      ),
    );
    const followed = await ops.client.call('fleet.follow', { hostId: ids.web1 });
    expect(followed.snapshot.skills).toHaveLength(1);
    const { answer } = await ops.client.call('fleet.call', {
      ...{ hostId: ids.web1, command: 'skill.stop' },
      payload: { skillId: 'calm' },
    });
    expect(answer).toMatchObject({ ok: true });
    await ops.client.event('fleet.event', ({ hostId }) => hostId === ids.web1);

    await web1.client.call('fix.record', {
      error: 'TimeoutError: no route',
      fixDescription: 'plug the cable in',
    });
    await ops.client.event('fix.changed', ({ pattern }) => pattern?.fixDescription === 'plug the cable in');
    expect(broker.log()).not.toContain('Permissions Violation');
  });

  it('lets a viewer look and order nothing, by no way round either', async () => {
    const desk = await as('desk');
    expect((await desk.ask(ids.web1, 'view', 'skill.list')).payload.skills).toHaveLength(1);
    const operate = `skillward.${ids.web1}.operate`;
    const order = JSON.stringify({
      v: 1,
      requestId: 'r1',
      command: 'skill.disable',
      payload: { skillId: 'calm' },
    });
    expect(await refused(desk.connection, 1, () => desk.connection.publish(operate, order))).toEqual([
      `publish ${operate}`,
    ]);
    // The broker delivers what a consumer finds wherever its maker says: to a host's door as well.
    const door = (await as('web1')).connection;
    let came = false;
    door.subscribe(operate, {
      callback: () => {
        came = true;
      },
    });
    await door.flush();
    const from = headers();
    from.set('Skillward-From', ids.ops);
    desk.connection.publish('$KV.skillward_fixes.order', order, { headers: from });
    const manager = await jetstreamManager(desk.connection, { checkAPI: false });
    await manager.consumers.add('KV_skillward_fixes', {
      deliver_subject: operate,
      filter_subject: '$KV.skillward_fixes.order',
      ack_policy: 'explicit',
    });
    await until(() => came, 'the order lies before the door');
    expect((await desk.ask(ids.web1, 'view', 'skill.list')).payload.skills[0].lifecycle).toBe('active');
    const actions = (await web1.client.call('action.list', { skillId: 'calm' })).actions;
    expect(actions.filter(({ kind }: { kind: string }) => kind === 'disableSkill')).toEqual([]);
  });

  it('lets a host speak for itself alone, and read nobody’s answers', async () => {
    const host = await as('web1');
    const { connection } = host;
    const said = await refused(connection, 15, () => {
      for (const what of ['events', 'view', 'operate', 'snapshot'])
        connection.publish(`skillward.${ids.ops}.${what}`, '{}');
      connection.publish('$JS.API.STREAM.CREATE.SKILLWARD_EVENTS', '{}');
      connection.publish('$JS.API.STREAM.UPDATE.SKILLWARD_EVENTS', '{}');
      connection.publish('$JS.API.STREAM.DELETE.SKILLWARD_EVENTS', '');
      connection.publish('$JS.API.STREAM.PURGE.SKILLWARD_EVENTS', '');
      connection.publish('$SRV.STATS.skillward', '');
      connection.publish(`_INBOX.${ids.ops}.x`, '{}');
      for (const subject of [
        '>',
        'skillward.>',
        `skillward.${ids.ops}.operate`,
        '_INBOX.>',
        `_INBOX.${ids.ops}.>`,
      ])
        connection.subscribe(subject, { callback: () => undefined });
    });
    expect(said).toHaveLength(15);
  });

  it('shows a foreign account nothing, and lets nobody in without encryption', async () => {
    const other = await as('other');
    await expect(other.ask(ids.web1, 'view', 'skill.list')).rejects.toThrow(/no responders/i);
    const heard: string[] = [];
    other.connection.subscribe('>', { callback: (_error, message) => void heard.push(message.subject) });
    await other.connection.flush();
    await web1.client.call('skill.start', { skillId: 'calm' });
    const desk = await as('desk');
    await desk.ask(ids.web1, 'view', 'skill.list');
    await other.connection.flush();
    expect(heard).toEqual([]);
    await expect(
      FleetPeer.connect(`127.0.0.1:${broker.port}`, 'x', {
        user: 'desk',
        pass: 'wrong',
        tls: { caFile: join(broker.folder, 'ca.crt') },
      }),
    ).rejects.toThrow(/authorization/i);
    await expect(
      FleetPeer.connect(`127.0.0.1:${broker.port}`, 'x', { user: 'desk', pass: passwords.DESK, tls: {} }),
    ).rejects.toThrow(/certificate/i);
  });
});
