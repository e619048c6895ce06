import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../support/harness/until.ts';
import { removeDir, startHost, type TestHost, tempDir, writeSkills } from '../../support/host-process.ts';
import { healthySkill } from '../../support/python-skills.ts';
import { wheelHouse } from '../../support/python-wheels.ts';

/** Each test makes virtual environments or waits for Python. */
const LONG_MS = 90_000;
const SECRET = 'tok-7c1d"e f/9';
const SECOND = 'another-Value-22';
const skillsDir = tempDir();
const wheels = tempDir();
const config = tempDir();
let env: Record<string, string>;
let host: TestHost;

/** Says its token wherever a skill can say anything. */
const talker = `import os, sys
TOKEN = os.environ["TALKER_TOKEN"]
sys.stderr.write("my token is " + TOKEN + "\\n")
sys.stderr.flush()
print("stdout: " + TOKEN, flush=True)
${healthySkill.replace('def health(request):\n    answer(request, {"status": "ok"})', 'def health(request):\n    answer(request, {"status": "degraded", "detail": "using " + TOKEN})')}`;
const credential = `[[credentials]]\nname = "token"\nenv_var = "TALKER_TOKEN"\ndescription = "of the talker"`;
const needs = (module: string) => `# /// script\n# dependencies = ["${module}"]\n# ///\nimport ${module}\n`;

beforeAll(async () => {
  env = wheelHouse(wheels, { tinydep: 'VALUE = 42\n' });
  writeSkills(skillsDir, {
    talker: { source: talker, manifest: credential },
    thirsty: { source: needs('tinydep') + healthySkill },
    hopeless: { source: needs('nosuchdep') + healthySkill },
    silent: { source: `import tinydep\n${healthySkill}` },
  });
  host = await startHost({ skillsDir, env: { ...env, XDG_CONFIG_HOME: config } });
}, LONG_MS);
afterAll(async () => {
  await host.stop();
  for (const folder of [skillsDir, wheels, config, host.dataDir]) removeDir(folder);
});

const skillOf = async (skillId: string) =>
  (await host.client.call('skill.list')).skills.find((skill: { id: string }) => skill.id === skillId);
const whenProcess = (skillId: string, state: string) =>
  host.client.skill(skillId, ({ process }) => process.state === state, LONG_MS);
const outputOf = (jobId: string) =>
  host.client.events.filter(
    ({ event, payload }) => event === 'environment.output' && payload.jobId === jobId,
  );
const endOf = async (jobId: string) =>
  (
    await host.client.event(
      'environment.output',
      (payload) => payload.jobId === jobId && payload.end !== undefined,
      LONG_MS,
    )
  ).payload;

describe('credentials', { timeout: LONG_MS }, () => {
  it('one that is missing is a state with a way out, not a crash loop', async () => {
    const skill = await whenProcess('talker', 'failed');
    expect(skill.process.cause).toMatchObject({ kind: 'configuration', remedy: 'enter-credentials' });
    expect(skill).toMatchObject({
      credentialsMissing: ['token'],
      process: { restarts: 0, nextAttemptAt: null },
    });
    const { credentials, keptIn } = await host.client.call('credential.list', { skillId: 'talker' });
    expect(credentials).toMatchObject([
      { name: 'token', envVar: 'TALKER_TOKEN', required: true, source: 'missing' },
    ]);
    expect(keptIn).toContain('encrypted file');
  });

  it('entering it on standard input starts the skill; the value is shown nowhere', async () => {
    const entering = spawn(process.execPath, [
      'out/main/cli.js',
      '--data-dir',
      host.dataDir,
      'credential',
      'set',
      'talker',
      'token',
    ]);
    let said = '';
    for (const stream of [entering.stdout, entering.stderr])
      stream.on('data', (text) => {
        said += String(text);
      });
    entering.stdin.end(`${SECRET}\n`);
    await new Promise((resolve) => entering.once('exit', resolve));
    expect(said).toContain('Kept token of talker');
    await whenProcess('talker', 'running');

    const check = await host.client.call('skill.health.check', { skillId: 'talker' });
    expect(check.skills[0].outcome.detail).toBe('using [secret]');
    const echo = await host.client.call('skill.invoke', {
      skillId: 'talker',
      method: 'skill.invoke',
      params: { x: [SECRET] },
    });
    expect(echo.result).toEqual({ echo: { x: ['[secret]'] } });

    // The one before is still in use until the next start: it stays masked too.
    await host.client.call('credential.set', { skillId: 'talker', name: 'token', value: SECOND });
    await host.client.call('skill.health.check', { skillId: 'talker' });
    await host.client.call('skill.restart', { skillId: 'talker' });
    await host.client.call('skill.health.check', { skillId: 'talker' });
    const { lines } = await host.client.call('logs.read', { skillId: 'talker', limit: 100 });
    expect(lines.map((line: { text: string }) => line.text)).toContain('my token is [secret]');
    const { credentials } = await host.client.call('credential.list', {});
    expect(credentials.find((one: { skillId: string }) => one.skillId === 'talker')).toMatchObject({
      source: 'stored',
    });

    const shown = `${JSON.stringify(host.client.events)}${host.log()}${JSON.stringify(await host.client.call('action.list', { limit: 100 }))}`;
    const inLogs = readdirSync(join(host.dataDir, 'logs')).map((name) =>
      readFileSync(join(host.dataDir, 'logs', name), 'utf8'),
    );
    const inFiles = ['skillward.db', 'skillward.db-wal', 'credentials.json'].map((name) =>
      readFileSync(join(host.dataDir, name), 'latin1'),
    );
    for (const text of [shown, ...inLogs, ...inFiles]) {
      for (const value of [SECRET, JSON.stringify(SECRET).slice(1, -1), SECOND])
        expect(text.includes(value)).toBe(false);
    }
    expect(shown).toContain('credential token entered');
  });

  it('the file and its key are their owner’s, apart from each other', () => {
    const [key = ''] = readdirSync(join(config, 'skillward'));
    expect(statSync(join(config, 'skillward', key)).mode & 0o777).toBe(0o600);
    expect(statSync(join(host.dataDir, 'credentials.json')).mode & 0o777).toBe(0o600);
  });

  it('what is not declared is refused, and a value never comes back in a refusal', async () => {
    const refused = await host.client.request('credential.set', {
      skillId: 'talker',
      name: 'other',
      value: SECRET,
    });
    expect(refused.error).toMatchObject({ code: 'not_found' });
    const long = await host.client.request('credential.set', {
      skillId: 'talker',
      name: 'token',
      value: `${SECOND}${'x'.repeat(20_000)}`,
    });
    expect(long.error).toMatchObject({ code: 'invalid_payload' });
    const nul = await host.client.request('credential.set', {
      skillId: 'talker',
      name: 'token',
      value: `${SECOND}\0`,
    });
    expect(nul.error).toMatchObject({ code: 'invalid_payload' });
    for (const { error } of [refused, long, nul])
      expect(JSON.stringify(error)).not.toMatch(/tok-7c1d|another-Value/);
  });

  it('taken away again, the skill lacks it at its next start', async () => {
    const { credential: state } = await host.client.call('credential.clear', {
      skillId: 'talker',
      name: 'token',
    });
    expect(state.source).toBe('missing');
    expect((await host.client.request('skill.restart', { skillId: 'talker' })).error?.message).toContain(
      '`token` is missing',
    );
  });
});

describe('environments', { timeout: LONG_MS }, () => {
  it('a missing module at start is told as what it is, and making the environment mends it', async () => {
    const failed = await whenProcess('thirsty', 'failed');
    expect(failed.process.cause).toMatchObject({ kind: 'configuration', remedy: 'create-environment' });
    expect(failed.process.cause?.message).toContain('"tinydep"');
    const plan = await host.client.call('environment.plan', { skillId: 'thirsty' });
    expect(plan.dependencies).toEqual(['tinydep']);
    expect(plan.steps.at(-1).slice(-2)).toEqual(['--', 'tinydep']);
    expect(existsSync(plan.folder), 'a plan does nothing').toBe(false);

    const { jobId } = await host.client.call('environment.create', { skillId: 'thirsty' });
    const second = await host.client.request('environment.create', { skillId: 'thirsty' });
    expect(second.error).toMatchObject({ code: 'conflict' });
    expect(await endOf(jobId)).toMatchObject({ end: 'done' });
    const output = outputOf(jobId).map(({ payload }) => payload);
    const text = output.map((payload) => payload.text).join('');
    expect(text).toContain('Successfully installed tinydep-1.0');
    let offset = 0;
    for (const payload of output) {
      expect(payload.offset).toBe(offset);
      offset += payload.text.length;
    }
    const skill = await whenProcess('thirsty', 'running');
    expect(skill.process.interpreter).toBe('.venv');
    expect(skill.folder, 'nothing is written into the skill’s own folder').toBe(join(skillsDir, 'thirsty'));
    expect(readdirSync(skill.folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('one that cannot be made says why, and leaves nothing', async () => {
    const { folder } = await host.client.call('environment.plan', { skillId: 'hopeless' });
    const { jobId } = await host.client.call('environment.create', { skillId: 'hopeless' });
    const end = await endOf(jobId);
    expect(end).toMatchObject({ end: 'failed', problem: expect.stringContaining('Its output says why') });
    expect(
      outputOf(jobId)
        .map(({ payload }) => payload.text)
        .join(''),
    ).toContain('nosuchdep');
    expect(existsSync(folder)).toBe(false);
    expect(await skillOf('hopeless')).toMatchObject({ process: { state: 'failed' } });
  });

  it('a job given up is ended with its processes, and what it had made goes', async () => {
    const { folder } = await host.client.call('environment.plan', { skillId: 'hopeless' });
    const { jobId } = await host.client.call('environment.create', { skillId: 'hopeless' });
    await until(() => existsSync(folder), 'the job has begun');
    expect(await host.client.call('environment.cancel', { jobId })).toEqual({ cancelled: true });
    expect(await endOf(jobId)).toMatchObject({ end: 'cancelled' });
    expect(existsSync(folder)).toBe(false);
    expect(processesNaming(folder)).toEqual([]);
    expect(await host.client.call('environment.cancel', { jobId })).toEqual({ cancelled: false });
  });

  it('a skill that declares nothing is told how to', async () => {
    expect((await whenProcess('silent', 'failed')).process.cause?.message).toContain('"tinydep"');
    const { error } = await host.client.request('environment.plan', { skillId: 'silent' });
    expect(error).toMatchObject({ code: 'conflict', message: expect.stringContaining('requirements.txt') });
    writeFileSync(join(skillsDir, 'silent', 'requirements.txt'), '# what it needs\ntinydep==1.0\n');
    const plan = await host.client.call('environment.plan', { skillId: 'silent' });
    expect(plan).toMatchObject({ dependencies: ['tinydep==1.0'] });
    expect(plan.steps.at(-1).slice(-2)).toEqual(['-r', join(skillsDir, 'silent', 'requirements.txt')]);
  });

  it('a dependency that is an option is none', async () => {
    mkdirSync(join(skillsDir, 'sly'));
    writeFileSync(join(skillsDir, 'sly', 'manifest.toml'), 'id = "sly"\nname = "Sly"\n');
    writeFileSync(
      join(skillsDir, 'sly', 'skill.py'),
      `# /// script\n# dependencies = ["--index-url=http://evil.test"]\n# ///\n${healthySkill}`,
    );
    await host.client.event('skill.changed', ({ skill }) => skill?.id === 'sly', LONG_MS);
    const { error } = await host.client.request('environment.create', { skillId: 'sly' });
    expect(error?.message).toContain('is not the name of a package');
  });

  it('a host killed in the middle leaves a half environment nobody uses, and its next start removes it', async () => {
    const { folder } = await host.client.call('environment.plan', { skillId: 'hopeless' });
    void host.client.request('environment.create', { skillId: 'hopeless' });
    await until(() => existsSync(join(folder, 'pyvenv.cfg')), 'the environment is half made');
    await host.kill9();
    host = await startHost({ skillsDir, dataDir: host.dataDir, env: { ...env, XDG_CONFIG_HOME: config } });
    expect(existsSync(folder)).toBe(false);
    expect(processesNaming(folder)).toEqual([]);
    expect(await whenProcess('thirsty', 'running')).toMatchObject({ process: { interpreter: '.venv' } });
  });
});

/** Living processes whose command line names a path. */
function processesNaming(path: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path);
      } catch {
        return false;
      }
    });
}
