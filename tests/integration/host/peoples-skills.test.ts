import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validateSkill } from '../../../electron/runtime/authoring/validate.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { until as waitUntil } from '../../support/harness/until.ts';
import {
  isLive,
  removeDir,
  startHost,
  type TestHost,
  tempDir,
  writeSkills,
} from '../../support/host-process.ts';

// Skills as people have them, none written for this host, in one folder of one real host.
const fixtures = fileURLToPath(new URL('../../support/skills/', import.meta.url));
const run = promisify(execFile);
let host: TestHost;
let skillsDir: string;

const token = 'xoxb-0123456789-abcdefghijkl';
const credential = (required: boolean) =>
  `[[credentials]]\nname = "bot_token"\nenv_var = "PEOPLES_BOT_TOKEN"\ndescription = "Token of the bot"\nrequired = ${required}\n`;
const everySecond = '[health]\ncheck_interval_secs = 1\n';

function put(id: string, manifest: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(join(skillsDir, id), { recursive: true });
  writeFileSync(join(skillsDir, id, 'manifest.toml'), `id = "${id}"\nname = "${id}"\n${manifest}`);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(skillsDir, id, name), text);
}
const fixture = (name: string) => readFileSync(join(fixtures, name), 'utf8');
const channel = (id: string) => fixture('channel.py').replace('channel-chat', id);
const oneShot = (body: string) =>
  `import json, os, sys\nrequest = json.load(sys.stdin)\nparams = request["params"]\n${body}\n`;

async function skill(id: string): Promise<Skill> {
  const { skills } = (await host.client.call('skill.list')) as { skills: Skill[] };
  const found = skills.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no skill ${id}`);
  return found;
}
const until = (id: string, test: (skill: Skill) => boolean): Promise<Skill> =>
  host.client.skill(id, test, 20_000);
const invoke = (skillId: string, method: string, params = {}) =>
  host.client.request('skill.invoke', { skillId, method, params });
const cli = (...args: string[]) =>
  run(process.execPath, ['out/main/cli.js', '--data-dir', host.dataDir, ...args]).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );

beforeAll(async () => {
  skillsDir = tempDir();
  const settings = '[settings]\nallowed_channel_ids = ["a", "b"]\n';
  put('channel-chat', credential(true) + settings, { 'skill.py': channel('channel-chat') });
  put('channel-open', credential(false).replace('PEOPLES', 'PEOPLES_OTHER'), {
    'skill.py': channel('channel-open'),
  });
  put('channel-shut', credential(true).replace('PEOPLES', 'PEOPLES_OTHER'), {
    'skill.py': channel('channel-shut'),
  });
  put('generated', '', { 'skill.py': fixture('unprefixed.py'), 'loop.py': fixture('loop.py') });
  put('counter', `mode = "one-shot"\n${everySecond}[run.params]\nfrom = 41\n`, {
    'skill.py': oneShot(
      'print(json.dumps({"ok": True, "value": params["from"] + 1, "env": os.environ["SKILLWARD_SKILL_DATA"]}))',
    ),
  });
  put('failing-script', `mode = "one-shot"\n${everySecond}max_consecutive_failures = 2\n`, {
    'skill.py': oneShot('print(json.dumps({"ok": False, "error": "the quota is used up"}))'),
  });
  put('on-demand', 'mode = "one-shot"\n[run]\nwhen = "on-demand"\n', {
    'skill.py': oneShot(
      'sys.exit(4) if params.get("die") else print(json.dumps({"ok": True, "said": params["say"]}))',
    ),
  });
  put('tools', '', { 'skill.py': fixture('mcp_sdk_like.py'), 'loop.py': fixture('loop.py') });
  put('needs-library', '', { 'skill.py': 'import no_such_library\n' });
  put('not-python', '', { 'skill.py': 'def broken(:\n' });
  put('wrong-name', '', { 'skill.py': channel('somebody-else') });
  put('crashing', everySecond, { 'skill.py': 'raise KeyError("token")\n' });
  put('bad-toml', 'version = 1.0.0\n', {});
  host = await startHost({ skillsDir, env: { PEOPLES_BOT_TOKEN: token } });
});
afterAll(async () => {
  await host.stop();
  removeDir(host.dataDir);
  removeDir(skillsDir);
});

describe('skills written for another host run unmodified', () => {
  test('a channel gets credentials and settings in its handshake, is asked, works, and says what it does not know', async () => {
    await until('channel-chat', ({ health }) => health.status.kind === 'healthy');
    expect(
      (await invoke('channel-chat', 'skill.invoke', { action: 'send', reply_target: 'b', text: 'x' }))
        .payload,
    ).toEqual({
      result: { sent: true },
    });
    expect((await invoke('channel-chat', 'invoke', { action: 'dance' })).payload).toEqual({
      result: { status: 'unknown_action' },
    });
    expect((await invoke('channel-chat', 'skill.unheard')).error).toMatchObject({
      code: 'skill_error',
      details: { code: -32601 },
    });
  });

  test('a failure it does not catch ends it, and it is started again', async () => {
    const { process: before } = await skill('channel-chat');
    const broken = await invoke('channel-chat', 'skill.invoke', {
      action: 'send',
      reply_target: 'b',
      text: 'break',
    });
    expect(broken.error).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('the service hung up'),
    });
    const again = await until(
      'channel-chat',
      ({ process }) => process.state === 'running' && process.restarts === 1,
    );
    expect(again.process.pid).not.toBe(before.pid);
  });

  test('without its token it is degraded if it can do without, and waits for it if it cannot', async () => {
    const open = await until('channel-open', ({ health }) => health.status.kind !== 'unknown');
    expect(open.health.status).toEqual({ kind: 'degraded', reason: 'no bot token configured' });
    const shut = await until('channel-shut', ({ process }) => process.state === 'failed');
    expect(shut.process.cause).toMatchObject({ kind: 'configuration', remedy: 'enter-credentials' });
    expect(shut.lifecycle).toBe('active');
  });

  test('a generated one speaks without a prefix', async () => {
    await until('generated', ({ health }) => health.status.kind === 'healthy');
    expect((await invoke('generated', 'invoke', { action: 'x' })).payload).toEqual({
      result: { status: 'ok', action: 'x' },
    });
  });
});

describe('one-shot scripts', () => {
  test('are run by their checks and have no process in between', async () => {
    const counter = await until('counter', ({ health }) => health.totalChecks >= 2);
    expect(counter).toMatchObject({
      mode: 'one-shot',
      health: { status: { kind: 'healthy' }, totalFailures: 0 },
    });
    const idle = await until('counter', ({ process }) => process.state === 'stopped');
    expect(idle.process).toMatchObject({ pid: null, restarts: 0 });
    expect(idle.process.cause?.message).toMatch(/^its last run ended with exit code 0 after/);
    expect(idle.nextCheckAt).not.toBeNull();
    const { payload } = await invoke('counter', 'execute', { from: 1 });
    expect(payload).toEqual({ result: { ok: true, value: 2, env: join(host.dataDir, 'skills', 'counter') } });
  });

  test('that fail are never restarted, count by the same rules, and come back on trial', async () => {
    const quarantined = await until('failing-script', ({ lifecycle }) => lifecycle === 'quarantined');
    expect(quarantined.health).toMatchObject({ totalFailures: 2, lastError: 'the quota is used up' });
    const { actions } = await host.client.call('action.list', { skillId: 'failing-script' });
    expect(actions.map(({ kind }: { kind: string }) => kind)).not.toContain('restartSkill');
    expect((await invoke('failing-script', 'execute')).error).toMatchObject({ code: 'unavailable' });
    await host.client.call('skill.release', { skillId: 'failing-script' });
    const back = await until(
      'failing-script',
      ({ health, lifecycle }) => health.totalFailures === 3 && lifecycle === 'quarantined',
    );
    expect(back.trialChecksLeft).toBeNull();
  });

  test('on demand are run when somebody asks, and never by a check', async () => {
    expect((await invoke('on-demand', 'execute', { say: 'hello' })).payload).toEqual({
      result: { ok: true, said: 'hello' },
    });
    expect((await skill('on-demand')).health).toMatchObject({ totalChecks: 1, status: { kind: 'healthy' } });
    expect((await host.client.request('skill.health.check', { skillId: 'on-demand' })).error).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('it runs on demand only'),
    });
    expect((await invoke('on-demand', 'execute', { die: true })).error?.message).toBe('exited with code 4');
    expect((await skill('on-demand')).health).toMatchObject({ totalChecks: 2, consecutiveFailures: 1 });
    await host.client.call('skill.stop', { skillId: 'on-demand' });
    expect((await invoke('on-demand', 'execute', { say: 'x' })).error).toMatchObject({ code: 'unavailable' });
    expect((await host.client.call('skill.start', { skillId: 'on-demand' })).skill.process.state).toBe(
      'stopped',
    );
    expect((await invoke('on-demand', 'execute', { say: 'x' })).ok).toBe(true);
  });

  test('are run by a task of the scheduler', async () => {
    const schedule = { kind: 'interval', secs: 86_400 };
    const task = {
      id: 'say',
      name: 'Say it',
      schedule,
      invoke: { skillId: 'on-demand', method: 'execute', params: { say: 1 } },
    };
    await host.client.call('scheduler.create', task);
    expect((await host.client.call('scheduler.trigger_now', { taskId: 'say' })).run).toMatchObject({
      outcome: 'success',
    });
  });
});

describe('a skill that does not come up', () => {
  test('lacks a library, is no Python, has another name, or is broken: told apart, and with a way out', async () => {
    const library = await until('needs-library', ({ process }) => process.state === 'failed');
    expect(library.process.cause).toMatchObject({ kind: 'configuration', remedy: 'create-environment' });
    const python = await until('not-python', ({ process }) => process.state === 'failed');
    expect(python.process.cause).toMatchObject({ kind: 'configuration', remedy: 'mend-files' });
    const named = await until('wrong-name', ({ process }) => process.state === 'failed');
    expect(named.process.cause).toMatchObject({ kind: 'configuration', remedy: 'mend-files' });
    const crashing = await until('crashing', ({ lifecycle }) => lifecycle === 'quarantined');
    expect(crashing.health.lastError).toContain("KeyError: 'token'");
    for (const id of ['needs-library', 'not-python', 'wrong-name']) {
      expect(await skill(id)).toMatchObject({ lifecycle: 'active', process: { restarts: 0 } });
    }
  });

  test('gets the same words in the dashboard and from `skillward validate`', async () => {
    for (const id of ['needs-library', 'not-python', 'wrong-name']) {
      const { steps } = await validateSkill(join(skillsDir, id), { version: '0', hostEnv: process.env });
      const [error] = steps.filter(({ level }) => level === 'error');
      const { cause } = (await skill(id)).process;
      expect(error).toMatchObject({ message: cause?.message, remedy: cause?.remedy });
    }
    const said = await cli('validate', join(skillsDir, 'bad-toml'));
    const { broken } = await skill('bad-toml');
    expect(said.code).toBe(1);
    expect(said.stdout).toContain(`manifest.toml, line ${broken?.line}: ${broken?.message}`);
  });
});

describe('MCP servers', () => {
  test('are recognised, list their tools, and are called', async () => {
    await until('tools', ({ health, protocol }) => health.status.kind === 'healthy' && protocol === 'mcp');
    const { tools } = await host.client.call('skill.tools', { skillId: 'tools' });
    expect(tools).toHaveLength(5);
    const call = { name: 'add', arguments: { a: 20, b: 22 } };
    expect((await invoke('tools', 'tools/call', call)).payload.result.content).toEqual([
      { type: 'text', text: '42' },
    ]);
    expect((await host.client.request('skill.tools', { skillId: 'generated' })).error).toMatchObject({
      code: 'conflict',
    });
  });

  test('are imported from a configuration: shown, chosen, started, killed, started again; secrets stay secret', async () => {
    const server = join(skillsDir, 'tools', 'skill.py');
    const config = join(tempDir(), 'client.json');
    const secret = 'ghp_0123456789abcdefghijklmnopqrstuvwxyz';
    writeFileSync(
      config,
      `{ // mine
        "mcpServers": {
          "Calculator (work)": { "command": "python3", "args": ["${server}"], "env": { "API_TOKEN": "${secret}", "MODE": "x" } },
          "remote": { "url": "https://mcp.example/sse" },
          "other": { "command": "python3", "args": ["${server}", "newest"], },
        },
      }`,
    );
    const listed = await cli('import', config, '--list');
    expect(listed.stdout).toContain(`runs  python3 ${server}`);
    expect(listed.stdout).toMatch(/API_TOKEN=•+ {2}\(a credential\)/);
    expect(listed.stdout).toContain('not imported: it is reached over the network');
    expect(listed.stdout).not.toContain(secret);
    expect((await cli('import', config)).stderr).toContain('say --yes');
    expect((await host.client.call('skill.list')).skills.map(({ id }: Skill) => id)).not.toContain(
      'calculator-work',
    );

    const imported = await cli('import', config, '--only', 'Calculator (work)', '--yes', '--json');
    expect(JSON.parse(imported.stdout)).toMatchObject({ skills: [{ id: 'calculator-work' }], refused: [] });
    const first = await until('calculator-work', ({ health }) => health.status.kind === 'healthy');
    const sum = { name: 'add', arguments: { a: 1, b: 2 } };
    expect((await invoke('calculator-work', 'tools/call', sum)).payload.result.content[0].text).toBe('3');
    const manifest = join(host.dataDir, 'imported', 'calculator-work', 'manifest.toml');
    expect(readFileSync(manifest, 'utf8')).not.toContain(secret);
    expect(statSync(manifest).mode & 0o777).toBe(0o600);
    const { credentials } = await host.client.call('credential.list', { skillId: 'calculator-work' });
    expect(credentials).toMatchObject([{ name: 'api_token', envVar: 'API_TOKEN', source: 'stored' }]);
    const environ = readFileSync(`/proc/${first.process.pid}/environ`, 'utf8');
    expect(environ).toContain(`API_TOKEN=${secret}`);
    expect(environ).toContain('MODE=x');

    process.kill(first.process.pid ?? 0, 'SIGKILL');
    const second = await until(
      'calculator-work',
      ({ process: now }) => now.state === 'running' && now.restarts === 1,
    );
    expect(isLive(first.process.pid ?? 0)).toBe(false);
    expect(second.process.pid).not.toBe(first.process.pid);

    const { servers } = await host.client.call('import.preview', { path: config });
    expect(servers[0]).toMatchObject({
      skillId: 'calculator-work',
      problem: 'is imported already, as calculator-work',
    });
    expect((await cli('import', config, '--yes', '--no-start')).stdout).toContain('imported other');
    expect(await skill('other')).toMatchObject({ paused: true, process: { state: 'stopped', pid: null } });
    await host.client.call('skill.remove', { skillId: 'calculator-work' });
    expect((await host.client.call('skill.list')).skills.map(({ id }: Skill) => id)).not.toContain(
      'calculator-work',
    );
  });
});

test('a new skill passes its own validation, from the command line', async () => {
  const place = tempDir();
  copyFileSync(join(fixtures, 'loop.py'), join(place, 'loop.py'));
  expect(await cli('new', 'x', '--dir', place)).toMatchObject({ code: 0 });
  const said = await cli('validate', join(place, 'x'));
  expect(said).toMatchObject({ code: 0, stdout: expect.stringMatching(/\nx works\.\n$/) });
  expect(await cli('new', 'x', '--dir', place)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('there already'),
  });
  removeDir(place);
});

test('a validation that is broken off leaves nothing running', async () => {
  const source = 'import os, time\nopen("pid", "w").write(str(os.getpid()))\ntime.sleep(600)\n';
  const place = join(writeSkills(tempDir(), { sleeper: { source } }), 'sleeper');
  const child = execFile(process.execPath, ['out/main/cli.js', 'validate', place]);
  const pid = () => (existsSync(join(place, 'pid')) ? Number(readFileSync(join(place, 'pid'), 'utf8')) : 0);
  await waitUntil(() => pid() > 0, 'the skill was started');
  const code = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  expect(await code).toBe(130);
  await waitUntil(() => !isLive(pid()), 'the skill is gone');
  removeDir(place);
});
