import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAsPage } from '../../support/dashboard-client.ts';
import {
  isLive,
  removeDir,
  startHost,
  type TestHost,
  tempDir,
  writeSkills,
} from '../../support/host-process.ts';
import { crashingSkill, healthySkill, sickOnDemandSkill } from '../../support/python-skills.ts';

const run = promisify(execFile);
/** Where people have the skills they install. */
const home = tempDir();
const skillsDir = tempDir();
let host: TestHost;

beforeAll(async () => {
  writeSkills(skillsDir, { resident: { source: healthySkill } });
  host = await startHost({ skillsDir });
});
afterAll(async () => {
  await host.stop();
  for (const folder of [home, skillsDir, host.dataDir]) removeDir(folder);
});

/** A skill as its author has it, in a version. */
function write(id: string, version: string, source = healthySkill, manifest = ''): string {
  writeSkills(home, { [id]: { source, manifest } });
  const file = join(home, id, 'manifest.toml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('version = "1.0.0"', `version = "${version}"`));
  return join(home, id);
}
const install = (path: string, mode?: 'link') =>
  host.client.request('skill.install', { path, ...(mode === undefined ? {} : { mode }) });
const versionsOf = async (skillId: string) =>
  (await host.client.call('skill.versions', { skillId })).versions;
const kept = (skillId: string) => readdirSync(join(host.dataDir, 'packages', skillId));
const skillOf = async (skillId: string) =>
  (await host.client.call('skill.list')).skills.find((skill: { id: string }) => skill.id === skillId);
const cli = (...args: string[]) =>
  run(process.execPath, ['out/main/cli.js', '--data-dir', host.dataDir, ...args]).then(
    ({ stdout }) => ({ code: 0, out: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      out: error.stdout + error.stderr,
    }),
  );
const healthy = (skillId: string, version: string) =>
  host.client.event(
    'skill.changed',
    ({ skill }) =>
      skill?.id === skillId && skill.version === version && skill.health.status.kind === 'healthy',
  );

describe('installing, updating and going back', { timeout: 60_000 }, () => {
  it('a folder is copied whole, tried, and in service; an update replaces it; a rollback brings it back', async () => {
    const path = write('radio', '1.0.0');
    writeFileSync(join(path, 'helper.py'), 'X = 1\n');
    mkdirSync(join(path, '__pycache__'));
    const first = await install(path);
    expect(first.payload).toMatchObject({
      updated: false,
      skill: { id: 'radio', lifecycle: 'active', version: '1.0.0' },
    });
    expect(first.payload.skill.process.state).toBe('running');
    expect(readdirSync(first.payload.skill.folder).sort()).toEqual([
      'helper.py',
      'manifest.toml',
      'skill.py',
    ]);
    await healthy('radio', '1.0.0');

    // The copy is what counts: what its author does now changes nothing.
    write('radio', '2.0.0', sickOnDemandSkill);
    expect((await skillOf('radio')).version).toBe('1.0.0');
    const second = await install(join(home, 'radio'));
    expect(second.payload).toMatchObject({ updated: true, skill: { version: '2.0.0', lifecycle: 'active' } });
    await healthy('radio', '2.0.0');
    expect(await versionsOf('radio')).toMatchObject([
      { version: '2.0.0', current: true, linked: false },
      { version: '1.0.0', current: false },
    ]);

    const back = await host.client.call('skill.rollback', { skillId: 'radio' });
    expect(back).toMatchObject({
      versionId: first.payload.versionId,
      skill: { version: '1.0.0', lifecycle: 'active' },
    });
    const further = await host.client.request('skill.rollback', { skillId: 'radio' });
    expect(further.error).toMatchObject({ code: 'conflict' });
    expect((await cli('versions', 'radio')).out).toMatch(/2\.0\.0.*\n.*1\.0\.0.*in force/);
  });

  it('an update that does not pass its test leaves the version before running, and says why', async () => {
    await install(write('steady', '1.0.0'));
    await healthy('steady', '1.0.0');
    const failed = await install(write('steady', '1.1.0', crashingSkill));
    expect(failed.error).toMatchObject({ code: 'skill_error' });
    expect(failed.error?.message).toMatch(
      /1\.1\.0 of steady did not pass its test: .*token expired.*1\.0\.0 is in force/,
    );
    await host.client.call('skill.health.check', { skillId: 'steady' });
    expect(await skillOf('steady')).toMatchObject({
      version: '1.0.0',
      lifecycle: 'active',
      process: { state: 'running' },
    });
    expect(await versionsOf('steady')).toHaveLength(1);
    expect(kept('steady')).toHaveLength(1);
    const { actions } = await host.client.call('action.list', { skillId: 'steady', limit: 5 });
    expect(actions).toContainEqual(
      expect.objectContaining({ kind: 'updateSkill', result: expect.stringContaining('failed: ') }),
    );
  });

  it('a new skill that does not work stays out of service, with what was wrong', async () => {
    const answer = await cli('install', write('broke', '1.0.0', crashingSkill));
    expect(answer).toMatchObject({ code: 1, out: expect.stringContaining('did not pass its test') });
    expect(await skillOf('broke')).toMatchObject({
      lifecycle: 'pending',
      process: { state: 'failed', cause: { message: expect.stringContaining('token expired') } },
    });
    // Mended, it is installed like any other.
    expect((await install(write('broke', '1.0.1'))).payload).toMatchObject({
      skill: { lifecycle: 'active' },
    });
  });

  it('new files lift neither a quarantine nor a pause', async () => {
    await install(write('patient', '1.0.0'));
    await host.client.call('skill.quarantine', { skillId: 'patient', reason: 'a test' });
    const updated = await install(write('patient', '1.1.0'));
    expect(updated.payload.skill).toMatchObject({
      version: '1.1.0',
      lifecycle: 'quarantined',
      process: { state: 'stopped' },
    });
    await host.client.call('skill.release', { skillId: 'patient', mode: 'force' });
    await healthy('patient', '1.1.0');
    await host.client.call('skill.stop', { skillId: 'patient' });
    expect((await install(write('patient', '1.2.0'))).payload.skill).toMatchObject({
      paused: true,
      process: { state: 'stopped' },
    });
  });

  it('five versions are kept, and no files of others', async () => {
    await install(write('many', '1.0.0'));
    await host.client.call('skill.stop', { skillId: 'many' });
    for (let minor = 1; minor <= 6; minor += 1) await install(write('many', `1.${minor}.0`));
    expect((await versionsOf('many')).map(({ version }: { version: string }) => version)).toHaveLength(5);
    expect(kept('many').sort()).toEqual(
      (await versionsOf('many')).map((one: { versionId: string }) => one.versionId).sort(),
    );
  });

  it('a link is used where it lies, its changes are noticed, and removing it leaves the files alone', async () => {
    const path = write('linked', '1.0.0');
    symlinkSync(path, join(home, 'way-to-linked'));
    const answer = await install(join(home, 'way-to-linked'), 'link');
    expect(answer.payload.skill).toMatchObject({ folder: path, installed: { linked: true } });
    const { pid } = answer.payload.skill.process;
    write('linked', '1.5.0', sickOnDemandSkill);
    await host.client.event(
      'skill.changed',
      ({ skill }) => skill?.id === 'linked' && skill.filesChanged === true,
    );
    expect((await skillOf('linked')).process.pid, 'it is never restarted by itself').toBe(pid);
    const { skill } = await host.client.call('skill.restart', { skillId: 'linked' });
    expect(skill.version).toBe('1.5.0');
    expect(skill.filesChanged).toBeUndefined();
    await host.client.call('skill.remove', { skillId: 'linked' });
    expect(existsSync(join(path, 'skill.py'))).toBe(true);
    expect(await skillOf('linked')).toBeUndefined();
  });

  it('a removed skill is gone with its process; its data and history stay unless they are to be forgotten', async () => {
    const { payload } = await install(write('leaving', '1.0.0'));
    await healthy('leaving', '1.0.0');
    const data = join(host.dataDir, 'skills', 'leaving');
    writeFileSync(join(data, 'kept.txt'), 'x');
    await host.client.call('skill.remove', { skillId: 'leaving' });
    expect(isLive(payload.skill.process.pid)).toBe(false);
    expect(existsSync(join(host.dataDir, 'packages', 'leaving'))).toBe(false);
    expect(readFileSync(join(data, 'kept.txt'), 'utf8')).toBe('x');
    expect((await host.client.call('history.checks', { skillId: 'leaving' })).checks).not.toEqual([]);

    await install(join(home, 'leaving'));
    expect((await cli('remove', 'leaving', '--forget')).out).toContain('Nothing of it is left');
    expect(existsSync(data)).toBe(false);
    expect((await host.client.call('history.checks', { skillId: 'leaving' })).checks).toEqual([]);
    const foreign = await host.client.request('skill.remove', { skillId: 'resident' });
    expect(foreign.error).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('a skills folder of yours'),
    });
  });
});

describe('what is not installed', () => {
  it.each([
    ['no skill at all', (): string => join(home, 'nothing-here'), /does not exist/],
    ['a folder of something else', (): string => home, /is no skill/],
    ['an id that is taken', (): string => write('resident', '9.0.0'), /already, in/],
    [
      'bad TOML',
      (): string => write('toml', '1.0.0', healthySkill, 'name = mail'),
      /manifest\.toml, line \d+: /,
    ],
    [
      'an escaping entry file',
      (): string => write('escape', '1.0.0', healthySkill, 'entry_file = "../x.py"'),
      /manifest\.toml, line \d+: .*inside/,
    ],
    [
      'a syntax error',
      (): string => write('syntax', '1.0.0', 'import os\ndef broken(:\n'),
      /skill\.py, line 2: is not valid Python/,
    ],
    ['a link out of its folder', outward, /secret is a symbolic link that leads out/],
  ])('%s', async (_what, path, why) => {
    const place = path();
    const before = (await host.client.call('skill.list')).skills.length;
    const { error } = await install(place);
    expect(error?.message).toMatch(why);
    expect((await host.client.call('skill.list')).skills).toHaveLength(before);
    expect(readdirSync(join(host.dataDir, 'packages')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  function outward(): string {
    const path = write('outward', '1.0.0');
    symlinkSync('/etc/hostname', join(path, 'secret'));
    return path;
  }
});

describe('what comes through a page', () => {
  it('is content, never a path', async () => {
    const page = await connectAsPage(host.url);
    const path = write('paged', '1.0.0');
    for (const command of ['skill.inspect', 'skill.install'])
      expect((await page.request(command, { path })).error).toMatchObject({ code: 'not_allowed' });
    const both = await page.request('skill.install', { path, stagingId: 'x' });
    expect(both.error).toMatchObject({ code: 'invalid_payload' });

    const files = ['manifest.toml', 'skill.py'].map((name) => ({
      path: `paged/${name}`,
      content: readFileSync(join(path, name)).toString('base64'),
    }));
    const staged = await page.request('skill.stage', { files });
    expect(staged.payload.facts).toMatchObject({ id: 'paged', standing: 'new', findings: [], files: 2 });
    const { stagingId } = staged.payload;
    expect((await page.request('skill.install', { stagingId, mode: 'link' })).error).toMatchObject({
      code: 'invalid_payload',
    });
    expect((await page.request('skill.install', { stagingId })).payload.skill).toMatchObject({
      id: 'paged',
      lifecycle: 'active',
    });
    expect((await page.request('skill.install', { stagingId })).error).toMatchObject({ code: 'not_found' });
    expect(readdirSync(join(host.dataDir, 'staging'))).toEqual([]);

    const outside = [{ path: '../../packages/paged/x.py', content: '' }];
    expect((await page.request('skill.stage', { files: outside })).error).toMatchObject({
      code: 'invalid_payload',
    });
    for (const made of ['../packages/paged', '..', '/etc'])
      expect((await page.request('skill.inspect', { stagingId: made })).error).toMatchObject({
        code: 'not_found',
      });
    page.close();
  });

  it('a single file is a skill by itself, and nothing of it runs to find that out', async () => {
    const marker = join(home, 'was-run');
    const source = `# /// script\n# [tool.skillward]\n# id = "solo"\n# version = "3.1"\n# ///\nopen(${JSON.stringify(marker)}, "w").close()\n${healthySkill}`;
    const files = [{ path: 'solo.py', content: Buffer.from(source).toString('base64') }];
    const staged = await host.client.call('skill.stage', { files });
    expect(staged.facts).toMatchObject({
      id: 'solo',
      version: '3.1',
      command: ['python3', 'solo.py'],
      findings: [],
    });
    expect(existsSync(marker)).toBe(false);
    const { skill } = await host.client.call('skill.install', { stagingId: staged.stagingId });
    expect(skill).toMatchObject({ id: 'solo', lifecycle: 'active', process: { state: 'running' } });
    expect(existsSync(marker)).toBe(true);
  });
});
