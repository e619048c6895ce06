import { expect } from 'vitest';
import { chaosFamily } from '../support/harness/chaos-family.ts';

const { scenario } = chaosFamily();

scenario(
  '27 memory of the tree creeps over its limit: asked to end, counted as memory, restarted small',
  async (chaos) => {
    const health = { check_interval_secs: 300 };
    await chaos.running('grows', { fixture: 'grows', restart: { memory_limit_mb: 100 }, health });
    expect((await chaos.invoke('grows', { megabytes: 150 })).ok).toBe(true);
    await chaos.liveness.arrived('hoarder');
    const grownMs = performance.now();
    const again = await chaos.until(
      'grows',
      ({ process, health: { status } }) => process.restarts === 1 && status.kind === 'healthy',
    );
    chaos.recovered(performance.now() - grownMs);
    // The child took it, not the leader: the tree is what counts, and all of it went.
    await chaos.liveness.settled('hoarder', 0);
    expect(again.process.cause).toMatchObject({ kind: 'memory', exitCode: 0 });
    expect(again.health.totalFailures).toBe(1);
    const failure = (await chaos.checks('grows')).find(({ outcome }) => outcome.kind === 'unreachable');
    expect(failure?.outcome).toMatchObject({ cause: 'memory' });
    expect(await chaos.logText('grows', 'host')).toContain('the limit is 100 MiB');
  },
);
