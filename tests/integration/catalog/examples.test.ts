import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Catalog, type CatalogSkill } from '../../../electron/skills/catalog.ts';
import { planLaunch } from '../../../electron/skills/interpreter.ts';
import { programFinder } from '../../../electron/skills/interpreter-probe.ts';
import type { LaunchPlan } from '../../../electron/skills/types.ts';
import { SkillConversation } from './skill-conversation.ts';

const examples = path.resolve(import.meta.dirname, '../../../examples/skills');
const catalog = new Catalog([examples]);
/** What each example is invoked with and answers; all of them must be told apart from a stub. */
const invocations: Readonly<Record<string, { readonly params: object; readonly answer: object }>> = {
  'disk-space': {
    params: { action: 'usage' },
    answer: { free_mb: expect.any(Number), folder: expect.any(String) },
  },
  'system-clock': { params: {}, answer: { unix: expect.any(Number) } },
  backlog: {
    params: { action: 'waiting' },
    answer: { waiting: expect.any(Number), done: expect.any(Number) },
  },
  'flaky-fetch': { params: { action: 'latest' }, answer: { items: expect.arrayContaining(['headline 19']) } },
  'mail-token': {
    params: { action: 'sign', link: 'https://example.org' },
    answer: { signature: expect.any(String) },
  },
  'hang-on-demand': { params: { action: 'count', text: 'one two\nthree' }, answer: { words: 3, lines: 2 } },
};
const token = 'a token of 24 characters';

let dataDir = '';
let open: SkillConversation[] = [];
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'skillward-examples-'));
  await catalog.reload();
});
afterEach(() => {
  for (const conversation of open) conversation.kill();
  open = [];
});
afterAll(() => rm(dataDir, { recursive: true }));

async function planFor(id: string, settings: Readonly<Record<string, string>> = {}): Promise<LaunchPlan> {
  const skill: CatalogSkill | undefined = catalog.get(id);
  if (skill === undefined) throw new Error(`no example ${id}`);
  const result = await planLaunch(skill, {
    dataDir,
    hostEnv: process.env,
    credentials: {},
    settings,
    which: programFinder(process.env, process.platform),
    platform: process.platform,
  });
  if (!result.ok) throw new Error(result.message);
  return result.plan;
}

async function started(id: string, settings: Readonly<Record<string, string>> = {}) {
  const plan = await planFor(id, { ...(id === 'mail-token' ? { signing_token: token } : {}), ...settings });
  const skill = new SkillConversation(plan);
  open.push(skill);
  const answer = await skill.ask('skill.handshake', {
    expected_name: plan.expectedName,
    fae_version: '0.1.0',
    ...(plan.settings === undefined ? {} : { settings: plan.settings }),
  });
  expect(answer.result).toMatchObject({ name: id, version: expect.any(String) });
  return skill;
}

async function invoke(skill: SkillConversation, params: object): Promise<unknown> {
  return (await skill.ask('skill.invoke', params)).result;
}

it('all examples are whole, and every one is driven here', async () => {
  expect(catalog.list().filter((skill) => skill.broken !== null)).toEqual([]);
  expect(catalog.folderProblems()).toEqual([]);
  expect(catalog.list().map(({ id }) => id)).toEqual([...Object.keys(invocations), 'notes'].sort());
});

it('the helper file is the same in every skill that has one', async () => {
  const folders = (await readdir(examples, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const copies = await Promise.all(
    folders
      .filter(({ name }) => name !== 'notes')
      .map(({ name }) => readFile(path.join(examples, name, 'skill_loop.py'), 'utf8')),
  );
  expect(copies).toHaveLength(5);
  expect(new Set(copies).size).toBe(1);
});

describe.each(Object.keys(invocations))('%s', (id) => {
  it('shakes hands, tells its health, works, survives junk, and shuts down when asked', async () => {
    const skill = await started(id);
    const status = (await skill.ask('skill.health')).result;
    expect(status).toMatchObject({ status: expect.stringMatching(/^(ok|degraded)$/) });
    for (const junk of ['', 'not json', '[]', '5', 'null', '{"jsonrpc":"2.0"}', '{"method":5,"id":1}'])
      skill.write(junk);
    skill.write('{"jsonrpc":"2.0","method":"skill.invoke","params":{}}');
    expect(await invoke(skill, invocations[id]?.params ?? {})).toMatchObject(invocations[id]?.answer ?? {});
    expect((await skill.ask('no.such.method')).error).toMatchObject({ code: -32601 });
    expect((await skill.ask('skill.shutdown')).result).toEqual({ status: 'ok' });
    expect(await skill.ended()).toBe(0);
    expect(skill.strayLines).toEqual([]);
    expect(skill.stderr).toBe('');
  });

  it('ends with exit code 0 when its stdin is closed', async () => {
    const skill = await started(id);
    skill.closeStdin();
    expect(await skill.ended()).toBe(0);
    expect(skill.stderr).toBe('');
  });
});

describe('the states the examples are there to show', () => {
  it('disk-space is degraded when less than the limit is free', async () => {
    const skill = await started('disk-space', { min_free_mb: '999999999' });
    expect((await skill.ask('skill.health')).result).toMatchObject({
      status: 'degraded',
      detail: expect.stringMatching(/^only \d+ MB are free where .* lies; the limit is 999999999 MB$/),
    });
    expect((await skill.ask('skill.invoke', { action: 'usage', folder: '/no/such' })).error?.code).toBe(
      -32000,
    );
  });

  it('backlog is degraded while more files wait than it may leave, and recovers by working', async () => {
    const idle = await started('backlog', { burst_files: '30', files_per_sec: '0' });
    expect((await idle.ask('skill.health')).result).toMatchObject({
      status: 'degraded',
      detail: expect.stringMatching(/^\d+ files wait in the spool folder, more than 20$/),
    });
    idle.closeStdin();
    expect(await idle.ended()).toBe(0);
    const busy = await started('backlog', { burst_files: '0', files_per_sec: '500' });
    await expect
      .poll(() => invoke(busy, { action: 'waiting' }), { timeout: 20_000 })
      .toMatchObject({ waiting: 0 });
    expect((await busy.ask('skill.health')).result).toEqual({ status: 'ok' });
  });

  it('flaky-fetch dies of a cut-off feed with a traceback that names file, time and numbers', async () => {
    const skill = await started('flaky-fetch', { fetch_every_secs: '1' });
    await invoke(skill, { action: 'break' });
    expect(await skill.ended()).toBe(1);
    expect(skill.stderr).toMatch(/Traceback[\s\S]*json\.decoder\.JSONDecodeError[\s\S]*direct cause/);
    expect(skill.stderr).toMatch(
      /RuntimeError: feed \S+feed\.json was cut off at \d{4}-\d\d-\d\dT\S+: got \d+ of \d+ bytes\s*$/,
    );
  });

  it('mail-token as it is delivered ends in its handshake and says which setting is missing', async () => {
    const plan = await planFor('mail-token');
    const skill = new SkillConversation(plan);
    open.push(skill);
    const params = { expected_name: 'mail-token', fae_version: '0.1.0', settings: plan.settings };
    await expect(skill.ask('skill.handshake', params)).rejects.toThrow(/ended with 1 without an answer/);
    expect(skill.stderr).toMatch(
      /ValueError: settings\.signing_token has 0 characters.*\[settings\] in manifest\.toml/,
    );
  });

  it('mail-token tells a genuine signature from another', async () => {
    const skill = await started('mail-token');
    const link = 'https://example.org/leave';
    const signed = (await invoke(skill, { action: 'sign', link })) as { signature: string };
    expect(await invoke(skill, { ...signed, action: 'verify', link })).toEqual({ genuine: true });
    expect(await invoke(skill, { ...signed, action: 'verify', link: `${link}x` })).toEqual({
      genuine: false,
    });
  });

  it('hang-on-demand stops answering for as long as it is told', async () => {
    const skill = await started('hang-on-demand');
    const order: string[] = [];
    const hung = skill.ask('skill.invoke', { action: 'hang', secs: 0.1 }).then(() => order.push('hang'));
    const health = skill.ask('skill.health').then(() => order.push('health'));
    await Promise.all([hung, health]);
    expect(order).toEqual(['hang', 'health']);
    skill.closeStdin();
    expect(await skill.ended()).toBe(0);
    expect(skill.stderr).toMatch(/hanging as asked for 0\.1 seconds/);
  });
});

it('notes speaks MCP and keeps what it is given', async () => {
  const talk = async () => {
    const skill = new SkillConversation(await planFor('notes'));
    open.push(skill);
    const client = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'test', version: '1' },
    };
    expect((await skill.ask('initialize', client)).result).toMatchObject({ serverInfo: { name: 'notes' } });
    skill.write('{"jsonrpc":"2.0","method":"notifications/initialized"}');
    expect((await skill.ask('ping')).result).toEqual({});
    return skill;
  };
  const first = await talk();
  first.write('junk');
  expect((await first.ask('tools/list')).result).toMatchObject({
    tools: [{ name: 'add_note' }, { name: 'list_notes' }],
  });
  const text = 'buy milk — ☕';
  expect((await first.ask('tools/call', { name: 'add_note', arguments: { text } })).result).toMatchObject({
    content: [{ type: 'text', text: 'kept as note 1' }],
  });
  expect((await first.ask('tools/call', { name: 'add_note', arguments: {} })).result).toMatchObject({
    isError: true,
  });
  expect((await first.ask('tools/call', { name: 'nothing' })).error?.code).toBe(-32602);
  expect((await first.ask('skill.handshake', {})).error?.code).toBe(-32601);
  first.closeStdin();
  expect(await first.ended()).toBe(0);
  const second = await talk();
  expect((await second.ask('tools/call', { name: 'list_notes' })).result).toMatchObject({
    content: [{ text }],
  });
});
