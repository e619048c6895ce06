import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { removeDir, tempDir } from '../../support/host-process.ts';

const unit = readFileSync(
  fileURLToPath(new URL('../../../deploy/systemd/skillward.service', import.meta.url)),
  'utf8',
);
const analyze = '/usr/bin/systemd-analyze';
const isHere = existsSync(analyze);
if (!isHere)
  process.stderr.write('No systemd-analyze here: the unit of deploy/systemd is checked less closely.\n');
const folder = tempDir();
afterAll(() => removeDir(folder));

/** The value of a setting that stands once. */
const setting = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1];

describe('the systemd unit', () => {
  it('starts the command as it is, and leaves the token out of the journal', () => {
    const [, , command, ...options] = setting('ExecStart')?.split(' ') ?? [];
    const help = execFileSync(process.execPath, ['out/main/cli.js', command ?? '', '--help'], {
      encoding: 'utf8',
    });
    expect(command).toBe('serve');
    for (const option of options.filter((word) => word.startsWith('--'))) expect(help).toContain(option);
    expect(setting('StandardOutput')).toMatch(/^truncate:/);
    expect(setting('UMask')).toBe('0077');
  });

  it('leaves the host time to end its skills, and one that eats all memory to the monitor', () => {
    expect(setting('KillMode')).toBe('mixed');
    expect(Number.parseInt(setting('TimeoutStopSec') ?? '0', 10)).toBeGreaterThan(6);
    expect(setting('OOMPolicy')).toBe('continue');
    // JavaScript does not run with it.
    expect(setting('MemoryDenyWriteExecute')).toBeUndefined();
  });

  it.skipIf(!isHere)('is understood by systemd, which finds little left open', () => {
    const file = join(folder, 'skillward.service');
    // It says so when a program is not where it will be.
    writeFileSync(file, unit.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`));
    const run = (...args: readonly string[]) => spawnSync(analyze, args, { encoding: 'utf8' });
    const verified = run('verify', '--man=no', file);
    expect(
      `${verified.stdout}${verified.stderr}`.split('\n').filter((line) => line.includes('skillward.service')),
    ).toEqual([]);
    const secured = run('security', '--offline=true', '--threshold=25', '--no-pager', file);
    expect(secured.status, secured.stdout).toBe(0);
  });
});
