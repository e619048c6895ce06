import { spawnSync } from 'node:child_process';
import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { chaosFamily } from '../support/harness/chaos-family.ts';
import { processRoomOf } from '../support/harness/process-room.ts';
import { vitalsOf } from '../support/harness/vitals.ts';

const { scenario } = chaosFamily();

scenario('18 what cannot be started: a cause in words, no loop, and the others start', async (chaos) => {
  chaos.write({
    missing: { command: ['./no-such-program'] },
    forbidden: { command: ['./notes.txt'] },
    huge: { command: ['/bin/true', 'x'.repeat(140_000)] },
    clock: { fixture: 'polite' },
  });
  writeFileSync(join(chaos.folder('forbidden'), 'notes.txt'), 'no program');
  chmodSync(join(chaos.folder('forbidden'), 'notes.txt'), 0o644);
  await chaos.host.client.call('skills.reload');
  await chaos.running('clock');
  for (const [name, words] of [
    ['missing', /was not found/],
    ['forbidden', /permission denied/],
    ['huge', /too large/],
  ] as const) {
    const { process } = await chaos.until(name, (skill) => skill.process.state === 'failed');
    expect(process.cause?.kind, name).toBe('configuration');
    expect(process.cause?.message).toMatch(words);
  }
  await chaos.moreChecks('clock', 2);
  for (const name of ['missing', 'forbidden', 'huge']) {
    const { process, health } = await chaos.skill(name);
    expect([process.restarts, health.totalFailures], name).toEqual([0, 1]);
  }
  expect((await chaos.skill('clock')).health.totalFailures).toBe(0);
});

scenario('18 a NUL byte in a command: a broken skill with file and line', async (chaos) => {
  await chaos.add({ nul: { command: ['python3', 'a\u0000b'] } });
  const { broken } = await chaos.skill('nul');
  expect(broken?.file).toContain('manifest.toml');
  expect(broken?.line).toBeGreaterThan(0);
});

scenario(
  '18 its folder is gone when it is restarted: said so, no loop; back after a reload when the folder is',
  async (chaos) => {
    const { process: before } = await chaos.running('mover', { fixture: 'polite' });
    const away = `${chaos.folder('mover')}.away`;
    renameSync(chaos.folder('mover'), away);
    process.kill(before.pid ?? 0, 'SIGKILL');
    const lost = await chaos.until('mover', ({ process: { state } }) => state === 'failed');
    expect(lost.process.cause).toMatchObject({ kind: 'configuration' });
    expect(lost.process.cause?.message).toContain('does not exist');
    renameSync(away, chaos.folder('mover'));
    await chaos.host.client.call('skills.reload');
    await chaos.until('mover', ({ process: { state } }) => state === 'running');
  },
);

scenario(
  '18 no file descriptor left: waits and tries again instead of giving up, and is well when there are some',
  async (chaos) => {
    await chaos.running('neighbour', { fixture: 'polite' });
    chaos.write({
      late: { fixture: 'polite', health: { max_consecutive_failures: 1000 }, restart: { max_delay_secs: 1 } },
    });
    const { pid } = chaos.host;
    const limit = (descriptors: string) =>
      expect(spawnSync('prlimit', ['--pid', `${pid}`, `--nofile=${descriptors}:`]).status).toBe(0);
    const usual = spawnSync('prlimit', ['--pid', `${pid}`, '--nofile', '--noheadings', '--output=SOFT'], {
      encoding: 'utf8',
    }).stdout.trim();
    onTestFinished(() => void spawnSync('prlimit', ['--pid', `${pid}`, `--nofile=${usual}:`]));
    await chaos.host.client.call('skills.reload');
    await chaos.running('late');
    // The number of the next descriptor is what is limited: all numbers below those in use stay free to take.
    limit(`${vitalsOf(pid).descriptors}`);
    const { process: before } = await chaos.skill('late');
    process.kill(before.pid ?? 0, 'SIGKILL');
    const short = await chaos.until('late', ({ process: { cause } }) => cause?.kind === 'spawn');
    expect(short.process.cause?.message).toContain('too many open files');
    expect((await chaos.moreChecks('neighbour', 1)).health.totalFailures).toBe(0);
    limit(usual);
    await chaos.until(
      'late',
      ({ process: { state }, health }) => state === 'running' && health.status.kind === 'healthy',
    );
  },
);

scenario(
  '18 no room for another process: waits and tries again instead of giving up, and is well when there is some',
  async (chaos) => {
    await chaos.add({
      neighbour: { fixture: 'polite' },
      late: { fixture: 'polite', health: { max_consecutive_failures: 1000 }, restart: { max_delay_secs: 1 } },
    });
    for (const name of ['neighbour', 'late']) await chaos.running(name);
    const { process: before } = await chaos.skill('late');
    const room = processRoomOf(chaos.host.pid);
    room.take();
    let given = false;
    const giveBack = () => {
      if (!given) room.giveBack();
      given = true;
    };
    onTestFinished(giveBack);
    process.kill(before.pid ?? 0, 'SIGKILL');
    if (room.canBeTaken) {
      const short = await chaos.until('late', ({ process: { cause } }) => cause?.kind === 'spawn');
      expect(short.process.cause?.message).toContain('no room for another process');
    } else {
      process.stdout.write('no room for processes can be taken here: only the death itself is shown\n');
    }
    expect((await chaos.moreChecks('neighbour', 1)).health.totalFailures).toBe(0);
    giveBack();
    const again = await chaos.until(
      'late',
      ({ process: { pid, state }, health }) =>
        state === 'running' && pid !== before.pid && health.status.kind === 'healthy',
    );
    expect(again.lifecycle).toBe('active');
  },
);
