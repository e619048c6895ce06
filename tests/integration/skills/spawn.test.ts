import { once } from 'node:events';
import { expect, test } from 'vitest';
import { type Child, runTool, spawnChild } from '../../../electron/skills/spawn.ts';
import { openDescriptors } from '../../support/harness/leaks.ts';
import { python } from '../../support/harness/python.ts';
import { until } from '../../support/harness/until.ts';

async function start(program: string, command = python): Promise<Child> {
  const result = await spawnChild({ command, args: ['-c', program], cwd: '/', env: {} });
  if (!result.ok) throw new Error(result.failure.message);
  return result.child;
}

const exitOf = (child: Child) => new Promise((resolve) => child.onExit(resolve));

test('writing to a process that has died is no crash of the host, before and after its pipes are gone', async () => {
  const child = await start(
    'import os; os.close(0); print("closed", flush=True); import time; time.sleep(600)',
  );
  await once(child.stdout, 'data');
  child.stdin.write('x'.repeat(1_000_000));
  child.kill('SIGKILL');
  await exitOf(child);
  for (const stream of [child.stdout, child.stderr]) stream.resume();
  child.stdin.destroy();
  await until(() => child.stdout.closed && child.stderr.closed && child.stdin.closed, 'the pipes are closed');
  // An error nobody listens to would fail this file as an uncaught exception.
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.emit('error', new Error('EPIPE'));
  child.stdin.write('too late');
  await new Promise((resolve) => setImmediate(resolve));
});

test('the exit is told although a grandchild holds the pipes, also to who asks late', async () => {
  const child = await start('import os, time; os.fork() == 0 and time.sleep(600)');
  expect(await exitOf(child)).toEqual({ exitCode: 0, signal: null });
  expect(child.stdout.readableEnded).toBe(false);
  expect(await exitOf(child)).toEqual({ exitCode: 0, signal: null });
  process.kill(-child.pid, 'SIGKILL');
});

test('a failed start leaves no descriptor behind', async () => {
  await spawnChild({ command: '/nowhere', args: [], cwd: '/', env: {} });
  const before = openDescriptors();
  for (let count = 0; count < 20; count += 1) {
    const result = await spawnChild({ command: '/nowhere', args: [], cwd: '/', env: {} });
    expect(result).toMatchObject({ ok: false, failure: { code: 'ENOENT' } });
  }
  await until(() => openDescriptors() <= before, 'descriptors are closed');
});

test('a short program is run to its end, and ended when it takes too long', async () => {
  const env = { PATH: '' };
  expect(await runTool(python, ['-c', 'print(1)'], { timeoutMs: 20_000, env })).toMatchObject({
    ok: true,
    stdout: '1',
  });
  expect(await runTool(python, ['-c', 'exit(3)'], { timeoutMs: 20_000 })).toMatchObject({
    ok: false,
    exitCode: 3,
  });
  expect(await runTool(python, ['-c', 'while 1: pass'], { timeoutMs: 100 })).toMatchObject({ ok: false });
  expect(await runTool('/nowhere', [], { timeoutMs: 100 })).toMatchObject({ ok: false, exitCode: null });
});
