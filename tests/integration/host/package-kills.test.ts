import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { removeDir, startHost, type TestHost, tempDir, writeSkills } from '../../support/host-process.ts';
import { crashingSkill, healthySkill } from '../../support/python-skills.ts';

/** Each test starts several hosts. */
const LONG_MS = 90_000;
const home = tempDir();
const dataDir = tempDir();
const skillsDir = tempDir();
afterAll(() => {
  for (const folder of [home, skillsDir, dataDir]) removeDir(folder);
});

/** Its handshake waits while the file `hold` lies beside its folder. */
const held = (then: string) => `import os, time
while os.path.exists(${JSON.stringify(join(home, 'hold'))}): time.sleep(0.02)
${then}`;

function write(version: string, source: string): string {
  writeSkills(home, { radio: { source, manifest: '[restart]\nhandshake_timeout_secs = 60' } });
  const file = join(home, 'radio', 'manifest.toml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('version = "1.0.0"', `version = "${version}"`));
  // Enough files that a kill can come between two of them.
  mkdirSync(join(home, 'radio', 'lib'), { recursive: true });
  for (let number = 0; number < 60; number += 1)
    writeFileSync(join(home, 'radio', 'lib', `m${number}.py`), `X = ${number}\n`);
  return join(home, 'radio');
}
const start = () => startHost({ skillsDir, dataDir });
const radio = async (host: TestHost) =>
  (await host.client.call('skill.list')).skills.find((skill: { id: string }) => skill.id === 'radio');
/** The skill once it is in service and well. */
const whenWell = (host: TestHost) =>
  host.client.skill(
    'radio',
    ({ lifecycle, health, process }) =>
      lifecycle === 'active' && health.status.kind === 'healthy' && process.state === 'running',
    LONG_MS,
  );
/** Nothing half done lies about: every folder is a version that is known, whole. */
async function isWhole(host: TestHost): Promise<void> {
  const root = join(dataDir, 'packages');
  const names = existsSync(root) ? readdirSync(root) : [];
  expect(names.filter((name) => name !== 'radio')).toEqual([]);
  if (!names.includes('radio')) return;
  const { versions } = await host.client.call('skill.versions', { skillId: 'radio' });
  const folders = readdirSync(join(root, 'radio'));
  expect(folders.sort()).toEqual(versions.map((one: { versionId: string }) => one.versionId).sort());
  for (const folder of folders)
    expect(readdirSync(join(root, 'radio', folder, 'lib')).length).toBeGreaterThanOrEqual(60);
}

it('a host killed while a test is under way goes on with it; one that fails then goes back', {
  timeout: LONG_MS,
}, async () => {
  const path = write('1.0.0', held(healthySkill));
  writeFileSync(join(home, 'hold'), '');
  let host = await start();
  void host.client.request('skill.install', { path });
  await host.client.event(
    'skill.changed',
    ({ skill }) =>
      skill?.id === 'radio' && skill.lifecycle === 'testing' && skill.process.state === 'starting',
  );
  await host.kill9();
  host = await start();
  expect((await radio(host)).lifecycle).toBe('testing');
  removeDir(join(home, 'hold'));
  expect((await whenWell(host)).version).toBe('1.0.0');
  await isWhole(host);

  writeFileSync(join(home, 'hold'), '');
  void host.client.request('skill.install', { path: write('2.0.0', held(crashingSkill)) });
  await host.client.event(
    'skill.changed',
    ({ skill }) => skill?.version === '2.0.0' && skill.process.state === 'starting',
  );
  await host.kill9();
  host = await start();
  removeDir(join(home, 'hold'));
  expect((await whenWell(host)).version).toBe('1.0.0');
  expect((await host.client.call('skill.versions', { skillId: 'radio' })).versions).toHaveLength(1);
  await isWhole(host);
  await host.stop();
});

it('a host that is stopped while a test is under way judges nothing, and goes on at its next start', {
  timeout: LONG_MS,
}, async () => {
  let host = await start();
  await whenWell(host);
  writeFileSync(join(home, 'hold'), '');
  const answer = host.client.request('skill.install', { path: write('2.5.0', held(healthySkill)) });
  await host.client.event(
    'skill.changed',
    ({ skill }) => skill?.version === '2.5.0' && skill.process.state === 'starting',
  );
  await host.stop();
  removeDir(join(home, 'hold'));
  host = await start();
  expect((await whenWell(host)).version).toBe('2.5.0');
  await host.stop();
  void answer;
});

it('a host killed at any moment of an update has one version whole, and it runs', {
  timeout: LONG_MS,
}, async () => {
  let host = await start();
  let present = '2.5.0';
  for (const [round, delayMs] of [5, 40, 120].entries()) {
    const next = `3.${round}.0`;
    const path = write(next, healthySkill);
    void host.client.request('skill.install', { path });
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    await host.kill9();
    host = await start();
    const { version } = await whenWell(host);
    expect([present, next]).toContain(version);
    present = version;
    await isWhole(host);
  }
  await host.stop();
});

it('a host killed while it removes a skill has all of it or nothing', { timeout: LONG_MS }, async () => {
  let host = await start();
  void host.client.request('skill.remove', { skillId: 'radio' });
  await host.client.event(
    'skill.changed',
    ({ skill }) => skill === null || skill.process.state === 'stopping',
  );
  await host.kill9();
  host = await start();
  await isWhole(host);
  const skill = await radio(host);
  expect(skill === undefined || skill.lifecycle === 'active').toBe(true);
  await host.stop();
});
