import { describe, expect, it } from 'vitest';
import type { HealthAnswer } from '../../../electron/core/health/answer.ts';
import { defaultHealthMonitorConfig } from '../../../electron/core/health/config.ts';
import { CheckPlan } from '../../../electron/core/schedule/check-plan.ts';
import { HostWatch } from '../../../electron/core/supervision/host-watch.ts';
import { CheckLoop, type CheckLoopPorts } from '../../../electron/runtime/check-loop.ts';
import type { HealthCheckOutcome } from '../../../shared/model/health.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';

const healthy: HealthAnswer = { kind: 'answered', healthy: true, detail: null, latencyMs: 3 };

/** A loop over skills whose answers the test gives; everything it enters is written down. */
function loopOver(ids: readonly string[], options: { intervalMs?: number; maxConcurrent?: number } = {}) {
  const clock = new FakeClock();
  const plan = new CheckPlan();
  const watch = new HostWatch();
  const entered: [string, HealthCheckOutcome][] = [];
  const asked: string[] = [];
  const waiting = new Map<string, (answer: HealthAnswer) => void>();
  const state = { enabled: true, process: 'running', autoAnswer: true, busy: false };
  const supervisor = {
    process: () => ({ state: state.process }),
    isAskable: () => state.process === 'running',
    isBusy: () => state.busy,
    askHealth: (skillId: string) => {
      asked.push(skillId);
      if (state.autoAnswer) return Promise.resolve(healthy);
      return new Promise<HealthAnswer>((resolve) => waiting.set(skillId, resolve));
    },
  } as unknown as CheckLoopPorts['supervisor'];
  const loop = new CheckLoop({
    clock,
    plan,
    watch,
    supervisor,
    view: { settings: () => ({ health: defaultHealthMonitorConfig }) } as unknown as CheckLoopPorts['view'],
    desk: {
      enter: (skillId: string, outcome: HealthCheckOutcome) => entered.push([skillId, outcome]),
    } as unknown as CheckLoopPorts['desk'],
    maxConcurrentChecks: () => options.maxConcurrent ?? 4,
    enabled: () => state.enabled,
  });
  for (const id of ids) plan.setSkill(id, options.intervalMs ?? 10_000, clock.monotonicMs(), { soon: true });
  return {
    clock,
    plan,
    watch,
    loop,
    entered,
    asked,
    state,
    answer: (id: string, how: HealthAnswer) => waiting.get(id)?.(how),
  };
}

describe('CheckLoop', () => {
  it('asks each skill on its interval', async () => {
    const { clock, loop, entered } = loopOver(['a', 'b']);
    loop.start();
    await clock.advance(50_000);
    for (const id of ['a', 'b']) {
      const checks = entered.filter(([skillId]) => skillId === id).length;
      expect(checks).toBeGreaterThanOrEqual(5);
      expect(checks).toBeLessThanOrEqual(7);
    }
  });

  it('never has more questions under way than allowed, and forgets nobody', async () => {
    const ids = Array.from({ length: 10 }, (_unused, index) => `s${index}`);
    const { clock, loop, asked, state, answer } = loopOver(ids, { intervalMs: 600_000, maxConcurrent: 3 });
    state.autoAnswer = false;
    loop.start();
    await clock.advance(10);
    expect(asked).toHaveLength(3);
    for (let step = 0; step < 10; step += 1) {
      const next = asked[step];
      if (next !== undefined) answer(next, healthy);
      await clock.advance(1);
      expect(asked.length).toBeLessThanOrEqual(step + 1 + 3);
    }
    expect([...asked].sort()).toEqual(ids);
  });

  it('joins a second question to the one under way', async () => {
    const { clock, loop, asked, entered, state, answer } = loopOver(['a']);
    state.autoAnswer = false;
    const both = Promise.all([loop.ask('a'), loop.ask('a')]);
    await clock.advance(1);
    answer('a', healthy);
    const [first, second] = await both;
    expect(first).toEqual({ outcome: { kind: 'healthy' }, latencyMs: 3 });
    expect(second).toBe(first);
    expect(asked).toEqual(['a']);
    expect(entered).toHaveLength(1);
  });

  it('a check that dies together with its process counts once: the exit is the outcome', async () => {
    const { clock, loop, entered, state, answer } = loopOver(['a']);
    state.autoAnswer = false;
    const asking = loop.ask('a');
    await clock.advance(1);
    answer('a', { kind: 'gone', reason: 'it exited', cause: 'exit' });
    await clock.advance(1);
    loop.noteExit('a', { kind: 'unreachable', reason: 'killed by SIGKILL', cause: 'signal' });
    expect(await asking).toEqual({
      outcome: { kind: 'unreachable', reason: 'killed by SIGKILL', cause: 'signal' },
      latencyMs: null,
    });
    expect(entered).toEqual([]);
  });

  it('a process that was stopped on purpose is no verdict', async () => {
    const { clock, loop, entered, state, answer } = loopOver(['a']);
    state.autoAnswer = false;
    const asking = loop.ask('a');
    await clock.advance(1);
    loop.noteStop('a');
    answer('a', { kind: 'gone', reason: 'it was stopped', cause: 'killed-by-us' });
    expect(await asking).toEqual({ outcome: null, latencyMs: null });
    expect(entered).toEqual([]);
  });

  it('no verdict when the host was blocked meanwhile, and the skill is asked again soon', async () => {
    const { clock, loop, entered, plan, watch, state, answer } = loopOver(['a'], { intervalMs: 600_000 });
    state.autoAnswer = false;
    watch.tick({ monotonicMs: clock.monotonicMs(), wallMs: clock.nowMs(), expectedGapMs: 250 });
    const asking = loop.ask('a');
    await clock.advance(20_000);
    watch.tick({ monotonicMs: clock.monotonicMs(), wallMs: clock.nowMs(), expectedGapMs: 250 });
    answer('a', { kind: 'timeout', waitedMs: 10_000 });
    expect((await asking).outcome).toBeNull();
    expect(entered).toEqual([]);
    expect((plan.nextAt('a') ?? Number.POSITIVE_INFINITY) - clock.monotonicMs()).toBeLessThan(60_000);
  });

  it('a one-shot skill that is being run already is not run again, and that is no verdict', async () => {
    const { loop, state, asked, entered } = loopOver(['a']);
    state.busy = true;
    expect(await loop.ask('a')).toEqual({ outcome: null, latencyMs: null });
    expect(asked).toEqual([]);
    expect(entered).toEqual([]);
  });

  it('a real hang of the skill is a verdict', async () => {
    const { clock, loop, entered, watch, state, answer } = loopOver(['a']);
    state.autoAnswer = false;
    const asking = loop.ask('a');
    for (let ms = 0; ms < 10_000; ms += 250) {
      watch.tick({ monotonicMs: clock.monotonicMs(), wallMs: clock.nowMs(), expectedGapMs: 250 });
      await clock.advance(250);
    }
    answer('a', { kind: 'timeout', waitedMs: 10_000 });
    expect((await asking).outcome).toMatchObject({ kind: 'unreachable', cause: 'hang' });
    expect(entered).toHaveLength(1);
  });

  it('asks nobody by itself while the checks are paused, and goes on when they are not', async () => {
    const { clock, loop, entered, state } = loopOver(['a']);
    state.enabled = false;
    loop.start();
    await clock.advance(60_000);
    expect(entered).toEqual([]);
    await loop.ask('a');
    expect(entered).toHaveLength(1);
    state.enabled = true;
    loop.reschedule();
    await clock.advance(20_000);
    expect(entered.length).toBeGreaterThanOrEqual(2);
  });

  it('sleeps without a timer when there is nobody to ask, and stops when stopped', async () => {
    const idle = loopOver([]);
    idle.loop.start();
    expect(idle.clock.pending).toBe(0);
    const { clock, loop, entered } = loopOver(['a']);
    loop.start();
    loop.stop();
    await clock.advance(60_000);
    expect(entered).toEqual([]);
  });
});
