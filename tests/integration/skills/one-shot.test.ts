import { afterEach, describe, expect, test } from 'vitest';
import type { LaunchPlan } from '../../../electron/skills/types.ts';
import { Bench, type SkillUnderTest } from '../../support/harness/bench.ts';
import { until } from '../../support/harness/until.ts';

let bench: Bench;
afterEach(() => bench.close());

const longTimeoutMs = 20_000;

function script(how = 'ok', plan: Partial<LaunchPlan> = {}, restart = {}): SkillUnderTest {
  const oneShot = { params: {}, timeoutMs: longTimeoutMs };
  return { script: 'one_shot.py', args: [how], plan: { oneShot, ...plan }, restart };
}

async function serve(skills: Record<string, SkillUnderTest>): Promise<void> {
  bench = await Bench.open(skills);
  for (const id of Object.keys(skills)) await bench.supervisor.start(id);
}

const run = (how: string, timeoutMs = longTimeoutMs) =>
  bench.supervisor.invoke('x', 'execute', { how }, timeoutMs);

describe('a one-shot skill', () => {
  test('has a process for each run and none between runs, and gets the request the protocol names', async () => {
    await serve({ x: script() });
    expect(bench.supervisor.process('x')).toMatchObject({ state: 'stopped', pid: null });
    const first = await bench.supervisor.invoke('x', 'anything', { wire: true }, longTimeoutMs);
    expect(first).toMatchObject({
      ok: true,
      result: { ok: true, wire: '{"jsonrpc":"2.0","method":"execute","params":{"wire":true},"id":1}\n' },
    });
    expect(await bench.supervisor.askHealth('x', 1)).toMatchObject({ kind: 'answered', healthy: true });
    expect(bench.states('x')).toEqual(['stopped', 'running', 'stopped', 'running', 'stopped']);
    expect(bench.supervisor.process('x')).toMatchObject({
      pid: null,
      cause: { exitCode: 0, message: expect.stringMatching(/^its last run ended with exit code 0 after /) },
    });
    expect(bench.downs).toEqual([]);
    await bench.nothingLives();
  });

  test('is judged by exit code, by its own word and by what it printed', async () => {
    await serve({ x: script() });
    expect(await run('refuses')).toMatchObject({
      ok: false,
      kind: 'skill_error',
      message: 'the quota is used up',
    });
    expect(await run('prints')).toMatchObject({ ok: false, kind: 'protocol' });
    expect(await run('dies')).toMatchObject({
      ok: false,
      kind: 'unavailable',
      message: "exited with code 3: KeyError: 'token'",
    });
    expect(await run('floods')).toMatchObject({ ok: false, kind: 'protocol' });
    // A refusal is an answer to whoever asked; everything else is a check.
    expect(bench.runs.map(({ answer }) => answer.kind)).toEqual(['answered', 'run-failed', 'answered']);
    expect(bench.text('stdout')).toBe('all done');
    expect(bench.downs).toEqual([]);
    expect(bench.supervisor.isAskable('x')).toBe(true);
  });

  test('over its time is ended with all it started, and the next run is not hindered', async () => {
    await serve({ x: script('ok', {}, { stopGraceMs: 300 }) });
    expect(await run('sleeps', 700)).toMatchObject({ ok: false, kind: 'timeout' });
    expect(await run('ok')).toMatchObject({ ok: true });
    expect(await run('children')).toMatchObject({ ok: true });
    await bench.nothingLives();
  });

  test('never runs twice at once: the second waits for the first', async () => {
    await serve({ x: script() });
    const answers = await Promise.all([run('ok'), run('ok'), run('ok')]);
    const pids = answers.map((answer) => (answer.ok ? (answer.result as { pid: number }).pid : null));
    expect(new Set(pids).size).toBe(3);
    expect(bench.supervisor.isBusy('x')).toBe(false);
    // With any two alive at once, `running` would follow `running` without `stopped` in between.
    expect(bench.states('x').filter((state) => state === 'running')).toHaveLength(3);
  });

  test('stopped in the middle of a run ends it, begins none that waited, and fails nobody', async () => {
    await serve({ x: script() });
    const sleeping = run('sleeps');
    const waiting = run('ok');
    await bench.state('x', 'running');
    await until(() => bench.liveness.living().length > 0, 'the run has connected');
    await bench.supervisor.stop('x');
    expect(await sleeping).toMatchObject({ ok: false, kind: 'unavailable' });
    expect(await waiting).toMatchObject({ ok: false, message: 'stopped before its run began' });
    expect(bench.supervisor.process('x').state).toBe('stopped');
    expect(bench.downs).toEqual([]);
    expect(bench.runs).toEqual([]);
    expect(await run('ok')).toMatchObject({ ok: false, kind: 'unavailable' });
    expect(bench.supervisor.isAskable('x')).toBe(false);
    await bench.nothingLives();
  });

  test('that lacks a module is a configuration error: told once, not run again until it is started', async () => {
    bench = await Bench.open({
      x: script('ok', { command: 'python3', args: ['-c', 'import no_such_module'] }),
    });
    await bench.supervisor.start('x');
    expect(await bench.supervisor.askHealth('x', 1)).toMatchObject({ kind: 'gone', cause: 'configuration' });
    expect(bench.downs).toMatchObject([{ down: { cause: { remedy: 'create-environment' } } }]);
    expect(bench.supervisor.process('x').state).toBe('failed');
    expect(bench.supervisor.isAskable('x')).toBe(false);
    await bench.supervisor.start('x');
    expect(bench.supervisor.isAskable('x')).toBe(true);
  });

  test('whose program is not there says so when it is put into service', async () => {
    bench = await Bench.open({
      x: { ok: false, message: 'no Python 3 was found', remedy: 'install-python' },
    });
    await expect(bench.supervisor.start('x')).rejects.toMatchObject({
      cause: { kind: 'configuration', remedy: 'install-python' },
    });
  });

  test('that has become a daemon, and back, is kept as its manifest says from the next start on', async () => {
    await serve({ x: script() });
    bench.skills.x = { script: 'polite.py' };
    expect(await bench.supervisor.askHealth('x', 1)).toMatchObject({ kind: 'gone', cause: 'configuration' });
    await bench.supervisor.start('x');
    expect(bench.supervisor.process('x').state).toBe('running');
    bench.skills.x = script();
    await expect(bench.supervisor.restart('x')).rejects.toMatchObject({
      message: 'its manifest has changed the `mode`: start it again',
    });
    await bench.supervisor.start('x');
    expect(await run('ok')).toMatchObject({ ok: true });
  });
});
