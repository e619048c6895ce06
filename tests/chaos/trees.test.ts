import { expect } from 'vitest';
import { chaosFamily } from '../support/harness/chaos-family.ts';

const { scenario } = chaosFamily();

scenario(
  '19 a stop ends children and setsid escapees too; inherited stdout delays nothing',
  async (chaos) => {
    await chaos.running('family', { fixture: 'family', args: ['loyal'] });
    await chaos.liveness.arrived('group-child');
    await chaos.liveness.arrived('escaped-child');
    const { process } = await chaos.obey('skill.stop', 'family');
    expect(process.state).toBe('stopped');
    // Not "soon": when the stop is answered nothing lives any more.
    await chaos.liveness.died();
    expect(process.cause?.exitCode).toBe(0);
  },
);

scenario(
  '19 a leader that crashes: told at once though its children hold its stdout, and they are swept',
  async (chaos) => {
    await chaos.running('family', {
      fixture: 'family',
      args: ['deserts'],
      health: { check_interval_secs: 300 },
    });
    await chaos.liveness.arrived('escaped-child');
    const [group] = chaos.liveness.living('group-child');
    const [escaped] = chaos.liveness.living('escaped-child');
    const crashedMs = performance.now();
    expect((await chaos.invoke('family')).error?.code).toBe('unavailable');
    expect(performance.now() - crashedMs).toBeLessThan(chaos.patience(1000));
    await chaos.until(
      'family',
      (skill) => skill.process.restarts === 1 && skill.health.status.kind === 'healthy',
    );
    chaos.recovered(performance.now() - crashedMs);
    expect(chaos.liveness.living('group-child')).not.toContain(group);
    expect(chaos.liveness.living('escaped-child')).not.toContain(escaped);
    expect(chaos.liveness.overlaps).toEqual([]);
  },
);

scenario(
  '20 a fork bomb of a hundred and more: a stop ends it all, the neighbour is asked on',
  async (chaos) => {
    await chaos.add({
      neighbour: { fixture: 'polite' },
      bomb: { fixture: 'forks', health: { check_interval_secs: 300 } },
    });
    await chaos.running('neighbour');
    await chaos.running('bomb');
    // Two forks at each of six levels, in every process: 2 + 4 + … + 64.
    expect((await chaos.invoke('bomb', { depth: 6 })).ok).toBe(true);
    await chaos.liveness.arrived('spawn', 126);
    const stoppedMs = performance.now();
    await chaos.obey('skill.stop', 'bomb');
    await chaos.liveness.died('spawn');
    chaos.recovered(performance.now() - stoppedMs);
    expect((await chaos.moreChecks('neighbour', 1)).health.totalFailures).toBe(0);
  },
  { timeoutMs: 90_000 },
);
