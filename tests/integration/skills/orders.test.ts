import { afterEach, describe, expect, test } from 'vitest';
import { Bench } from '../../support/harness/bench.ts';
import { until } from '../../support/harness/until.ts';

let bench: Bench;
afterEach(() => bench.close());

describe('orders, however many and in whatever order', () => {
  test('ten starts are one start', async () => {
    bench = await Bench.open({ polite: { script: 'polite.py' } });
    await Promise.all(Array.from({ length: 10 }, () => bench.supervisor.start('polite')));
    await bench.connected('polite');
    expect(bench.liveness.seen('polite')).toBe(1);
    expect(bench.states('polite')).toEqual(['starting', 'running']);
  });

  test('ten restarts are one restart, with a new pid', async () => {
    bench = await Bench.open({ polite: { script: 'polite.py' } });
    await bench.supervisor.start('polite');
    const first = bench.supervisor.process('polite').pid;
    await Promise.all(Array.from({ length: 10 }, () => bench.supervisor.restart('polite')));
    await bench.connected('polite');
    expect(bench.liveness.seen('polite')).toBe(2);
    expect(bench.supervisor.process('polite').pid).not.toBe(first);
    expect(bench.states('polite')).toEqual(['starting', 'running', 'stopping', 'starting', 'running']);
    expect(bench.downs).toEqual([]);
  });

  test('a start during a stop wins, once the old process is gone', async () => {
    bench = await Bench.open({ stubborn: { script: 'stubborn.py' } });
    await bench.supervisor.start('stubborn');
    const stop = bench.supervisor.stop('stubborn');
    await bench.supervisor.start('stubborn');
    await stop;
    await bench.connected('stubborn');
    expect(bench.liveness.seen('stubborn')).toBe(2);
    expect(bench.liveness.living('stubborn')).toEqual([bench.supervisor.process('stubborn').pid]);
  });

  test.each([1, 2, 3, 4])(
    'sixty mixed orders at once leave one process or none, as the last order says (%i)',
    async (seed) => {
      bench = await Bench.open({
        polite: { script: 'polite.py' },
        stubborn: { script: 'stubborn.py', restart: { stopGraceMs: 100 } },
      });
      const { supervisor, liveness } = bench;
      for (const id of ['polite', 'stubborn']) {
        const orders = Array.from({ length: 30 }, (_, at) => (at * 7 + seed * 13) % 5);
        const done = orders.map(async (order, at) => {
          if (at % 4 === 0) await new Promise((resolve) => setTimeout(resolve, at * seed));
          expect(liveness.living(id).length).toBeLessThanOrEqual(1);
          if (order === 0) await supervisor.stop(id);
          else if (order === 1) await supervisor.restart(id).catch(() => undefined);
          else if (order === 2) supervisor.restartAfterFailure(id, 1);
          else await supervisor.start(id).catch(() => undefined);
        });
        await Promise.all(done);
        await supervisor.start(id);
        const pid = await bench.connected(id);
        expect(liveness.living(id)).toEqual([pid]);
        await supervisor.stop(id);
        await bench.nothingLives();
        expect(supervisor.process(id).state).toBe('stopped');
      }
      expect(bench.downs).toEqual([]);
      expect(bench.records.size).toBe(0);
    },
  );

  test('twelve skills killed at the same moment all run again, none twice', async () => {
    const names = Array.from({ length: 12 }, (_, number) => `skill-${number}`);
    bench = await Bench.open(Object.fromEntries(names.map((name) => [name, { script: 'polite.py' }])));
    const { supervisor, liveness } = bench;
    bench.onDown = (skillId) => supervisor.restartAfterFailure(skillId, 1);
    await Promise.all(names.map((name) => supervisor.start(name)));
    const first = await Promise.all(names.map((name) => bench.connected(name)));
    for (const pid of first) process.kill(pid, 'SIGKILL');
    await until(
      () => bench.downs.length === 12 && names.every((name) => supervisor.process(name).state === 'running'),
      () => `all run again: ${names.map((name) => supervisor.process(name).state)}`,
    );
    const second = await Promise.all(names.map((name) => bench.connected(name)));
    expect(liveness.living().toSorted()).toEqual(second.toSorted());
    expect(liveness.seen()).toBe(24);
    expect(bench.downs).toHaveLength(12);
  });
});

describe('a skill that hangs', () => {
  test('is asked once at a time, and ended without being asked when the monitor wants it restarted', async () => {
    bench = await Bench.open({ hangs: { script: 'hangs.py' } });
    await bench.supervisor.start('hangs');
    const [one, two] = await Promise.all([
      bench.supervisor.askHealth('hangs', 200),
      bench.supervisor.askHealth('hangs', 200),
    ]);
    expect(one).toBe(two);
    expect(one).toMatchObject({ kind: 'timeout' });
    bench.supervisor.restartAfterFailure('hangs', 1);
    bench.supervisor.restartAfterFailure('hangs', 1);
    expect(bench.supervisor.process('hangs')).toMatchObject({ state: 'stopping', restarts: 1 });
    await bench.liveness.arrived('hangs', 2);
    await bench.state('hangs', 'running');
    expect(bench.liveness.living('hangs')).toHaveLength(1);
    expect(bench.supervisor.process('hangs').cause).toMatchObject({ kind: 'hang', signal: 'SIGTERM' });
    expect(bench.downs).toEqual([]);
  });

  test('by SIGSTOP is a hang too', async () => {
    bench = await Bench.open({ polite: { script: 'polite.py' } });
    await bench.supervisor.start('polite');
    process.kill(await bench.liveness.arrived('polite'), 'SIGSTOP');
    expect(await bench.supervisor.askHealth('polite', 200)).toMatchObject({ kind: 'timeout' });
    bench.supervisor.restartAfterFailure('polite', 1);
    await bench.liveness.arrived('polite', 2);
    expect((await bench.state('polite', 'running')).cause).toMatchObject({ kind: 'hang' });
  });
});

describe('the row of delays', () => {
  test('grows while a skill keeps dying and says so while it waits', async () => {
    bench = await Bench.open({
      dies: { script: 'dies.py', args: ['handshake', '1'], restart: { firstDelaySecs: 0.1 } },
    });
    bench.onDown = (skillId) => bench.supervisor.restartAfterFailure(skillId, 1);
    await bench.supervisor.start('dies').catch(() => undefined);
    await bench.downCount(5);
    const delays = bench.processes.flatMap(({ process }) =>
      process.state === 'backoff' ? [process.backoffMs] : [],
    );
    expect(delays.slice(0, 4)).toEqual([100, 200, 400, 800]);
    await bench.supervisor.stop('dies');
  });

  test('begins anew after a stable run, which one good answer alone is not', async () => {
    bench = await Bench.open({
      dies: { script: 'polite.py', restart: { firstDelaySecs: 0.1 }, health: { stableAfterSecs: 1 } },
    });
    bench.onDown = (skillId) => bench.supervisor.restartAfterFailure(skillId, 1);
    await bench.supervisor.start('dies');
    const crash = async (run: number): Promise<number | null> => {
      process.kill(await bench.liveness.arrived('polite', run), 'SIGKILL');
      await bench.downCount(run);
      const delay = bench.supervisor.process('dies').backoffMs;
      await bench.liveness.arrived('polite', run + 1);
      await bench.state('dies', 'running');
      return delay;
    };
    expect(await crash(1)).toBe(null);
    expect(await bench.supervisor.askHealth('dies', 5000)).toMatchObject({ healthy: true });
    expect(await crash(2)).toBe(100);
    // Longer than the second of a stable run; the time is the point here.
    await new Promise((resolve) => setTimeout(resolve, 1300));
    expect(await crash(3)).toBe(null);
  });

  test('a start by a person begins as stable', async () => {
    bench = await Bench.open({ dies: { script: 'dies.py', args: ['handshake', '1'] } });
    bench.onDown = (skillId) => bench.supervisor.restartAfterFailure(skillId, 1);
    await bench.supervisor.start('dies').catch(() => undefined);
    await bench.state('dies', 'backoff');
    const downs = bench.downs.length;
    await bench.supervisor.start('dies').catch(() => undefined);
    await bench.downCount(downs + 2);
    expect((await bench.state('dies', 'backoff')).backoffMs).toBe(1000);
    await bench.supervisor.stop('dies');
  });
});

describe('fail and forget', () => {
  test('fail ends what lives and shows the cause until the next start', async () => {
    bench = await Bench.open({ polite: { script: 'polite.py' } });
    await bench.supervisor.start('polite');
    const cause = {
      kind: 'configuration',
      message: 'the manifest broke',
      exitCode: null,
      signal: null,
      at: 1,
    } as const;
    await bench.supervisor.fail('polite', cause);
    await bench.nothingLives();
    expect(bench.supervisor.process('polite')).toMatchObject({ state: 'failed', cause });
    await bench.supervisor.start('polite');
    expect(bench.supervisor.process('polite').state).toBe('running');
    expect(bench.downs).toEqual([]);
  });

  test('forget stops the skill and drops what was known', async () => {
    bench = await Bench.open({ polite: { script: 'polite.py' } });
    await bench.supervisor.start('polite');
    await bench.supervisor.forget('polite');
    await bench.nothingLives();
    expect(bench.supervisor.process('polite')).toMatchObject({ state: 'stopped', cause: null, restarts: 0 });
  });
});
