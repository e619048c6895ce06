import { beforeEach, describe, expect, test } from 'vitest';
import { StartGate } from '../../../electron/skills/start-gate.ts';
import { Supervisor } from '../../../electron/skills/supervisor.ts';
import { TurnLane } from '../../../electron/skills/turn-lane.ts';
import type { LaunchPlan, PlanResult, ProcessDown } from '../../../electron/skills/types.ts';
import { FakeClock, settle } from '../../support/harness/fake-clock.ts';
import { FakeSpawn, FakeTree } from '../../support/harness/fake-process.ts';
import { defaultHealth, defaultRestart } from '../../support/harness/settings.ts';

const plan: LaunchPlan = {
  skillId: 'x',
  protocol: 'skill',
  command: 'python3',
  args: [],
  cwd: '/',
  env: { PATH: '/bin' },
  interpreter: 'python3',
  expectedName: 'x',
};

let clock: FakeClock;
let os: FakeSpawn;
let tree: FakeTree;
let downs: ProcessDown[];
let supervisor: Supervisor;
let makePlan: () => Promise<PlanResult>;
let random: number;
let memoryLimitMb: number;
let watched: boolean;
let counted: boolean;

beforeEach(() => {
  clock = new FakeClock();
  os = new FakeSpawn();
  tree = new FakeTree();
  downs = [];
  random = 0;
  memoryLimitMb = 0;
  watched = true;
  counted = false;
  makePlan = async () => ({ ok: true, plan });
  supervisor = new Supervisor(
    {
      clock,
      random: () => random,
      hostVersion: '1',
      instanceId: 'unit',
      registry: { put: () => {}, remove: () => {}, all: () => [] },
      plan: () => makePlan(),
      settings: () => ({ restart: { ...defaultRestart, memoryLimitMb }, health: defaultHealth }),
      onProcess: () => {},
      onDown: (_skillId, down) => void downs.push(down),
      onLog: () => {},
      watched: () => watched,
      counted: () => counted,
    },
    {
      tree,
      spawn: os.spawn,
      gate: new StartGate(clock),
      lane: new TurnLane((go) => go()),
      afterPendingInput: (judge) => judge(),
    },
  );
});

async function run(): Promise<void> {
  const started = supervisor.start('x');
  await settle();
  os.last.answer({ name: 'x', version: '1' });
  await started;
}

describe('Supervisor', () => {
  test('tells the process its run id and skill id, and nothing besides the plan', async () => {
    await run();
    const [request] = os.requests;
    expect(Object.keys(request?.env ?? {}).sort()).toEqual([
      'PATH',
      'SKILLWARD_RUN_ID',
      'SKILLWARD_SKILL_ID',
    ]);
    expect(request?.env.SKILLWARD_RUN_ID).toMatch(/^unit\.\w+\.1$/);
  });

  test('the process table hears who leads a run, and that it was reaped, before anything is looked for', async () => {
    await run();
    expect([...tree.leaders]).toEqual([[os.last.pid, os.requests[0]?.env.SKILLWARD_RUN_ID]]);
    let known: number | null = null;
    tree.carriers = async () => {
      known ??= tree.leaders.size;
      return tree.carrying;
    };
    os.last.exit({ exitCode: 1 });
    await settle();
    expect(known).toBe(0);
  });

  test('the first restart is at once, the next waits the drawn delay with its jitter, exactly', async () => {
    random = 0.5;
    await run();
    os.last.exit({ exitCode: 1 });
    await settle();
    supervisor.restartAfterFailure('x', 1);
    await clock.advance(100);
    expect(os.children).toHaveLength(2);
    os.last.exit({ exitCode: 1 });
    await settle();
    const now = clock.nowMs();
    supervisor.restartAfterFailure('x', 2);
    expect(supervisor.process('x')).toMatchObject({
      state: 'backoff',
      backoffMs: 1100,
      nextAttemptAt: now + 1100,
      restarts: 2,
    });
    await clock.advance(1099);
    expect(os.children).toHaveLength(2);
    await clock.advance(1);
    expect(os.children).toHaveLength(3);
    expect(downs).toHaveLength(2);
  });

  test('a run is stable after a minute, not before, and a failed check starts the minute anew', async () => {
    await run();
    const crashAfter = async (ms: number): Promise<number | null> => {
      await clock.advance(ms);
      os.last.exit({ exitCode: 1 });
      await settle();
      supervisor.restartAfterFailure('x', 1);
      const { backoffMs } = supervisor.process('x');
      await clock.advance(backoffMs ?? 0);
      await settle();
      os.last.answer({ name: 'x', version: '1' });
      await settle();
      expect(supervisor.process('x').state).toBe('running');
      return backoffMs;
    };
    expect(await crashAfter(1)).toBe(null);
    expect(await crashAfter(59_900)).toBe(1000);
    expect(await crashAfter(59_900)).toBe(2000);
    expect(await crashAfter(60_000)).toBe(null);
    expect(await crashAfter(1)).toBe(1000);
    const check = supervisor.askHealth('x', 1000);
    await clock.advance(30_000);
    expect(await check).toMatchObject({ kind: 'timeout' });
    expect(await crashAfter(30_500)).toBe(2000);
  });

  test.each([
    ['EAGAIN', 'spawn'],
    ['EMFILE', 'spawn'],
    ['ENOENT', 'configuration'],
    ['E2BIG', 'configuration'],
  ])('a spawn that fails with %s is %s', async (code, kind) => {
    os.failure = { code, message: 'spawn python3' };
    await expect(supervisor.start('x')).rejects.toMatchObject({ code: 'unavailable', cause: { kind } });
    expect(downs).toMatchObject([{ cause: { kind }, uptimeMs: 0 }]);
    expect(supervisor.process('x').state).toBe('failed');
  });

  test('a plan that throws is a failed start like any other', async () => {
    makePlan = () => Promise.reject(Object.assign(new Error('too many open files'), { code: 'EMFILE' }));
    await expect(supervisor.start('x')).rejects.toMatchObject({ cause: { kind: 'spawn' } });
    expect(downs).toHaveLength(1);
  });

  test('a stop while the plan is made means that nothing is started', async () => {
    const planned = Promise.withResolvers<PlanResult>();
    makePlan = () => planned.promise;
    const started = expect(supervisor.start('x')).rejects.toMatchObject({ code: 'conflict' });
    await settle();
    await supervisor.stop('x');
    planned.resolve({ ok: true, plan });
    await started;
    await settle();
    expect(os.children).toEqual([]);
    expect(downs).toEqual([]);
  });

  test('an older plan that arrives late does not start a second process', async () => {
    const plans = [Promise.withResolvers<PlanResult>(), Promise.withResolvers<PlanResult>()];
    let asked = 0;
    makePlan = () => {
      asked += 1;
      return plans[asked - 1]?.promise ?? Promise.reject(new Error('unexpected'));
    };
    void supervisor.start('x').catch(() => {});
    await settle();
    await supervisor.stop('x');
    const started = supervisor.start('x');
    await settle();
    plans[1]?.resolve({ ok: true, plan });
    await settle();
    plans[0]?.resolve({ ok: true, plan });
    await settle();
    expect(os.children).toHaveLength(1);
    os.last.answer({ name: 'x', version: '1' });
    await started;
  });

  test('a process that survives SIGKILL is said to, and no second copy is started beside it', async () => {
    await run();
    const stopped = expect(supervisor.stop('x')).rejects.toMatchObject({ code: 'timeout' });
    await clock.advance(10_000);
    await stopped;
    expect(supervisor.process('x')).toMatchObject({ state: 'failed', pid: 4242 });
    await expect(supervisor.start('x')).rejects.toMatchObject({ code: 'unavailable' });
    expect(os.children).toHaveLength(1);
    os.last.exit({ signal: 'SIGKILL' });
    await clock.advance(100);
    expect(supervisor.isAlive('x')).toBe(false);
    await run();
    expect(os.children).toHaveLength(2);
    expect(downs).toEqual([]);
  });

  test('stopAll counts what was polite, what was killed, and what survived', async () => {
    for (const skillId of ['a', 'b', 'c']) {
      makePlan = async () => ({ ok: true, plan: { ...plan, skillId, expectedName: skillId } });
      const started = supervisor.start(skillId);
      await settle();
      os.last.answer({ name: skillId, version: '1' });
      await started;
    }
    const stopped = supervisor.stopAll(6000);
    await settle();
    os.children[0]?.exit({ exitCode: 0 });
    await clock.advance(1000);
    expect(tree.sent.filter(({ signal }) => signal === 'SIGKILL').map(({ pid }) => pid)).toEqual([
      4243, 4244,
    ]);
    os.children[1]?.exit({ signal: 'SIGKILL' });
    await clock.advance(6000);
    expect(await stopped).toEqual({ stopped: 2, killed: 1, unkillable: ['c'] });
  });

  test('memory is followed, and only a run of samples over the limit ends the skill', async () => {
    await run();
    const samples = [150_000_000, 150_000_000, 90_000_000, 150_000_000, 150_000_000, 150_000_000];
    tree.residentBytes = async () => samples.shift() ?? 0;
    // A limit set while the skill runs is in force at the next look.
    memoryLimitMb = 100;
    await clock.advance(5000 + 4 * 2000 + 500);
    expect(supervisor.process('x').memoryBytes).toBe(150_000_000);
    expect(supervisor.process('x').state).toBe('running');
    await clock.advance(2000);
    expect(supervisor.process('x').state).toBe('stopping');
    os.last.exit({ exitCode: 0 });
    await settle();
    expect(downs).toMatchObject([{ cause: { kind: 'memory' } }]);
  });

  test('while nobody could see it, memory is looked at less often; a limit is kept all the same', async () => {
    watched = false;
    let looks = 0;
    tree.residentBytes = async () => {
      looks += 1;
      return 150_000_000;
    };
    await run();
    await clock.advance(59_900);
    expect(looks).toBe(0);
    await clock.advance(200);
    expect(looks).toBe(1);
    counted = true;
    supervisor.audienceChanged();
    await clock.advance(2 * 15_000);
    expect(looks).toBe(3);
    memoryLimitMb = 100;
    await clock.advance(15_000 + 2 * 2000);
    expect(supervisor.process('x').state).toBe('stopping');
  });

  test('who begins to look sees the memory soon, and who comes and goes does not put the next look off', async () => {
    watched = false;
    let looks = 0;
    tree.residentBytes = async () => {
      looks += 1;
      return 150_000_000;
    };
    await run();
    await clock.advance(1000);
    watched = true;
    for (let second = 0; second < 15; second += 1) {
      supervisor.audienceChanged();
      await clock.advance(1000);
    }
    expect(looks).toBe(3);
  });
});

describe('TurnLane', () => {
  test('does one piece of work at once, and each further one of the same turn in a turn of its own, in order', () => {
    const turns: (() => void)[] = [];
    const lane = new TurnLane((go) => void turns.push(go));
    const done: number[] = [];
    for (const number of [1, 2, 3]) lane.enter(() => void done.push(number));
    expect(done).toEqual([1]);
    turns.shift()?.();
    expect(done).toEqual([1, 2]);
    turns.shift()?.();
    expect(done).toEqual([1, 2, 3]);
    turns.shift()?.();
    lane.enter(() => void done.push(4));
    expect(done).toEqual([1, 2, 3, 4]);
  });

  test('gives the next turn to who waits to start something, before work that entered earlier', async () => {
    const turns: (() => void)[] = [];
    const lane = new TurnLane((go) => void turns.push(go));
    const done: string[] = [];
    for (const work of ['end 1', 'end 2', 'end 3']) lane.enter(() => void done.push(work));
    for (const start of ['start 1', 'start 2']) void lane.turn().then(() => done.push(start));
    for (let turn = 0; turn < 4; turn += 1) {
      turns.shift()?.();
      await settle();
    }
    expect(done).toEqual(['end 1', 'start 1', 'start 2', 'end 2', 'end 3']);
  });

  test('goes on when a piece of work fails', () => {
    const turns: (() => void)[] = [];
    const lane = new TurnLane((go) => void turns.push(go));
    const done: number[] = [];
    const fail = () => {
      throw new Error('a defect');
    };
    expect(() => lane.enter(fail)).toThrow('a defect');
    lane.enter(() => void done.push(1));
    turns.shift()?.();
    expect(done).toEqual([1]);
  });
});

describe('StartGate', () => {
  test('lets as many in as there are places, the others in order, and holds no place for a slow one', async () => {
    const gate = new StartGate(clock, 2, 1000);
    const entered: number[] = [];
    const leave = [1, 2, 3, 4].map(async (number) => {
      const done = await gate.enter();
      entered.push(number);
      return done;
    });
    await settle();
    expect(entered).toEqual([1, 2]);
    const done = await leave[1];
    done?.();
    done?.();
    await settle();
    expect(entered).toEqual([1, 2, 3]);
    await clock.advance(1000);
    expect(entered).toEqual([1, 2, 3, 4]);
  });
});
