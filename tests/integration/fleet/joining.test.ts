import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { nkeys } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectAsPage } from '../../support/dashboard-client.ts';
import { FleetPeer } from '../../support/fleet-peer.ts';
import { removeDir, startHost, type TestHost, tempDir, writeSkills } from '../../support/host-process.ts';
import { freePort, natsServer, startBroker, type TestBroker } from '../../support/nats-server.ts';
import { healthySkill } from '../../support/python-skills.ts';

const PASSWORD = 'correct horse battery';
const TOKEN = 'a-token-nobody-guesses';

/** One host for all of it: joining another fleet is what it has to take anyway. */
let host: TestHost;
const brokers: TestBroker[] = [];

async function broker(options: Parameters<typeof startBroker>[0] = {}): Promise<TestBroker> {
  const started = await startBroker(options);
  brokers.push(started);
  return started;
}

/** Runs the command line on the host of this test, with `input` on its standard input. */
async function skillward(input: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, ['out/main/cli.js', '--data-dir', host.dataDir, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { stdout, stderr, code: code as number | null };
}

/** The first link, told or to come, that `test` accepts. */
async function linkUntil(test: (link: { state: string; problem: string | null }) => boolean) {
  host.client.events.length = 0;
  const { link } = await host.client.call('fleet.status');
  if (test(link)) return link;
  return (await host.client.event('fleet.changed', (payload) => test(payload.link))).payload.link;
}

const join1 = (servers: readonly string[], auth: unknown, more: object = {}) =>
  host.client.call('fleet.join', { servers, auth, ...more }).then(({ link }) => link);
const none = { kind: 'none' };

describe.skipIf(natsServer === null)('joining a fleet', { timeout: 90_000 }, () => {
  beforeAll(async () => {
    const skills = { calm: { manifest: '[health]\ncheck_interval_secs = 1\n', source: healthySkill } };
    host = await startHost({ skillsDir: writeSkills(tempDir(), skills) });
  }, 60_000);

  afterAll(async () => {
    await host.stop();
    removeDir(host.dataDir);
    removeDir(host.skillsDir);
  });

  afterEach(async () => {
    await host.client.call('fleet.leave');
    await Promise.all(brokers.splice(0).map((one) => one.remove()));
  });

  it('joins with a password from standard input, shows itself, is examined, and leaves nothing behind', async () => {
    const authorization = `authorization { user: skills, password: ${JSON.stringify(PASSWORD)} }`;
    const { url } = await broker({ config: authorization });
    const wrong = await skillward('wrong\n', 'fleet', 'join', url, '--user', 'skills');
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.stdout).toContain('does not accept this user and password');

    const args = ['--user', 'skills', '--name', 'Kitchen', '--label', 'room=kitchen', '--role', 'operator'];
    const joined = await skillward(`${PASSWORD}\n`, 'fleet', 'join', url, ...args);
    expect(joined).toMatchObject({ code: 0, stderr: '' });
    expect(joined.stdout).toContain(`connected to ${url}`);

    const status = JSON.parse((await skillward('', 'fleet', 'status', '--json')).stdout);
    expect(status).toMatchObject({
      name: 'Kitchen',
      role: 'operator',
      link: { state: 'connected', server: url, problem: null, keepsEvents: true },
      hosts: [{ hostId: status.hostId, name: 'Kitchen', state: 'here', labels: { room: 'kitchen' } }],
    });
    const doctor = await skillward('', 'fleet', 'doctor');
    expect(doctor).toMatchObject({ code: 0, stdout: expect.not.stringMatching(/^(warning|error)/m) });
    expect(doctor.stdout).toContain('A question to this host, sent through the broker, is answered.');

    // What stays on the disk, what is told and what is written down have no password in them.
    expect(await host.client.call('config.get')).toMatchObject({ config: { fleet: { user: 'skills' } } });
    const exported = await host.client.call('config.export');
    expect(exported.settings).not.toHaveProperty('fleet');
    expect((await host.client.call('credential.list')).credentials).toEqual([]);
    expect(filesHolding(host.dataDir, PASSWORD)).toEqual([]);
    expect(host.log()).not.toContain(PASSWORD);
    expect(statSync(join(host.dataDir, 'fleet-credential.json')).mode & 0o077).toBe(0);

    expect((await skillward('', 'fleet', 'leave')).code).toBe(0);
    const gone = await host.client.call('config.get');
    expect(gone.config.fleet).toMatchObject({ enabled: false, servers: [], user: '', role: 'viewer' });
    expect(readFileSync(join(host.dataDir, 'fleet-credential.json'), 'utf8')).toContain('"entries": []');
    expect((await skillward('', 'fleet', 'status')).stdout).toContain('in no fleet');
  });

  it('says that a token is missing, then that it is wrong, and goes on trying with more patience', async () => {
    const { url } = await broker({ config: `authorization { token: ${JSON.stringify(TOKEN)} }` });
    expect(await join1([url], none)).toMatchObject({
      state: 'refused',
      problem: expect.stringContaining('asks for a credential'),
    });
    expect(await join1([url], { kind: 'token', token: 'guess' })).toMatchObject({
      state: 'refused',
      problem: expect.stringContaining('does not accept this token'),
      nextAttemptAt: expect.any(Number),
    });
    host.client.events.length = 0;
    await host.client.event('fleet.changed', ({ link }) => link.state === 'refused');
    expect(await join1([url], { kind: 'token', token: TOKEN })).toMatchObject({
      state: 'connected',
      problem: null,
    });
    expect(host.log()).not.toContain(TOKEN);
  });

  it('takes only what is encrypted beyond this machine, and only from a page what a page may say', async () => {
    for (const server of [
      'nats://192.0.2.7:4222',
      'nats://broker.example.org',
      'nats://127.0.0.1.example.org',
    ]) {
      const refused = await host.client.request('fleet.join', { servers: [server], auth: none });
      expect(refused.error).toMatchObject({
        code: 'invalid_payload',
        message: expect.stringContaining('tls://'),
      });
    }
    const withSecret = { servers: ['tls://me:secret@broker.example.org'], auth: none };
    expect((await host.client.request('fleet.join', withSecret)).error?.code).toBe('invalid_payload');
    // From a page neither a fleet, nor another broker, nor more for others comes in.
    const page = await connectAsPage(host.url);
    for (const [command, payload] of [
      ['fleet.join', { servers: ['nats://127.0.0.1:4222'], auth: none }],
      ['fleet.leave', {}],
      ['config.patch', { fleet: { enabled: true } }],
      ['config.patch', { fleet: { servers: ['tls://evil.example.org'] } }],
      ['config.patch', { fleet: { caFile: '/etc/passwd' } }],
      ['config.patch', { fleet: { role: 'operator' } }],
    ] as const) {
      const refused = await page.request(command, payload);
      expect(refused.error?.code, JSON.stringify(payload)).toBe('not_allowed');
    }
    const allowed = { name: 'Hall', labels: { room: 'hall' }, shareFixes: true, role: 'viewer' };
    expect((await page.request('config.patch', { fleet: allowed })).ok).toBe(true);
    page.close();
    const { config } = await host.client.call('config.get');
    expect(config.fleet).toMatchObject({ ...allowed, enabled: false, servers: [] });
    // By hand into the settings: then it is the link that refuses.
    const byHand = { fleet: { enabled: true, servers: ['nats://192.0.2.7:4222'] } };
    await host.client.call('config.patch', byHand);
    expect(await linkUntil(({ state }) => state === 'refused')).toMatchObject({
      problem: expect.stringContaining('not encrypted'),
    });
  });

  it('believes the authority it was given and no other, and no certificate that has expired', async () => {
    const tls = (name: string) => `tls { cert_file: "FOLDER/${name}.pem", key_file: "FOLDER/${name}.key" }`;
    const secured = await broker({ prepare: makeCertificates, config: tls('good') });
    const at = `tls://127.0.0.1:${secured.port}`;
    const ca = (name: string) => ({ caFile: join(secured.folder, `${name}.pem`) });

    expect(await join1([at], none)).toMatchObject({
      state: 'refused',
      problem: expect.stringContaining('--ca'),
    });
    expect(await join1([at], none, ca('other-ca'))).toMatchObject({
      state: 'refused',
      problem: expect.stringContaining('not signed by the authority'),
    });
    expect(await join1([at], none, ca('missing'))).toMatchObject({
      state: 'refused',
      problem: expect.stringContaining('cannot be read'),
    });
    expect(await join1([at], none, ca('ca'))).toMatchObject({ state: 'connected', problem: null });
    // The broker's certificate runs out while the host is in the fleet.
    await secured.stop();
    await secured.start(tls('expired'));
    await linkUntil(({ problem, state }) => state === 'refused' && problem?.includes('has expired') === true);
    for (const [config, problem] of [
      [tls('elsewhere'), 'is for another name'],
      // Something without any encryption answers at its port.
      ['', 'does not encrypt'],
    ] as const) {
      await secured.stop();
      await secured.start(config);
      const refused = await join1([at], none, ca('ca'));
      expect(refused).toMatchObject({ state: 'refused', problem: expect.stringContaining(problem) });
    }
    await secured.stop();
    await secured.start(tls('good'));
    expect(await linkUntil(({ state }) => state === 'connected')).toMatchObject({ problem: null });
  });

  it('says of a creds file that it has expired, whenever it does, and takes a new one', async () => {
    const keys = { operator: nkeys.createOperator(), account: nkeys.createAccount() };
    const { url } = await broker({ jetstream: false, config: operatorConfig(keys) });
    const credsFor = (expiresInSecs: number) => ({
      kind: 'creds',
      creds: credsOf(keys.account, Math.floor(Date.now() / 1000) + expiresInSecs),
    });
    const noCreds = await host.client.request('fleet.join', {
      servers: [url],
      auth: { kind: 'creds', creds: 'x' },
    });
    expect(noCreds.error).toMatchObject({
      code: 'invalid_payload',
      message: expect.stringContaining('no creds file'),
    });

    const expired = await join1([url], credsFor(-60));
    expect(expired).toMatchObject({ state: 'refused', problem: expect.stringContaining('has expired') });
    // This one runs out while the host is connected, or at the latest before it is.
    await join1([url], credsFor(2));
    await linkUntil(({ problem, state }) => state === 'refused' && problem?.includes('has expired') === true);
    expect(await join1([url], credsFor(86_400))).toMatchObject({ state: 'connected', problem: null });
    const { findings } = await host.client.call('fleet.doctor');
    expect(findings.map(({ what }: { what: string }) => what).join()).toMatch(/expires in [01] days/);
  });

  it('goes on alone while the broker is away, loses nothing meanwhile, and comes back by itself', async () => {
    const { url, ...away } = await broker();
    // Of several servers, one that answers is enough.
    const nobody = `nats://127.0.0.1:${await freePort()}`;
    expect(await join1([nobody, url], none)).toMatchObject({ state: 'connected', server: url });
    await away.stop('SIGKILL');
    expect(await linkUntil(({ state }) => state === 'waiting')).toMatchObject({
      problem: expect.stringContaining('tried again'),
      nextAttemptAt: expect.any(Number),
      keepsEvents: null,
    });
    const dropped = (await host.client.call('fleet.status')).link.dropped;
    await host.client.call('skill.quarantine', { skillId: 'calm', reason: 'while the broker is away' });
    await host.client.call('skill.release', { skillId: 'calm', mode: 'force' });
    host.client.events.length = 0;
    await host.client.event('health.checked', ({ skillId }) => skillId === 'calm');
    await away.start();
    await linkUntil(({ state }) => state === 'connected');

    const peer = await FleetPeer.connect(url);
    const { hostId } = await host.client.call('fleet.status');
    const seen = await eventsUntil(
      peer,
      hostId,
      (event) => event.event === 'action.taken' && kindOf(event) === 'releaseSkill',
    );
    const done = seen.filter(
      ({ event, payload }) => event === 'action.taken' && payload.action.skillId === 'calm',
    );
    expect(done.map(kindOf)).toEqual(['quarantineSkill', 'releaseSkill']);
    expect((await host.client.call('fleet.status')).link.dropped).toBe(dropped);
    // Somebody takes the stream away: it is made anew, with what happens from then on.
    await peer.connection.request('$JS.API.STREAM.DELETE.SKILLWARD_EVENTS', '', { timeout: 10_000 });
    await host.client.call('skill.stop', { skillId: 'calm' });
    await eventsUntil(
      peer,
      hostId,
      (event) => event.event === 'action.taken' && kindOf(event) === 'stopSkill',
    );
    await host.client.call('skill.start', { skillId: 'calm' });
    await linkUntil(({ problem, state }) => state === 'connected' && problem === null);
    await peer.close();
  });

  it('publishes plainly at a broker that keeps nothing, and says so', async () => {
    const { url } = await broker({ jetstream: false });
    expect(await join1([url], none)).toMatchObject({ state: 'connected', keepsEvents: false, problem: null });
    const { hostId } = await host.client.call('fleet.status');
    const peer = await FleetPeer.connect(url);
    const heard = peer.connection.subscribe(`skillward.${hostId}.events`, { max: 1 });
    await peer.connection.flush();
    await host.client.call('skill.stop', { skillId: 'calm' });
    await host.client.call('skill.start', { skillId: 'calm' });
    for await (const message of heard)
      expect(message.json()).toMatchObject({ v: 1, hostId, events: expect.any(Array) });
    const { findings } = await host.client.call('fleet.doctor');
    expect(findings).toContainEqual(
      expect.objectContaining({ level: 'warning', what: expect.stringContaining('keeps no events') }),
    );
    // What keeps fixes from being shared is seen by whoever looks at the fleet, not only by the doctor.
    expect((await host.client.call('fleet.watch')).link.fixTrouble).toBeUndefined();
    await host.client.call('config.patch', { fleet: { shareFixes: true } });
    const shown = async () => (await host.client.call('fleet.watch')).link.fixTrouble;
    await expect.poll(shown, { timeout: 20_000 }).toMatchObject({
      level: 'warning',
      what: expect.stringContaining('the broker keeps nothing'),
      todo: expect.stringContaining('JetStream'),
    });
    await host.client.call('config.patch', { fleet: { shareFixes: false } });
    expect(await shown()).toBeUndefined();
    await peer.close();
  });

  it('makes do with little room at the broker, and names it when there is none', async () => {
    const room = (bytes: string) => `jetstream { store_dir: "FOLDER/js", max_file_store: ${bytes} }`;
    const small = await broker({ jetstream: false, config: room('20MB') });
    expect(await join1([small.url], none)).toMatchObject({
      state: 'connected',
      keepsEvents: true,
      problem: null,
    });
    const tiny = await broker({ jetstream: false, config: room('1MB') });
    expect(await join1([tiny.url], none)).toMatchObject({
      state: 'connected',
      keepsEvents: false,
      problem: expect.stringContaining('keeps no events'),
    });
  });

  it('names what the broker does not allow, and keeps supervising', async () => {
    const authorization = `authorization { users: [
      { user: shut, password: x, permissions: { publish: "_INBOX.>", subscribe: "_INBOX.>" } } ] }`;
    const { url } = await broker({ config: authorization });
    expect(await join1([url], { kind: 'password', user: 'shut', password: 'x' })).toMatchObject({
      state: 'refused',
      problem: expect.stringContaining('not to its own subjects'),
    });
    host.client.events.length = 0;
    await host.client.event('health.checked', ({ skillId }) => skillId === 'calm');
  });
});

interface Kept {
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: events are looked into, whatever they are
  readonly payload: any;
}

function kindOf({ payload }: Kept): string {
  return payload.action.kind;
}

/** Reads the stream from its beginning until `test` accepts an event: every one up to there, numbered without a hole. */
async function eventsUntil(peer: FleetPeer, hostId: string, test: (event: Kept) => boolean): Promise<Kept[]> {
  const found: Kept[] = [];
  for (let seq = 1, next: number | null = null; ; seq += 1) {
    const batch = await batchAt(peer, seq);
    if (batch.hostId !== hostId) continue;
    if (next !== null) expect(batch.from).toBe(next);
    next = batch.from + batch.events.length;
    found.push(...batch.events);
    if (batch.events.some(test)) return found;
  }
}

/** The message of this number in the stream; waits until there is one. */
async function batchAt(
  peer: FleetPeer,
  seq: number,
): Promise<{ hostId: string; from: number; events: Kept[] }> {
  for (;;) {
    const { state } = await askStream<{ state?: { last_seq: number } }>(peer, 'INFO');
    // Asked for a message of a stream that is just being made, nats-server 2.9.10 ends by a nil pointer.
    if (state !== undefined && state.last_seq >= seq) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { message } = await askStream<{ message: { data: string } }>(peer, 'MSG.GET', { seq });
  return JSON.parse(Buffer.from(message.data, 'base64').toString());
}

/** What the broker says of the stream of events. Throws when it refuses; that there is no such stream is an answer. */
async function askStream<Answer>(peer: FleetPeer, about: 'INFO' | 'MSG.GET', body?: object): Promise<Answer> {
  const said = await peer.connection.request(
    `$JS.API.STREAM.${about}.SKILLWARD_EVENTS`,
    body === undefined ? '' : JSON.stringify(body),
    { timeout: 10_000 },
  );
  const answer = said.json<Answer & { error?: { code: number } }>();
  if (answer.error !== undefined && answer.error.code !== 404)
    throw new Error(`the stream says ${JSON.stringify(answer.error)}`);
  return answer;
}

/** The files below a folder that hold a text. */
function filesHolding(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}

type KeyPair = ReturnType<typeof nkeys.createUser>;

/** The configuration of a broker that believes the accounts of one operator, of which there is one. */
function operatorConfig({
  account,
  operator,
}: {
  readonly account: KeyPair;
  readonly operator: KeyPair;
}): string {
  const unlimited = {
    subs: -1,
    data: -1,
    payload: -1,
    imports: -1,
    exports: -1,
    wildcards: true,
    conn: -1,
    leaf: -1,
  };
  const accountId = account.getPublicKey();
  const accountJwt = jwtOf(operator, accountId, { type: 'account', version: 2, limits: unlimited });
  return `operator: ${jwtOf(operator, operator.getPublicKey(), { type: 'operator', version: 2 })}
    resolver: MEMORY
    resolver_preload: { ${accountId}: ${accountJwt} }`;
}

/** The text of a creds file of a new user of the account. */
function credsOf(account: KeyPair, exp: number): string {
  const user = nkeys.createUser();
  const limits = { subs: -1, data: -1, payload: -1 };
  const jwt = jwtOf(account, user.getPublicKey(), { type: 'user', version: 2, ...limits }, exp);
  const seed = new TextDecoder().decode(user.getSeed());
  return `-----BEGIN NATS USER JWT-----\n${jwt}\n------END NATS USER JWT------\n
-----BEGIN USER NKEY SEED-----\n${seed}\n------END USER NKEY SEED------\n`;
}

/** A JWT as NATS has them: signed with Ed25519 by whoever is above (ADR-14 of its architecture). */
function jwtOf(issuer: KeyPair, subject: string, nats: object, exp?: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    ...{ jti: randomUUID(), iat: Math.floor(Date.now() / 1000), iss: issuer.getPublicKey() },
    ...{ name: 'test', sub: subject, nats },
    ...(exp === undefined ? {} : { exp }),
  };
  const text = `${part({ typ: 'JWT', alg: 'ed25519-nkey' })}.${part(claims)}`;
  return `${text}.${Buffer.from(issuer.sign(Buffer.from(text))).toString('base64url')}`;
}

/** An authority, one that is not asked, and certificates of a broker: good, expired, and for another name. */
function makeCertificates(folder: string): void {
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  for (const ca of ['ca', 'other-ca']) {
    const subject = ['-subj', `/CN=${ca}`, '-keyout', `${ca}.key`, '-out', `${ca}.pem`];
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
      ...subject,
    );
  }
  const certificate = (name: string, altName: string, ...validity: readonly string[]) => {
    const subject = ['-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`];
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', ...subject);
    writeFileSync(join(folder, `${name}.ext`), `subjectAltName = ${altName}\n`);
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`];
    openssl('x509', '-req', '-in', `${name}.csr`, ...signed, '-out', `${name}.pem`, ...validity);
  };
  certificate('good', 'IP:127.0.0.1', '-days', '2');
  certificate('elsewhere', 'DNS:broker.example.org', '-days', '2');
  // Signed the day before yesterday for one day.
  certificate('expired', 'IP:127.0.0.1', '-days', '-1');
}
