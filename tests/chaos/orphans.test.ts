import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { chaosFamily } from '../support/harness/chaos-family.ts';
import { python } from '../support/harness/python.ts';
import { isLive, skillProcessesOf } from '../support/host-process.ts';

const { alone } = chaosFamily();

/** Writes the data folder's book of runs from outside, as if the kernel had given the pid to somebody else. */
function editRuns(dataDir: string, sql: string, ...values: (string | number)[]): void {
  const script =
    'import sqlite3, sys, json\n' +
    'db = sqlite3.connect(sys.argv[1])\n' +
    'changed = db.execute(sys.argv[2], json.loads(sys.argv[3])).rowcount\n' +
    'db.commit()\n' +
    'assert changed == 1, changed\n';
  execFileSync(python, ['-c', script, join(dataDir, 'skillward.db'), sql, JSON.stringify(values)]);
}

alone(
  '22 kill -9 of the host with quiet skills: the next one ends what is left before it starts anything',
  async (chaos) => {
    await chaos.add({
      quiet: { fixture: 'deaf', health: { check_interval_secs: 300, health_timeout_secs: 600 } },
      busy: { fixture: 'busy' },
      forks: { fixture: 'forks', health: { check_interval_secs: 300 } },
    });
    await chaos.until('quiet', ({ process: { state } }) => state === 'running');
    await chaos.running('busy');
    await chaos.running('forks');
    // Six more, in the group and in sessions of their own.
    await chaos.invoke('forks', { depth: 2 });
    await chaos.liveness.arrived('spawn', 6);
    await chaos.liveness.arrived('busy-child');
    const left = skillProcessesOf(chaos.host.dataDir);
    expect(left.length).toBe(10);

    const killedMs = performance.now();
    await chaos.host.kill9();
    // Who reads its input ends with the host; who does not, and everybody's children, live on.
    expect(left.filter(isLive).length).toBeGreaterThanOrEqual(8);
    await chaos.nextHost();
    expect(left.filter(isLive)).toEqual([]);
    await chaos.until('quiet', ({ process: { state } }) => state === 'running');
    await chaos.running('busy');
    chaos.recovered(performance.now() - killedMs);
    expect(chaos.liveness.overlaps.filter((pair) => !pair.startsWith('spawn'))).toEqual([]);
    await chaos.liveness.settled('deaf', 1);
    const { notices } = await chaos.status();
    expect(notices.map(({ code }) => code)).toContain('orphans-ended');
  },
  { disturbsHost: true },
);

alone(
  '22 a stranger that got the pid of a dead skill is never touched',
  async (chaos) => {
    const stranger = spawn(python, ['-c', 'import time; time.sleep(600)'], {
      detached: true,
      stdio: 'ignore',
    });
    onTestFinished(() => void stranger.kill('SIGKILL'));
    await chaos.running('echo', { fixture: 'polite' });
    const { dataDir } = chaos.host;
    await chaos.host.kill9();
    // The skill read the end of its input and has ended; its record now names somebody who lives.
    await chaos.liveness.died();
    editRuns(dataDir, 'UPDATE runs SET pid = ?', stranger.pid ?? 0);
    await chaos.nextHost();
    await chaos.running('echo');
    expect(isLive(stranger.pid ?? 0)).toBe(true);
  },
  { disturbsHost: true },
);
