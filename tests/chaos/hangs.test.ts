import { expect } from 'vitest';
import { chaosFamily } from '../support/harness/chaos-family.ts';

const { scenario } = chaosFamily();

scenario('2 hangs: ended as a hang, not counted as a crash, and restarted', async (chaos) => {
  await chaos.add({
    hangs: { fixture: 'hangs', health: { health_timeout_secs: 1, max_consecutive_failures: 2 } },
  });
  const { process, health } = await chaos.until('hangs', ({ lifecycle }) => lifecycle === 'quarantined');
  expect(process.restarts).toBe(1);
  const checks = await chaos.checks('hangs');
  expect(checks.map(({ outcome }) => outcome)).toMatchObject([
    { kind: 'unreachable', cause: 'hang' },
    { kind: 'unreachable', cause: 'hang' },
  ]);
  // Its end was ordered for its hanging: that end is no second failure.
  expect(health.totalFailures).toBe(2);
  await chaos.liveness.arrived('hangs', 2);
  expect(chaos.liveness.seen('hangs')).toBe(2);
  expect(chaos.liveness.overlaps).toEqual([]);
});

scenario(
  '3 stopped by SIGSTOP: a hang like any other, back after SIGCONT or SIGKILL; and a stop works',
  async (chaos) => {
    const frozen = await chaos.running('frozen', { fixture: 'polite', health: { health_timeout_secs: 1 } });
    const frozenAtMs = performance.now();
    process.kill(frozen.process.pid ?? 0, 'SIGSTOP');
    const again = await chaos.until(
      'frozen',
      (skill) => skill.process.restarts === 1 && skill.health.status.kind === 'healthy',
    );
    chaos.recovered(performance.now() - frozenAtMs);
    expect(again.process.pid).not.toBe(frozen.process.pid);
    expect(
      (await chaos.checks('frozen')).find(({ outcome }) => outcome.kind !== 'healthy')?.outcome,
    ).toMatchObject({
      kind: 'unreachable',
      cause: 'hang',
    });

    process.kill(again.process.pid ?? 0, 'SIGSTOP');
    const stopped = await chaos.obey('skill.stop', 'frozen');
    expect(stopped).toMatchObject({
      paused: true,
      process: { state: 'stopped', cause: { kind: 'killed-by-us' } },
    });
    await chaos.liveness.arrived('polite', 2);
    expect(chaos.liveness.seen('polite')).toBe(2);
  },
);

scenario(
  '15 never reads its input: what waits for it is bounded, calls fail at once, and its end breaks nothing',
  async (chaos) => {
    await chaos.add({
      deaf: { fixture: 'deaf', health: { health_timeout_secs: 60, check_interval_secs: 300 } },
    });
    await chaos.until('deaf', ({ process }) => process.state === 'running');
    const calls = Array.from({ length: 300 }, () => chaos.invoke('deaf', { text: 'x'.repeat(8192) }));
    const refused = calls.map(async (call) => (await call).error?.message ?? '');
    expect(
      await Promise.any(
        refused.map(async (text) => ((await text).includes('does not read') ? text : Promise.reject())),
      ),
    ).toContain('bytes are waiting');
    // With bytes in the pipe nobody will read: its death must not become the host's.
    process.kill((await chaos.skill('deaf')).process.pid ?? 0, 'SIGKILL');
    const answers = await Promise.all(calls);
    expect(new Set(answers.map(({ error }) => error?.code))).toEqual(new Set(['unavailable']));
    await chaos.until('deaf', ({ process }) => process.restarts === 1 && process.state === 'running');
    await chaos.obey('skill.stop', 'deaf');
  },
);

scenario('21 ignores everything but SIGKILL: killed when its time is up, not before', async (chaos) => {
  const graceMs = 600;
  await chaos.running('mule', { fixture: 'stubborn', restart: { stop_grace_ms: graceMs } });
  const askedMs = performance.now();
  const { process } = await chaos.obey('skill.stop', 'mule');
  const tookMs = performance.now() - askedMs;
  expect(process).toMatchObject({ state: 'stopped', cause: { kind: 'killed-by-us', signal: 'SIGKILL' } });
  // Asked, told, killed: two graces, both of them whole.
  expect(tookMs).toBeGreaterThanOrEqual(2 * graceMs - 5);
  expect(tookMs).toBeLessThan(chaos.patience(2 * graceMs + 1000));
  await chaos.liveness.settled('stubborn', 0);
});
