import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { Bench } from '../../support/harness/bench.ts';

let bench: Bench;
afterEach(() => bench.close());

describe('stop', () => {
  test('a polite skill ends by itself and nobody calls it a failure', async () => {
    bench = await Bench.open({ polite: { script: 'polite.py' } });
    await bench.supervisor.start('polite');
    await bench.supervisor.stop('polite');
    await bench.nothingLives();
    expect(bench.supervisor.process('polite')).toMatchObject({
      state: 'stopped',
      pid: null,
      cause: { kind: 'killed-by-us', exitCode: 0, signal: null },
    });
    expect(bench.downs).toEqual([]);
    expect(bench.states('polite')).toEqual(['starting', 'running', 'stopping', 'stopped']);
    expect(bench.records.size).toBe(0);
  });

  test('what ignores the request, the end of its input and SIGTERM is killed', async () => {
    bench = await Bench.open({ stubborn: { script: 'stubborn.py' } });
    await bench.supervisor.start('stubborn');
    await bench.supervisor.stop('stubborn');
    await bench.nothingLives();
    expect(bench.supervisor.process('stubborn')).toMatchObject({
      state: 'stopped',
      cause: { kind: 'killed-by-us', signal: 'SIGKILL' },
    });
    expect(bench.downs).toEqual([]);
  });

  test('the whole tree goes, whoever ignores SIGTERM or left the group included', async () => {
    bench = await Bench.open({ family: { script: 'family.py', args: ['loyal'] } });
    await bench.supervisor.start('family');
    await bench.liveness.arrived('group-child');
    await bench.liveness.arrived('escaped-child');
    await bench.supervisor.stop('family');
    await bench.nothingLives();
    expect(bench.liveness.seen()).toBe(3);
  });

  test('a skill stopped by SIGSTOP is woken, and ends', async () => {
    bench = await Bench.open({ polite: { script: 'polite.py' } });
    await bench.supervisor.start('polite');
    process.kill(await bench.liveness.arrived('polite'), 'SIGSTOP');
    await bench.supervisor.stop('polite');
    expect(bench.supervisor.process('polite').cause).toMatchObject({
      kind: 'killed-by-us',
      signal: 'SIGTERM',
    });
  });

  test('during the handshake: the start is told, nothing is left', async () => {
    bench = await Bench.open({ slow: { script: 'slow_handshake.py', args: ['30'] } });
    const start = bench.supervisor.start('slow');
    const refused = expect(start).rejects.toMatchObject({ code: 'conflict' });
    await bench.liveness.arrived('slow');
    await bench.supervisor.stop('slow');
    await refused;
    await bench.liveness.died();
    expect(bench.supervisor.process('slow').state).toBe('stopped');
    expect(bench.downs).toEqual([]);
  });

  test('before the process exists: none is ever started', async () => {
    bench = await Bench.open({ polite: { script: 'polite.py' } });
    const start = bench.supervisor.start('polite');
    const refused = expect(start).rejects.toMatchObject({ code: 'conflict' });
    await bench.supervisor.stop('polite');
    await refused;
    expect(bench.supervisor.process('polite').state).toBe('stopped');
    expect(bench.supervisor.isAlive('polite')).toBe(false);
  });

  test('during backoff: the planned restart is taken back', async () => {
    bench = await Bench.open({ dies: { script: 'dies.py', args: ['handshake', '1'] } });
    bench.onDown = (skillId) => bench.supervisor.restartAfterFailure(skillId, 1);
    await bench.supervisor.start('dies').catch(() => undefined);
    const waiting = await bench.state('dies', 'backoff');
    expect(waiting.backoffMs).toBe(1000);
    expect(waiting.nextAttemptAt).toBeGreaterThan(Date.now() - 1000);
    await bench.supervisor.stop('dies');
    expect(bench.supervisor.process('dies')).toMatchObject({
      state: 'stopped',
      nextAttemptAt: null,
      backoffMs: null,
      cause: { kind: 'exit', exitCode: 1 },
    });
    const runs = bench.downs.length;
    bench.supervisor.restartAfterFailure('dies', 2);
    expect(bench.supervisor.process('dies').state).toBe('stopped');
    expect(bench.downs).toHaveLength(runs);
  });

  test('stopAll ends ten stubborn skills at once within its time, and nothing starts any more', async () => {
    const names = Array.from({ length: 10 }, (_, number) => `stubborn-${number}`);
    bench = await Bench.open(
      Object.fromEntries(
        names.map((name) => [name, { script: 'stubborn.py', restart: { stopGraceMs: 60_000 } }]),
      ),
    );
    await Promise.all(names.map((name) => bench.supervisor.start(name)));
    const result = await bench.supervisor.stopAll(3000);
    expect(result).toEqual({ stopped: 10, killed: 10, unkillable: [] });
    await bench.nothingLives();
    await expect(bench.supervisor.start('stubborn-1')).rejects.toMatchObject({ code: 'unavailable' });
    expect(bench.downs).toEqual([]);
  });

  test('killAllNow leaves nothing, without waiting for anything', async () => {
    bench = await Bench.open({ family: { script: 'family.py', args: ['loyal'] } });
    await bench.supervisor.start('family');
    await bench.liveness.arrived('group-child');
    await bench.liveness.arrived('escaped-child');
    bench.supervisor.killAllNow();
    await bench.liveness.died();
  });
});

describe('the process of a skill', () => {
  test('leads its own group, has the run id on record, and an environment with nothing else of ours', async () => {
    bench = await Bench.open({ polite: { script: 'polite.py' } });
    await bench.supervisor.start('polite');
    const { pid } = bench.supervisor.process('polite');
    const environ = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
    const names = environ.map((entry) => entry.slice(0, entry.indexOf('='))).sort();
    expect(names).toEqual([
      'LIVENESS_PORT',
      'PATH',
      'PYTHONDONTWRITEBYTECODE',
      'PYTHONIOENCODING',
      'PYTHONUNBUFFERED',
      'SKILLWARD_RUN_ID',
      'SKILLWARD_SKILL_ID',
    ]);
    const [record] = bench.records.values();
    expect(record).toMatchObject({ skillId: 'polite', pid });
    expect(environ).toContain(`SKILLWARD_RUN_ID=${record?.runId}`);
    expect(record?.runId.startsWith(`${bench.instanceId}.`)).toBe(true);
    const group = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2];
    expect(Number(group)).toBe(pid);
  });
});
