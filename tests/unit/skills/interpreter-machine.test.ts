import { describe, expect, it } from 'vitest';
import { findMachinePython } from '../../../electron/skills/interpreter-machine.ts';
import { InterpreterProbe } from '../../../electron/skills/interpreter-probe.ts';

/** A machine where these programs are found and say this of themselves; null: they do not answer. */
function machine(says: Readonly<Record<string, string | null>>, platform: NodeJS.Platform = 'linux') {
  const probe = new InterpreterProbe((command, args) => {
    const said = says[[command, ...args.slice(0, -1)].join(' ')] ?? null;
    return Promise.resolve({
      code: said === null || said === 'broken' ? 1 : 0,
      stdout: said ?? '',
      stderr: said === 'broken' ? 'cannot execute' : '',
      timedOut: said === null,
    });
  });
  const names = new Set(Object.keys(says).map((command) => command.split(' ')[0] ?? ''));
  const which = (name: string) => Promise.resolve(names.has(name) ? name : null);
  return findMachinePython('/', { which, probe, platform, env: {} });
}

describe('the Python of a machine', () => {
  it('is the first Python 3 that runs', async () => {
    expect(await machine({ python3: 'Python 3.12.4' })).toMatchObject({
      ok: true,
      command: 'python3',
      version: [3, 12, 4],
    });
    expect(await machine({ python3: 'broken', python: 'Python 3.9.1' })).toMatchObject({ command: 'python' });
    expect(await machine({ 'py -3': 'Python 3.13.0' }, 'win32')).toMatchObject({
      command: 'py',
      args: ['-3'],
    });
  });

  it('is not an old one, and not what only looks like one', async () => {
    expect(await machine({ python: 'Python 2.7.18' })).toEqual({
      ok: false,
      message: 'no Python 3 was found on this machine',
    });
    expect(await machine({ python3: 'broken' })).toMatchObject({
      message: expect.stringContaining('python3 does not run: cannot execute'),
    });
  });

  it('that is too busy to answer is there all the same', async () => {
    expect(await machine({ python3: null })).toMatchObject({ ok: true, version: null });
  });
});
