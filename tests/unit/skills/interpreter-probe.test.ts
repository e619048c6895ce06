import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { InterpreterProbe, programFinder } from '../../../electron/skills/interpreter-probe.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'skillward-probe-'));
});
afterEach(() => rm(root, { recursive: true }));

it('programs are looked for on the PATH in order, then where Python tools usually are', async () => {
  const [first, second, home] = ['first', 'second', 'home/.local/bin'].map((name) => path.join(root, name));
  if (first === undefined || second === undefined || home === undefined) throw new Error('three folders');
  for (const folder of [first, second, home]) await mkdir(folder, { recursive: true });
  await writeFile(path.join(first, 'tool'), '', { mode: 0o644 });
  await writeFile(path.join(second, 'tool'), '', { mode: 0o755 });
  await writeFile(path.join(home, 'other-tool'), '', { mode: 0o755 });
  const find = programFinder({ PATH: `:.:${first}:${second}`, HOME: path.join(root, 'home') }, 'linux');
  expect(await find('tool')).toBe(path.join(second, 'tool'));
  expect(await find('other-tool')).toBe(path.join(home, 'other-tool'));
  expect(await find('no-such-tool')).toBeNull();
  expect(await programFinder({ PATH: path.relative('.', second) }, 'linux')('tool')).toBeNull();
  expect(await find('../second/tool')).toBeNull();
});

it('a real program is asked, given up on in time, and its absence is an answer', async () => {
  const where = { cwd: root, env: {} };
  const real = new InterpreterProbe();
  const version = process.versions.node.split('.').map(Number);
  expect(await real.version(process.execPath, [], where)).toEqual({ kind: 'version', version });
  expect(await real.version(path.join(root, 'absent'), [], where)).toMatchObject({ kind: 'unusable' });
  const script = 'setInterval(() => undefined, 1000)';
  expect(await real.run(process.execPath, ['-e', script], { ...where, timeoutMs: 50 })).toMatchObject({
    code: null,
    timedOut: true,
  });
});

it('whoever asks while a program is being asked gets the same answer; one that came too late is asked again', async () => {
  let asked = 0;
  let timedOut = true;
  const probe = new InterpreterProbe(async () => {
    asked += 1;
    await pause(20);
    return { code: 0, stdout: 'Python 3.11.7', stderr: '', timedOut };
  });
  const ask = () => probe.version(process.execPath, [], { cwd: root, env: {} });
  expect(await ask()).toEqual({ kind: 'slow' });
  timedOut = false;
  const known = { kind: 'version', version: [3, 11, 7] };
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([known, known, known]);
  expect(await ask()).toEqual(known);
  expect(asked).toBe(2);
});
