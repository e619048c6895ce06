import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { endOrphans } from '../../../electron/skills/orphans.ts';
import { systemProcessTree } from '../../../electron/skills/system-process-tree.ts';
import type { RunRecord } from '../../../electron/skills/types.ts';
import { Bench } from '../../support/harness/bench.ts';
import { systemClock } from '../../support/harness/system-clock.ts';

const tree = systemProcessTree();
let bench: Bench;
afterEach(() => bench.close());

/** A process like one an earlier host left behind: in its own group, ignoring SIGTERM, with or without a run id. */
async function leaveBehind(role: string, runId: string | null) {
  const program = `
import os, signal, socket, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
c = socket.create_connection(("127.0.0.1", ${bench.liveness.port}))
c.sendall(f"${role} {os.getpid()}\\n".encode())
time.sleep(600)`;
  const env = { PATH: process.env.PATH, ...(runId === null ? {} : { SKILLWARD_RUN_ID: runId }) };
  const child = spawn('python3', ['-c', program], { env, detached: true, stdio: 'ignore' });
  child.unref();
  const pid = await bench.liveness.arrived(role);
  return { pid, startTicks: await tree.identity(pid), exit: once(child, 'exit') };
}

const record = (pid: number, startTicks: string | null, runId: string) => ({
  skillId: 'x',
  pid,
  startTicks,
  runId,
  startedAt: 0,
});

test('what an earlier host left is ended: by its record and start time, and by its run id; strangers are not', async () => {
  bench = await Bench.open({});
  const prefix = `${bench.instanceId}.`;
  const [recorded, , stranger, foreign] = await Promise.all([
    leaveBehind('recorded', null),
    leaveBehind('carrier', `${prefix}old.2`),
    leaveBehind('stranger', null),
    leaveBehind('foreign', `${bench.instanceId}-other.old.1`),
  ]);
  for (const one of [
    record(recorded.pid, recorded.startTicks, `${prefix}old.1`),
    record(stranger.pid, `${Number.parseInt(stranger.startTicks ?? '', 10) - 1}@another`, `${prefix}old.3`),
    record(foreign.pid, null, `${prefix}old.4`),
    record(4_194_000, 'long-gone', `${prefix}old.5`),
  ]) {
    bench.records.set(one.runId, one);
  }
  const swept = await bench.supervisor.sweepOrphans();
  expect(swept).toEqual({ ended: 2, strangers: 2 });
  await Promise.all([bench.liveness.died('recorded'), bench.liveness.died('carrier')]);
  expect(bench.liveness.living('stranger')).toEqual([stranger.pid]);
  expect(bench.liveness.living('foreign')).toEqual([foreign.pid]);
  expect(bench.records.size).toBe(0);
  for (const { pid } of [stranger, foreign]) process.kill(pid, 'SIGKILL');
  await Promise.all([stranger.exit, foreign.exit]);
});

test('after kill -9 of a host, the next one ends its quiet skill and the children before a second copy starts', async () => {
  bench = await Bench.open({ deaf: { script: 'deaf.py' } });
  const host = fork(fileURLToPath(new URL('../../support/harness/doomed-host.ts', import.meta.url)), [], {
    env: { ...process.env, INSTANCE_ID: bench.instanceId, LIVENESS_PORT: `${bench.liveness.port}` },
    execArgv: [],
  });
  const [found] = (await once(host, 'message')) as [RunRecord];
  await bench.liveness.arrived('deaf');
  host.kill('SIGKILL');
  await once(host, 'exit');
  expect(bench.liveness.living('deaf')).toEqual([found.pid]);
  bench.records.set(found.runId, found);
  expect(await bench.supervisor.sweepOrphans()).toEqual({ ended: 1, strangers: 0 });
  await bench.liveness.died('deaf');
  await bench.supervisor.start('deaf');
  const pid = await bench.connected('deaf');
  expect(bench.liveness.living('deaf')).toEqual([pid]);
});

test('nothing is swept once something was started', async () => {
  bench = await Bench.open({ polite: { script: 'polite.py' } });
  await bench.supervisor.start('polite');
  await expect(bench.supervisor.sweepOrphans()).rejects.toMatchObject({ code: 'conflict' });
  await bench.connected('polite');
});

test('nothing to do is done at once', async () => {
  bench = await Bench.open({});
  expect(await endOrphans([], `${bench.instanceId}.`, { tree, clock: systemClock })).toEqual({
    ended: 0,
    strangers: 0,
  });
});
