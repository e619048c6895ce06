import { afterEach, describe, expect, test } from 'vitest';
import { Bench } from '../../support/harness/bench.ts';
import { until } from '../../support/harness/until.ts';

let bench: Bench;
afterEach(() => bench.close());

describe('how a run ends', () => {
  test('kill -9: seen at once, one failure, calls in flight rejected, not ours', async () => {
    bench = await Bench.open({ hangs: { script: 'hangs.py' } });
    await bench.supervisor.start('hangs');
    const pid = await bench.liveness.arrived('hangs');
    const inFlight = bench.supervisor.invoke('hangs', 'invoke', {}, 60_000);
    const asked = bench.supervisor.askHealth('hangs', 60_000);
    process.kill(pid, 'SIGKILL');
    const { cause, outcome } = await bench.downCount(1);
    expect(cause).toMatchObject({ kind: 'signal', signal: 'SIGKILL', exitCode: null });
    expect(outcome).toEqual({ kind: 'unreachable', reason: cause.message, cause: 'signal' });
    expect(await inFlight).toEqual({ ok: false, kind: 'unavailable', message: cause.message });
    expect(await asked).toEqual({ kind: 'gone', reason: cause.message, cause: 'signal' });
    expect(bench.supervisor.process('hangs')).toMatchObject({ state: 'failed', pid: null, cause });
    expect(bench.supervisor.isAlive('hangs')).toBe(false);
    await bench.supervisor.stop('hangs');
    expect(bench.downs).toHaveLength(1);
  });

  test('a death before the handshake is told at once, with its exit code and last words', async () => {
    bench = await Bench.open({ dies: { script: 'dies.py', args: ['start', '3'] } });
    await expect(bench.supervisor.start('dies')).rejects.toMatchObject({
      code: 'unavailable',
      cause: { kind: 'exit', exitCode: 3 },
    });
    const { cause, stderrTail, uptimeMs } = await bench.downCount(1);
    expect(cause.message).toBe("exited with code 3 before the handshake: KeyError: 'token'");
    expect(stderrTail).toEqual(['Traceback (most recent call last):', "KeyError: 'token'"]);
    expect(uptimeMs).toBeGreaterThan(0);
    expect(bench.text('stderr')).toContain("KeyError: 'token'");
  });

  test('exit 0 though nobody asked is a failure of its own', async () => {
    bench = await Bench.open({ dies: { script: 'dies.py', args: ['health', '0'] } });
    await bench.supervisor.start('dies');
    const answer = await bench.supervisor.askHealth('dies', 5000);
    const { cause } = await bench.downCount(1);
    expect(cause).toMatchObject({ kind: 'exit', exitCode: 0 });
    expect(cause.message).toContain('though nobody asked it to');
    expect(answer).toEqual({ kind: 'gone', reason: cause.message, cause: 'exit' });
  });

  test('a skill that closes its stdout and lives on is ended, cause stdout-closed', async () => {
    bench = await Bench.open({ mute: { script: 'mute.py' } });
    await bench.supervisor.start('mute');
    const answer = await bench.supervisor.askHealth('mute', 20_000);
    expect(answer).toMatchObject({ kind: 'gone', cause: 'stdout-closed' });
    expect((await bench.downCount(1)).cause.kind).toBe('stdout-closed');
    await bench.liveness.died('mute');
  });

  test('children of a crashed leader are ended too, the one that left its group as well, and hold up nothing', async () => {
    bench = await Bench.open({ family: { script: 'family.py', args: ['deserts'] } });
    await bench.supervisor.start('family');
    await bench.liveness.arrived('group-child');
    await bench.liveness.arrived('escaped-child');
    await bench.supervisor.invoke('family', 'invoke', {}, 5000);
    expect((await bench.downCount(1)).cause).toMatchObject({ kind: 'exit', exitCode: 7 });
    await bench.liveness.died();
    expect(bench.liveness.seen()).toBe(3);
    await until(() => bench.records.size === 0, 'the run is no longer on record');
  });

  test('a restart waits until the children of the old run are gone', async () => {
    bench = await Bench.open({ family: { script: 'family.py', args: ['deserts'] } });
    bench.onDown = (skillId) => bench.supervisor.restartAfterFailure(skillId, 1);
    await bench.supervisor.start('family');
    await bench.liveness.arrived('escaped-child');
    await bench.liveness.arrived('group-child');
    await bench.supervisor.invoke('family', 'invoke', {}, 5000);
    await bench.liveness.arrived('leader', 2);
    expect(bench.liveness.living('leader')).toHaveLength(1);
    await bench.liveness.arrived('escaped-child', 2);
    await bench.liveness.arrived('group-child', 2);
    expect(bench.liveness.living()).toHaveLength(3);
  });

  test.each([
    ['a program that does not exist', { command: '/nowhere/python3' }, /no such program/],
    ['a file that is not a program', { command: '/etc/passwd' }, /permission denied/],
    ['a working folder that does not exist', { cwd: '/nowhere' }, /working folder \/nowhere does not exist/],
    ['an argument list that is too long', { args: ['x'.repeat(3_000_000)] }, /too large/],
    ['a NUL in an argument', { args: ['a\0b'] }, /invalid argument/],
    ['a NUL in the environment', { env: { A: 'a\0b' } }, /invalid argument/],
  ])('%s is a configuration error, and the others start', async (_name, plan, message) => {
    bench = await Bench.open({ wrong: { script: 'polite.py', plan }, right: { script: 'polite.py' } });
    const [wrong, right] = await Promise.allSettled([
      bench.supervisor.start('wrong'),
      bench.supervisor.start('right'),
    ]);
    expect(right.status).toBe('fulfilled');
    expect(wrong).toMatchObject({ reason: { code: 'unavailable', cause: { kind: 'configuration' } } });
    const { cause, outcome, uptimeMs } = await bench.downCount(1);
    expect(cause.message).toMatch(message);
    expect(outcome).toMatchObject({ kind: 'unreachable', cause: 'configuration' });
    expect(uptimeMs).toBe(0);
    expect(bench.supervisor.process('wrong').state).toBe('failed');
  });

  test('a plan that cannot be made is a configuration error', async () => {
    bench = await Bench.open({ broken: { ok: false, message: 'no Python was found' } });
    await expect(bench.supervisor.start('broken')).rejects.toThrow('no Python was found');
    expect((await bench.downCount(1)).cause.kind).toBe('configuration');
    expect(bench.supervisor.process('broken').state).toBe('failed');
  });

  test('memory over the limit for three samples ends the run, cause memory', async () => {
    bench = await Bench.open({ polite: { script: 'polite.py', restart: { memoryLimitMb: 1 } } });
    await bench.supervisor.start('polite');
    const { cause } = await bench.downCount(1);
    expect(cause.kind).toBe('memory');
    expect(bench.text('host')).toMatch(/MiB with everything it started, the limit is 1 MiB/);
    expect(bench.processes.some(({ process }) => (process.memoryBytes ?? 0) > 1_000_000)).toBe(true);
  });
});
