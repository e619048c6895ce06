import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Chaos } from '../support/harness/chaos.ts';
import { chaosFamily } from '../support/harness/chaos-family.ts';
import { fileInTheWay, type Obstacle, readOnlyFolder } from '../support/harness/no-data-folder.ts';
import { isLive, skillProcessesOf, startHost } from '../support/host-process.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { obstructed } = chaosFamily();
// The database with its log and index, and the lock of the folder that is there again.
const options = { disturbsHost: true, moreDescriptors: 4 };

async function expectMemoryOnly(chaos: Chaos): Promise<void> {
  const { storage, notices } = await chaos.status();
  expect(storage.mode).toBe('memory');
  expect(notices.filter(({ code }) => code === 'storage_unwritable')).toHaveLength(1);
}

async function expectSecondHostRefused({ env, host }: Chaos): Promise<void> {
  const { dataDir, pid, skillsDir } = host;
  await expect(startHost({ dataDir, skillsDir, env })).rejects.toThrow(`pid ${pid}`);
}

/** A whole life without a data folder, and the day it comes back. */
async function liveWithout(chaos: Chaos, obstacle: Obstacle): Promise<void> {
  await chaos.add({
    echo: { fixture: 'polite' },
    quiet: { fixture: 'deaf', health: { check_interval_secs: 300, health_timeout_secs: 600 } },
  });
  const { process: before } = await chaos.running('echo');
  await chaos.until('quiet', ({ process: { state } }) => state === 'running');
  await expectMemoryOnly(chaos);
  const { dataDir, socketPath } = chaos.host;
  expect(socketPath.startsWith(dataDir)).toBe(false);
  expect(await chaos.logText('echo', 'host')).toContain('its data folder cannot be made');

  const killedMs = performance.now();
  process.kill(before.pid ?? 0, 'SIGKILL');
  await chaos.until('echo', ({ process: { restarts, state } }) => restarts === 1 && state === 'running');
  chaos.recovered(performance.now() - killedMs);
  const cli = ['out/main/cli.js', '--data-dir', dataDir, 'status', '--json'];
  const env = { ...process.env, ...chaos.env };
  expect(spawnSync(process.execPath, cli, { cwd: root, env }).status).toBe(0);
  await expectSecondHostRefused(chaos);

  // Nothing was written down, and still the next one knows whose process it is.
  const [left] = skillProcessesOf(dataDir).filter((pid) => pid !== before.pid);
  await chaos.killHost();
  expect(isLive(left ?? 0)).toBe(false);
  expect((await chaos.status()).notices.map(({ code }) => code)).toContain('orphans-ended');
  await chaos.obey('skill.quarantine', 'echo', { reason: 'decided without a disk' });

  obstacle.remove();
  // The folder is well again, and its lock is free: the host that started without it still has it.
  await expectSecondHostRefused(chaos);
  expect((await chaos.host.stop()).code).toBe(0);
  await chaos.nextHost();
  expect((await chaos.status()).storage.mode).toBe('disk');
  expect(chaos.host.socketPath.startsWith(dataDir)).toBe(true);
  expect(await chaos.skill('echo')).toMatchObject({ lifecycle: 'quarantined' });
}

obstructed(
  '25 the data folder cannot be made: supervised from memory, commanded, held against a second host, and written when it can',
  fileInTheWay,
  liveWithout,
  options,
);

obstructed(
  '25 the data folder is read-only from the start: supervised from memory, commanded, held, and written when it can',
  readOnlyFolder,
  liveWithout,
  options,
);
