import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Catalog } from '../../../electron/skills/catalog.ts';
import { type LaunchContext, planLaunch } from '../../../electron/skills/interpreter.ts';
import { InterpreterProbe, type ProgramOutcome } from '../../../electron/skills/interpreter-probe.ts';
import type { LaunchPlan } from '../../../electron/skills/types.ts';

let root = '';
let calls: string[] = [];
/** Programs of the pretended machine by name, with what they say to `--version` or, for uv, to `sync`. */
let programs: Record<string, Partial<ProgramOutcome>> = {};

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'skillward-interpreter-'));
  calls = [];
  programs = { python3: { stdout: 'Python 3.11.7\n' } };
});
afterEach(() => rm(root, { recursive: true }));

async function skillFolder(manifest: string, script = ''): Promise<string> {
  const folder = path.join(root, 'skills', 'mail');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'manifest.toml'), `id = "mail"\nname = "Mail"\n${manifest}`);
  await writeFile(path.join(folder, 'skill.py'), script);
  return folder;
}

const probe = () =>
  new InterpreterProbe(async (command, args) => {
    calls.push([path.basename(command), ...args].join(' '));
    return { code: 0, stdout: '', stderr: '', timedOut: false, ...programs[path.basename(command)] };
  });

async function plan(more: Partial<LaunchContext> = {}) {
  const catalog = new Catalog([path.join(root, 'skills')]);
  await catalog.reload();
  const [skill] = catalog.list();
  if (skill === undefined) throw new Error('no skill was found');
  return planLaunch(skill, {
    dataDir: path.join(root, 'data'),
    hostEnv: { PATH: '/usr/bin', HOME: '/home/me' },
    credentials: {},
    which: async (name) => (name in programs ? `/bin/${name}` : null),
    platform: 'linux',
    probe: probe(),
    ...more,
  });
}

async function planOf(more: Partial<LaunchContext> = {}): Promise<LaunchPlan> {
  const result = await plan(more);
  if (!result.ok) throw new Error(result.message);
  return result.plan;
}

async function refusalOf(more: Partial<LaunchContext> = {}): Promise<string> {
  const result = await plan(more);
  if (result.ok) throw new Error(`would start ${result.plan.command}`);
  return result.message;
}

const withDependencies =
  '# /// script\n# requires-python = ">=3.10"\n# dependencies = ["requests", "rich>=13"]\n# ///\n';

describe('the interpreter', () => {
  it('is the Python of the machine when nothing else is said', async () => {
    const folder = await skillFolder('');
    expect(await planOf()).toMatchObject({
      command: '/bin/python3',
      args: [path.join(folder, 'skill.py')],
      cwd: folder,
      interpreter: 'python3.11',
      expectedName: 'mail',
      skillId: 'mail',
    });
  });

  it('is the .venv of the skill when there is one', async () => {
    const folder = await skillFolder('');
    await mkdir(path.join(folder, '.venv', 'bin'), { recursive: true });
    await writeFile(path.join(folder, '.venv', 'pyvenv.cfg'), '');
    expect(await refusalOf()).toMatch(/no working Python any more: make it anew/);
    const python = path.join(folder, '.venv', 'bin', 'python');
    await writeFile(python, '');
    programs.python = { stdout: 'Python 3.9.1' };
    expect(await planOf()).toMatchObject({ command: python, interpreter: '.venv' });
  });

  it('is uv, offline, when uv is there and the script declares dependencies', async () => {
    const folder = await skillFolder('min_python = "3.11"\n', withDependencies);
    programs.uv = {};
    const script = path.join(folder, 'skill.py');
    const offline = ['--offline', '--no-python-downloads', '--python', '>=3.11'];
    expect(await planOf()).toMatchObject({
      command: '/bin/uv',
      args: ['run', ...offline, script],
      interpreter: 'uv run',
    });
    expect(calls).toEqual([['uv', 'sync', ...offline, '--script', script].join(' ')]);
    await writeFile(`${script}.lock`, '');
    expect((await planOf()).args).toContain('--frozen');
  });

  it('is not uv when the script declares none, or uv is not there', async () => {
    await skillFolder('');
    programs.uv = {};
    expect(await planOf()).toMatchObject({ interpreter: 'python3.11' });
    await skillFolder('', withDependencies);
    delete programs.uv;
    expect(await planOf()).toMatchObject({ interpreter: 'python3.11' });
  });

  it('refuses to start when uv would have to download, and says what to run', async () => {
    await skillFolder('', withDependencies);
    programs.uv = {
      code: 1,
      stderr: '  × No solution found\n  because requests was not found in the cache',
    };
    const message = await refusalOf();
    expect(message).toMatch(
      /dependencies \(requests, rich>=13\) are not ready and nothing is installed unasked/,
    );
    expect(message).toMatch(/run once {2}uv sync --script ".*skill\.py"/);
    expect(message).toMatch(/uv says: × No solution found because requests/);
  });

  it('leaves the verdict to uv run when uv is too old to be asked, but not when it is too old for the skill', async () => {
    await skillFolder('min_uv_version = "0.5.0"\n', withDependencies);
    programs.uv = { code: 2, stderr: "error: unexpected argument '--script' found" };
    expect(await planOf()).toMatchObject({ interpreter: 'uv run' });
    programs.uv = { stdout: 'uv 0.4.30 (abc 2024-10-01)' };
    expect(await refusalOf()).toMatch(/needs uv 0\.5\.0 .*0\.4\.30: update it/);
  });

  it('is what the manifest names, from the PATH or from its folder', async () => {
    const folder = await skillFolder('interpreter = "python3.12"\n', withDependencies);
    programs.uv = {};
    expect(await refusalOf()).toBe(
      'interpreter `python3.12` was not found: install it, or correct `interpreter` in the manifest',
    );
    programs['python3.12'] = { stdout: 'Python 3.12.1' };
    expect(await planOf()).toMatchObject({ command: '/bin/python3.12', interpreter: 'python3.12' });
    await skillFolder('interpreter = "tools/mypython"\n');
    await mkdir(path.join(folder, 'tools'));
    await writeFile(path.join(folder, 'tools', 'mypython'), '');
    programs.mypython = { stdout: 'Python 3.13.0' };
    expect(await planOf()).toMatchObject({ command: path.join(folder, 'tools', 'mypython') });
  });

  it('gives way to a command, which is started as it stands', async () => {
    await skillFolder('command = ["node", "server.js", "--x"]\nprotocol = "mcp"\n');
    expect(await refusalOf()).toMatch(/command `node` was not found/);
    programs.node = {};
    expect(await planOf()).toMatchObject({
      command: '/bin/node',
      args: ['server.js', '--x'],
      interpreter: 'node',
      protocol: 'mcp',
    });
    expect(calls).toEqual([]);
  });

  it('is a configuration error with a way out when there is no Python 3', async () => {
    await skillFolder('');
    programs = {};
    expect(await refusalOf()).toBe(
      'no Python 3 was found on this machine: install Python 3, or name one with `interpreter` in the manifest',
    );
    programs = { python: { stderr: 'Python 2.7.18', stdout: '' } };
    expect(await refusalOf()).toMatch(/no Python 3 was found/);
    programs = {
      python3: { code: 127, stderr: 'pyenv: python3: command not found' },
      python: { stdout: 'Python 3.8.2' },
    };
    expect(await planOf()).toMatchObject({ command: '/bin/python' });
    delete programs.python;
    expect(await refusalOf()).toMatch(/\(\/bin\/python3 does not run: pyenv: python3: command not found\)/);
  });

  it('is the launcher on Windows', async () => {
    const folder = await skillFolder('');
    programs = { py: { stdout: 'Python 3.12.0' } };
    expect(await planOf({ platform: 'win32' })).toMatchObject({
      command: '/bin/py',
      args: ['-3', path.join(folder, 'skill.py')],
      interpreter: 'python3.12',
    });
  });

  it.each([
    ['min_python = "3.12"\n', '', /needs Python 3\.12 \(`min_python`\), but \/bin\/python3 is 3\.11\.7/],
    ['', '# /// script\n# requires-python = "<3.11"\n# ///\n', /needs Python <3\.11 \(`requires-python`\)/],
  ])('must be new enough: %j %j', async (manifest, script, message) => {
    await skillFolder(manifest, script);
    expect(await refusalOf()).toMatch(message);
  });

  it('is taken on trust when it is too slow to tell its version', async () => {
    await skillFolder('min_python = "3.12"\n');
    programs.python3 = { code: null, timedOut: true };
    expect(await planOf()).toMatchObject({ interpreter: 'python3' });
  });

  it('is asked for its version once', async () => {
    await skillFolder('min_python = "3.8"\n');
    const one = probe();
    await planOf({ probe: one });
    await planOf({ probe: one });
    expect(calls).toEqual(['python3 --version']);
  });
});

describe('the environment', () => {
  it('is what is on the list, what Python needs, the data folder and declared credentials, and nothing else', async () => {
    await skillFolder('[[credentials]]\nname = "token"\nenv_var = "MAIL_TOKEN"\ndescription = "x"\n');
    const hostEnv = {
      PATH: '/usr/bin',
      HOME: '/home/me',
      LC_ALL: 'C',
      LANG: '() { :; }; echo',
      AWS_SECRET_ACCESS_KEY: 'secret',
      PYTHONPATH: '/x',
      LD_PRELOAD: '/x.so',
      MAIL_OTHER: 'x',
    };
    const { env, credentials } = await planOf({ hostEnv, credentials: { token: 'abc', undeclared: 'no' } });
    const skillData = path.join(root, 'data', 'skills', 'mail');
    expect(env).toEqual({
      PATH: '/usr/bin',
      HOME: '/home/me',
      LC_ALL: 'C',
      PYTHONUNBUFFERED: '1',
      PYTHONIOENCODING: 'utf-8',
      PYTHONFAULTHANDLER: '1',
      SKILLWARD_SKILL_DATA: skillData,
      MAIL_TOKEN: 'abc',
    });
    expect(credentials).toEqual({ token: 'abc' });
    expect((await stat(skillData)).mode & 0o777).toBe(0o700);
  });

  it('keeps what Windows needs, whatever the case', async () => {
    await skillFolder('command = "python3"\n');
    const { env } = await planOf({
      platform: 'win32',
      hostEnv: { Path: 'C:\\', SystemRoot: 'C:\\Windows', SECRET: 'x' },
    });
    expect(env).toMatchObject({ Path: 'C:\\', SystemRoot: 'C:\\Windows' });
    expect(env).not.toHaveProperty('SECRET');
  });
});

describe('credentials and settings', () => {
  const credential = (more: string): string =>
    `[[credentials]]\nname = "token"\nenv_var = "T"\ndescription = "of the bot"\n${more}`;

  it('a missing required credential is a configuration error that never shows a value', async () => {
    await skillFolder(credential(''));
    const message =
      'credential `token` is missing (of the bot): enter it in the dashboard or with skillward credential set, or start the host with T set';
    expect(await refusalOf()).toBe(message);
    expect(await refusalOf({ credentials: { token: '' } })).toBe(message);
    expect(await refusalOf({ credentials: { token: 'se\0cret' } })).not.toContain('cret');
  });

  it('an optional one may be missing, a default stands in', async () => {
    await skillFolder(credential('required = false\n'));
    expect(await planOf()).not.toHaveProperty('credentials');
    await skillFolder(credential('default = "none"\n'));
    expect(await planOf()).toMatchObject({ credentials: { token: 'none' }, env: { T: 'none' } });
  });

  it("a person's settings go over the manifest's; without any the member is absent", async () => {
    await skillFolder('');
    expect(await planOf()).not.toHaveProperty('settings');
    await skillFolder('[settings]\na = 1\nb = [1, 2]\n');
    expect(await planOf({ settings: { a: '9' } })).toMatchObject({ settings: { a: '9', b: '1,2' } });
  });
});

it('a broken skill cannot be started, and the sentence says where to look', async () => {
  const folder = await skillFolder('version = 1\n');
  expect(await refusalOf()).toMatch(`${path.join(folder, 'manifest.toml')}:3: \`version\` must be text`);
});
