import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { systemProcessTree } from '../../../electron/skills/system-process-tree.ts';

const tree = systemProcessTree();
const children: ReturnType<typeof spawn>[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
});

/** A process that says when it runs, with this environment and nothing else. */
async function carrier(env: Readonly<Record<string, string>>): Promise<number> {
  const child = spawn('/bin/sh', ['-c', 'echo up; read -r _'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  children.push(child);
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child.pid ?? 0;
}

test('a run id is found behind an environment larger than one look takes in', async () => {
  const filler = Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`FILLER_${n}`, 'x'.repeat(50_000)]));
  const runId = `table-${process.pid}.1`;
  const pid = await carrier({ ...filler, SKILLWARD_RUN_ID: runId });
  expect((await tree.carriers()).get(runId)).toEqual([pid]);
  // What was read of the large one is no part of what is read of the next.
  const small = await carrier({ SKILLWARD_RUN_ID: `table-${process.pid}.2` });
  const found = await tree.carriers();
  expect(found.get(`table-${process.pid}.2`)).toEqual([small]);
  expect(found.get(runId)).toEqual([pid]);
});

test('who leads a run of the host is its carrier until it is reaped, without a look; then whoever has the pid is looked at', async () => {
  const runId = `table-${process.pid}.3`;
  // Nothing in its environment tells what it is: only what the host has said of it.
  const pid = await carrier({ A: '1' });
  expect((await tree.carriers()).has(runId)).toBe(false);
  tree.leaderStarted(pid, runId);
  expect((await tree.carriers()).get(runId)).toEqual([pid]);
  expect(tree.carriersNow().get(runId)).toEqual([pid]);
  tree.leaderReaped(pid);
  expect((await tree.carriers()).has(runId)).toBe(false);
  expect(tree.carriersNow().has(runId)).toBe(false);
});

test('memory is that of all the processes asked for together', async () => {
  const pids = [await carrier({ A: '1' }), await carrier({ A: '2' })];
  const each = await Promise.all(pids.map((pid) => tree.residentBytes([pid])));
  expect(await tree.residentBytes(pids)).toBe(each.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0));
  expect(each.every((bytes) => (bytes ?? 0) > 100_000)).toBe(true);
});
