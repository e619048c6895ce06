import { readdirSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { removeDir, startHost, type TestHost, tempDir, writeSkills } from '../../support/host-process.ts';
import { healthySkill } from '../../support/python-skills.ts';
import { type Envelope, SocketClient } from '../../support/socket-client.ts';

let host: TestHost;
const skillsDir = tempDir();

beforeAll(async () => {
  writeSkills(skillsDir, { echo: { source: healthySkill } });
  host = await startHost({ skillsDir });
  await host.client.event('skill.changed', (payload) => payload.skill?.process.state === 'running');
});

afterAll(async () => {
  await host.stop();
  removeDir(skillsDir);
  removeDir(host.dataDir);
});

/** Every command of DESIGN.md section 6 that the first house has, with a payload that is right. */
const now = Date.now();
const requests: readonly (readonly [string, unknown])[] = [
  ['host.ping', {}],
  ['host.version', {}],
  ['runtime.status', {}],
  ['state.snapshot', {}],
  ['skills.reload', {}],
  ['skill.list', {}],
  ['skill.health.check', {}],
  ['skill.health.check', { skillId: 'echo' }],
  ['skill.health.check', { all: true }],
  ['skill.health.status', {}],
  ['skill.invoke', { skillId: 'echo', method: 'skill.invoke', params: { a: 1 } }],
  ['history.query', { skillId: 'echo', from: now - 3_600_000, to: now + 60_000 }],
  ['history.checks', { skillId: 'echo' }],
  ['history.heartbeats', { from: now - 3_600_000, to: now + 60_000 }],
  ['action.list', {}],
  ['incident.list', {}],
  ['logs.read', { limit: 10 }],
  ['fix.record', { error: 'ValueError: nope', fixDescription: 'say yes' }],
  ['fix.match', { error: 'ValueError: nope' }],
  ['fix.list', {}],
  ['scheduler.list', {}],
  ['scheduler.trigger_now', { taskId: 'skill_health_check' }],
  ['scheduler.history', {}],
  ['config.get', {}],
  ['config.patch', { health: { checkIntervalSecs: 300 } }],
  ['skill.restart', { skillId: 'echo' }],
  ['skill.stop', { skillId: 'echo' }],
  ['skill.start', { skillId: 'echo' }],
  ['skill.disable', { skillId: 'echo' }],
  ['skill.activate', { skillId: 'echo' }],
  ['skill.quarantine', { skillId: 'echo', reason: 'a test' }],
  ['skill.release', { skillId: 'echo', mode: 'force' }],
];

/** The dashboard's way in, with its token as a subprotocol. */
function openWebSocket(options: { token?: string; origin?: string; host?: string } = {}): Promise<WebSocket> {
  const { port, origin, hash } = new URL(host.url);
  const token = options.token ?? hash.slice('#token='.length);
  const headers = options.host === undefined ? {} : { headers: { Host: options.host } };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, ['skillward.v1', `token.${token}`], {
    origin: options.origin ?? origin,
    ...headers,
  });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

function askWebSocket(socket: WebSocket, command: string, payload: unknown): Promise<Envelope> {
  return new Promise((resolve) => {
    socket.once('message', (data) => resolve(JSON.parse(String(data)) as Envelope));
    socket.send(JSON.stringify({ v: 1, requestId: 'w1', command, payload }));
  });
}

describe('the contract over both doors', () => {
  it('answers every command over the control socket', async () => {
    const refused: string[] = [];
    for (const [command, payload] of requests) {
      const { ok, error, v } = await host.client.request(command, payload);
      expect(v).toBe(1);
      if (!ok) refused.push(`${command}: ${error?.code} ${error?.message}`);
    }
    expect(refused).toEqual([]);
  });

  it('answers every command over the WebSocket with the same envelope', async () => {
    const socket = await openWebSocket();
    const refused: string[] = [];
    for (const [command, payload] of requests) {
      const envelope = await askWebSocket(socket, command, payload);
      expect(Object.keys(envelope).sort()).toEqual(['error', 'ok', 'payload', 'requestId', 'v']);
      expect(envelope.requestId).toBe('w1');
      if (!envelope.ok) refused.push(`${command}: ${envelope.error?.code} ${envelope.error?.message}`);
    }
    socket.close();
    expect(refused).toEqual([]);
  });

  it('passes a skill’s result on as it is', async () => {
    const { result } = await host.client.call('skill.invoke', {
      skillId: 'echo',
      method: 'skill.invoke',
      params: { deep: [1, { x: null }] },
    });
    expect(result).toEqual({ echo: { deep: [1, { x: null }] } });
  });

  it('tells an error answer of the skill apart from an error of the host', async () => {
    const { error } = await host.client.request('skill.invoke', {
      skillId: 'echo',
      method: 'no.such.method',
    });
    expect(error?.code).toBe('skill_error');
    expect(error?.details).toMatchObject({ code: -32601, message: 'unknown method: no.such.method' });
  });
});

describe('what cannot be read', () => {
  const refusals: readonly (readonly [string, string, string, string | null])[] = [
    [
      'an unknown command',
      '{"v":1,"requestId":"a","command":"skill.explode","payload":{}}',
      'unknown_command',
      'a',
    ],
    [
      'a command named like a prototype member',
      '{"v":1,"requestId":"a","command":"__proto__","payload":{}}',
      'unknown_command',
      'a',
    ],
    [
      'a bad payload',
      '{"v":1,"requestId":"a","command":"skill.start","payload":{"skillId":7}}',
      'invalid_payload',
      'a',
    ],
    [
      'a path where an id belongs',
      '{"v":1,"requestId":"a","command":"skill.start","payload":{"skillId":"../x"}}',
      'invalid_payload',
      'a',
    ],
    [
      'an unknown member',
      '{"v":1,"requestId":"a","command":"skill.start","payload":{"skillId":"echo","x":1}}',
      'invalid_payload',
      'a',
    ],
    [
      'a wrong version',
      '{"v":2,"requestId":"a","command":"host.ping","payload":{}}',
      'invalid_envelope',
      'a',
    ],
    ['no request id', '{"v":1,"command":"host.ping","payload":{}}', 'invalid_envelope', null],
    ['no JSON', 'hello', 'invalid_envelope', null],
    ['an array', '[]', 'invalid_envelope', null],
    [
      'a skill nobody has',
      '{"v":1,"requestId":"a","command":"skill.start","payload":{"skillId":"nobody"}}',
      'not_found',
      'a',
    ],
  ];

  it.each(refusals)('%s gets a coded error', async (_what, line, code, requestId) => {
    const client = await host.connect();
    client.socket.write(`${line}\n`);
    const answer = await client.stray();
    expect(answer).toMatchObject({ v: 1, ok: false, payload: null, requestId, error: { code } });
    client.close();
  });

  it('a 2 MB request is answered with a reason, its connection closed, and the host lives on', async () => {
    const client = await host.connect();
    client.socket.write(
      `{"v":1,"requestId":"big","command":"host.ping","payload":"${'x'.repeat(2_000_000)}"}\n`,
    );
    const answer = await client.stray();
    expect(answer.error?.code).toBe('invalid_envelope');
    await new Promise((resolve) => client.socket.once('close', resolve));
    expect(await host.client.call('host.ping')).toEqual({ pong: true });
  });

  it('half a line is answered when the connection ends', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = createConnection({ path: host.socketPath, allowHalfOpen: true }, () => {
        socket.end('{"v":1,"requestId":"half","comm');
      });
      socket.on('data', (data) => resolve(String(data)));
    });
    expect(JSON.parse(answer)).toMatchObject({ ok: false, error: { code: 'invalid_envelope' } });
    expect(await host.client.call('host.ping')).toEqual({ pong: true });
  });

  it('a bad payload changes nothing', async () => {
    const before = await host.client.call('config.get');
    const { error } = await host.client.request('config.patch', {
      health: { checkIntervalSecs: 60, maxConsecutiveFailures: 0 },
    });
    expect(error?.code).toBe('invalid_payload');
    expect(await host.client.call('config.get')).toEqual(before);
  });

  it('refuses skills folders from a page, takes them from the control socket', async () => {
    const socket = await openWebSocket();
    const envelope = await askWebSocket(socket, 'config.patch', { skills: { folders: ['/etc'] } });
    expect(envelope.error?.code).toBe('not_allowed');
    socket.close();
  });
});

describe('the data folder', () => {
  it('is readable by its owner alone: folders 0700, files 0600', () => {
    const open = readdirSync(host.dataDir, { recursive: true, encoding: 'utf8' })
      // What a skill keeps in its own folder is its own affair.
      .filter((name) => !/^skills\/[^/]+\//.test(name))
      .filter((name) => (statSync(join(host.dataDir, name)).mode & 0o077) !== 0);
    expect(open).toEqual([]);
    expect(statSync(host.dataDir).mode & 0o777).toBe(0o700);
  });
});

describe('the door of the dashboard', () => {
  it('is closed without the token', async () => {
    await expect(openWebSocket({ token: 'x'.repeat(43) })).rejects.toThrow('401');
    await expect(openWebSocket({ token: 'short' })).rejects.toThrow('401');
  });

  it('is closed to other sites and to a rebound name', async () => {
    await expect(openWebSocket({ origin: 'http://evil.example' })).rejects.toThrow('403');
    await expect(openWebSocket({ host: 'evil.example' })).rejects.toThrow('403');
  });

  it('closes on an over-long frame and lives on', async () => {
    const socket = await openWebSocket();
    const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
    socket.send(`{"v":1,"requestId":"big","command":"host.ping","payload":"${'x'.repeat(2_000_000)}"}`);
    expect(await closed).toBe(1009);
    expect(await host.client.call('host.ping')).toEqual({ pong: true });
  });

  it('serves files of the dashboard only, under its policy', async () => {
    const base = new URL(host.url).origin;
    const page = await fetch(`${base}/`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    for (const path of [
      '/..%2f..%2fpackage.json',
      '/%2e%2e/main/cli.js',
      '/.stamp',
      '/assets/../../main/cli.js',
      '/%00',
      '/nothing.js',
    ]) {
      expect((await fetch(base + path)).status, path).toBe(404);
    }
    expect((await fetch(`${base}/`, { method: 'POST' })).status).toBe(405);
  });
});

describe('events', () => {
  it('have rising numbers without a hole, and can be resumed', async () => {
    const client = await SocketClient.connect(host.socketPath);
    const { seq } = await client.call('events.subscribe', {});
    await client.call('skill.health.check', { skillId: 'echo' });
    await client.event('health.checked');
    const numbers = client.events.map((line) => line.seq);
    expect(numbers).toEqual(numbers.map((_number, index) => seq + 1 + index));
    client.close();

    const later = await SocketClient.connect(host.socketPath);
    expect(await later.call('events.subscribe', { since: seq })).toMatchObject({ complete: true });
    await later.until(() => (later.events.length >= numbers.length ? true : undefined));
    expect(later.events.slice(0, numbers.length).map((line) => line.seq)).toEqual(numbers);
    later.close();
  });
});
