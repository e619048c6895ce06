import { afterEach, describe, expect, test } from 'vitest';
import { listTools } from '../../../electron/runtime/mcp-tools.ts';
import { Bench, type SkillUnderTest } from '../../support/harness/bench.ts';

// The server is a stand-in in the standard library for one made with the official SDK: see its first lines.
let bench: Bench;
afterEach(() => bench.close());

const longTimeoutMs = 15_000;
const server = (protocol: 'mcp' | 'auto', ...args: string[]): SkillUnderTest => ({
  script: 'mcp_sdk_like.py',
  args,
  plan: { protocol },
});

async function serve(skill: SkillUnderTest): Promise<void> {
  bench = await Bench.open({ mcp: skill });
  await bench.supervisor.start('mcp');
}
const call = (tool: string, params = {}, timeoutMs = longTimeoutMs) =>
  bench.supervisor.invoke('mcp', tool, params, timeoutMs);
const health = (timeoutMs = longTimeoutMs) => bench.supervisor.askHealth('mcp', timeoutMs);
const tools = () => listTools(bench.supervisor, 'mcp', () => performance.now());

describe.each([
  ['named in the manifest', server('mcp')],
  ['of the newest era only', server('mcp', 'newest')],
  ['found out by itself', server('auto')],
  ['found out, though it calls all before initialize invalid', server('auto', 'strict')],
  ['found out, of the newest era only', server('auto', 'newest')],
])('an MCP server %s', (_what, skill) => {
  test('is asked, lists its tools over pages, has them called, and ends when its input is closed', async () => {
    await serve(skill);
    expect(bench.supervisor.protocol('mcp')).toBe('mcp');
    expect(await health()).toMatchObject({ kind: 'answered', healthy: true });
    expect((await tools()).map(({ name }) => name)).toEqual(['add', 'raises', 'hang', 'block_loop', 'die']);
    expect(await call('add', { a: 2, b: 3 })).toMatchObject({
      ok: true,
      result: { content: [{ text: '5' }] },
    });
    expect(await call('tools/call', { name: 'add', arguments: { a: 1, b: 1 } })).toMatchObject({ ok: true });
    expect(bench.text('stdout')).toContain('half way');
    expect(await call('raises')).toMatchObject({
      ok: false,
      kind: 'skill_error',
      message: 'Error executing tool raises',
    });
    expect(bench.supervisor.process('mcp').noise.strayAnswers).toBe(0);
    await bench.supervisor.stop('mcp');
    expect(bench.supervisor.process('mcp').cause).toMatchObject({ kind: 'killed-by-us', exitCode: 0 });
    expect(bench.downs).toEqual([]);
  });
});

describe('an MCP server in trouble', () => {
  test('with a tool that hangs on its thread: the call times out, the server is well', async () => {
    await serve(server('mcp'));
    expect(await call('hang', {}, 300)).toMatchObject({ ok: false, kind: 'timeout' });
    expect(await health()).toMatchObject({ kind: 'answered', healthy: true });
  });

  test('with a blocked loop is a hang; the answers that come late are dropped, and it is well again', async () => {
    await serve(server('mcp'));
    const blocked = call('block_loop', { seconds: 1.2 }, 200);
    expect(await health(300)).toMatchObject({ kind: 'timeout' });
    expect(await blocked).toMatchObject({ kind: 'timeout' });
    expect(await health()).toMatchObject({ kind: 'answered', healthy: true });
    expect(bench.supervisor.process('mcp').noise.strayAnswers).toBe(2);
  });

  test('with a tool that ends the process: the caller is told, and so is the monitor, once', async () => {
    await serve(server('mcp'));
    expect(await call('die')).toMatchObject({
      ok: false,
      kind: 'unavailable',
      message: expect.stringContaining('dying now'),
    });
    const { cause } = await bench.downCount(1);
    expect(cause).toMatchObject({ kind: 'exit', exitCode: 3 });
    bench.supervisor.restartAfterFailure('mcp', 1);
    await bench.state('mcp', 'running');
    expect(await call('add', { a: 1, b: 2 })).toMatchObject({ ok: true });
    expect(bench.downs).toHaveLength(1);
  });
});

describe('a skill whose manifest names no protocol', () => {
  test('and that knows none of them is told what it should have answered', async () => {
    const refuses = '!{"code":-32601,"message":"what?"}';
    bench = await Bench.open({
      answers: { script: 'answers.py', args: [refuses], plan: { protocol: 'auto' } },
    });
    await expect(bench.supervisor.start('answers')).rejects.toMatchObject({
      cause: {
        kind: 'configuration',
        remedy: 'mend-files',
        message: expect.stringMatching(/neither dialect of the skill protocol nor MCP.*skill\.handshake/),
      },
    });
  });

  test.each([
    ['the prefixed dialect', 'polite.py'],
    ['the unprefixed dialect', 'unprefixed.py'],
  ])('is heard in %s', async (_what, script) => {
    bench = await Bench.open({ polite: { script, plan: { protocol: 'auto' } } });
    await bench.supervisor.start('polite');
    expect(bench.supervisor.protocol('polite')).toBe('skill');
    expect(await bench.supervisor.askHealth('polite', longTimeoutMs)).toMatchObject({ healthy: true });
  });

  test('and that is a one-shot script is told how to say so', async () => {
    const args = ['-c', 'import sys; sys.stdin.readline(); print(\'{"ok": true}\')'];
    bench = await Bench.open({ once: { script: '', plan: { protocol: 'auto', args } } });
    await expect(bench.supervisor.start('once')).rejects.toMatchObject({
      cause: { kind: 'configuration', message: expect.stringContaining('write mode = "one-shot"') },
    });
  });
});
