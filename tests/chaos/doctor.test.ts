import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { chaosFamily } from '../support/harness/chaos-family.ts';
import { isLive, removeDir, skillProcessesOf, tempDir } from '../support/host-process.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { alone } = chaosFamily();

interface Finding {
  readonly what: string;
  readonly level: string;
  readonly message: string;
}

/** What `skillward doctor` says, by what it is about, and how it ended. */
function doctor(
  dataDir: string,
  ...options: string[]
): { readonly code: number | null; find(what: string): Finding[] } {
  const args = ['out/main/cli.js', '--data-dir', dataDir, 'doctor', '--json', ...options];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  return { code: status, find: (what) => findings.filter((finding) => finding.what === what) };
}

alone(
  'doctor tells what a killed host left, mends what is safe, and touches nothing of a running one',
  async (chaos) => {
    await chaos.add({
      quiet: { fixture: 'deaf', health: { health_timeout_secs: 600, check_interval_secs: 300 } },
    });
    await chaos.until('quiet', ({ process: { state } }) => state === 'running');
    const { dataDir, socketPath } = chaos.host;
    const running = doctor(dataDir, '--repair');
    expect(running.code).toBe(0);
    expect(running.find('host')[0]?.message).toContain(`pid ${chaos.host.pid}`);
    expect(running.find('database')).toEqual([]);

    await chaos.host.kill9();
    const [orphan] = skillProcessesOf(dataDir);
    chmodSync(join(dataDir, 'skillward.db'), 0o644);
    const before = doctor(dataDir);
    expect(before.code).toBe(0);
    expect(before.find('processes')[0]).toMatchObject({
      level: 'warning',
      message: expect.stringContaining(`pid ${orphan}`),
    });
    expect(before.find('socket')[0]?.level).toBe('warning');
    expect(before.find('access')[0]).toMatchObject({
      level: 'warning',
      message: expect.stringContaining('skillward.db'),
    });
    expect(before.find('database')[0]).toMatchObject({
      level: 'ok',
      message: expect.stringContaining('sound'),
    });
    expect(existsSync(socketPath)).toBe(true);

    const repaired = doctor(dataDir, '--repair');
    expect(repaired.find('socket')[0]?.level).toBe('repaired');
    expect(repaired.find('access')[0]?.level).toBe('repaired');
    expect(existsSync(socketPath)).toBe(false);
    expect(statSync(join(dataDir, 'skillward.db')).mode & 0o777).toBe(0o600);
    expect(isLive(orphan ?? 0)).toBe(true);
    expect(doctor(dataDir).find('access')[0]?.level).toBe('ok');
    await chaos.nextHost();
    expect(isLive(orphan ?? 0)).toBe(false);
  },
  { disturbsHost: true },
);

alone(
  'doctor finds a damaged state file and, asked to, puts the backup in its place',
  async (chaos) => {
    await chaos.add({ bad: { fixture: 'polite' } });
    await chaos.running('bad');
    await chaos.obey('skill.quarantine', 'bad', { reason: 'by hand' });
    const { dataDir } = chaos.host;
    const file = join(dataDir, 'skillward.db');
    await chaos.host.stop();
    mkdirSync(join(dataDir, 'backups'), { recursive: true, mode: 0o700 });
    copyFileSync(file, join(dataDir, 'backups', 'skillward-2026-01-01T00-00-00-000Z.db'));
    writeFileSync(file, 'no database at all');
    const found = doctor(dataDir);
    expect(found.code).toBe(1);
    expect(found.find('database')[0]).toMatchObject({
      level: 'error',
      message: expect.stringContaining('it is not a database'),
    });
    const repaired = doctor(dataDir, '--repair');
    expect(repaired.code).toBe(0);
    expect(repaired.find('database')[0]).toMatchObject({
      level: 'repaired',
      message: expect.stringContaining('set aside'),
    });
    expect(readdirSync(dataDir).some((name) => name.includes('.corrupt-'))).toBe(true);
    expect(doctor(dataDir).find('database')[0]?.message).toContain('sound');
    await chaos.nextHost();
    expect(await chaos.skill('bad')).toMatchObject({ lifecycle: 'quarantined' });
  },
  { disturbsHost: true },
);

test('doctor looks at a folder where no host has ever been and leaves it as it is', () => {
  const dataDir = tempDir();
  expect(doctor(dataDir).code).toBe(0);
  expect(readdirSync(dataDir)).toEqual([]);
  expect(doctor(join(dataDir, 'none')).code).toBe(0);
  expect(existsSync(join(dataDir, 'none'))).toBe(false);
  removeDir(dataDir);
});
