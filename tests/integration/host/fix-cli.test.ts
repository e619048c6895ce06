import { execFile } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { removeDir, startHost, type TestHost, tempDir, writeSkills } from '../../support/host-process.ts';
import { sickOnDemandSkill } from '../../support/python-skills.ts';

const run = promisify(execFile);
const quick =
  '[health]\ncheck_interval_secs = 1\nauto_restart = false\nmax_consecutive_failures = 50\nmax_failures_in_window = 50\n';
const REFUSED = 'HTTPStatusError: 401 Client Error: Unauthorized for url https://api.example.com/v1/me';
const hosts: TestHost[] = [];

afterEach(async () => {
  for (const host of hosts.splice(0)) {
    await host.stop();
    removeDir(host.dataDir);
    removeDir(host.skillsDir);
  }
});

async function startBank(): Promise<TestHost> {
  const skills = { bank: { manifest: quick, source: sickOnDemandSkill } };
  const host = await startHost({ skillsDir: writeSkills(tempDir(), skills) });
  hosts.push(host);
  await host.client.event('health.checked');
  return host;
}

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

async function skillward(host: TestHost, ...args: readonly string[]): Promise<Ran> {
  const command = ['out/main/cli.js', '--data-dir', host.dataDir, ...args];
  try {
    return { ...(await run(process.execPath, command)), code: 0 };
  } catch (error) {
    return error as Ran;
  }
}

// Each command is a process of its own, which takes its time on a busy machine.
describe('the command line', { timeout: 90_000 }, () => {
  it('marks a skill whose error was fixed before, tries the fix and shows what it came to', async () => {
    const host = await startBank();
    await skillward(host, 'fix', 'record', '--error', REFUSED, '--fix', 'Renew the token');
    const sick = join(host.skillsDir, 'bank', 'sick');
    writeFileSync(sick, REFUSED);
    await host.client.event('incident.changed');
    const { stdout: status } = await skillward(host, 'status');
    expect(status).toMatch(/bank .*failing.*\(fix known: Renew the token\)/);
    const { stdout: applied } = await skillward(host, 'fix', 'apply', '1', 'bank');
    expect(applied).toContain('Fix 1 is on record for bank.');
    rmSync(sick);
    await host.client.event('fix.trial', ({ trial }) => trial.state === 'worked');
    const { stdout: list } = await skillward(host, 'fix', 'list');
    expect(list).toContain('worked 2 of 2 times');
    expect((await skillward(host, 'status')).stdout).not.toContain('fix known');
    expect(await skillward(host, 'fix', 'apply', '9', 'bank')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not_found'),
    });
  });

  it('shows what there is to record, and stops asking', async () => {
    const host = await startBank();
    writeFileSync(join(host.skillsDir, 'bank', 'sick'), REFUSED);
    await host.client.event('incident.changed');
    // Stopped, no check can see the recovery before the person acts.
    await host.client.call('skill.stop', { skillId: 'bank' });
    rmSync(join(host.skillsDir, 'bank', 'sick'));
    await host.client.call('skill.restart', { skillId: 'bank' });
    await host.client.event('fix.proposal');
    expect((await skillward(host, 'fix', 'proposals')).stdout).toMatch(/1 {2}bank: Restarted it\n.*401/);
    expect((await skillward(host, 'fix', 'proposals', '--dismiss', '1')).stdout).toBe('Nothing to record.\n');
  });

  it('takes fixes from one machine to another, saying first what it would do', async () => {
    const from = await startBank();
    await skillward(from, 'fix', 'record', '--error', REFUSED, '--fix', 'Renew the token');
    const file = join(from.dataDir, 'fixes.json');
    expect((await skillward(from, 'fix', 'export', file)).stdout).toContain('Wrote 1 fixes');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { stdout } = await skillward(from, 'fix', 'export');
    expect(JSON.parse(stdout).patterns).toEqual(JSON.parse(readFileSync(file, 'utf8')).patterns);

    const to = await startBank();
    const dry = await skillward(to, 'fix', 'import', file, '--dry-run');
    expect(dry.stdout).toBe('Would import 1 new, 0 known already, 0 more for known errors.\n');
    expect((await to.client.call('fix.list')).patterns).toEqual([]);
    await skillward(to, 'fix', 'import', file);
    expect((await to.client.call('fix.list')).patterns).toHaveLength(1);
    writeFileSync(file, '{"format":"skillward-fixes","version":7,"patterns":[]}');
    expect(await skillward(to, 'fix', 'import', file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('newer version'),
    });
  });
});
