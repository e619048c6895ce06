import { expect } from 'vitest';
import { chaosFamily } from '../support/harness/chaos-family.ts';
import { measure } from '../support/harness/chaos-rows.ts';

const { scenario } = chaosFamily();
const count = measure(30, 200);

scenario(
  `28 ${count} skills killed with -9 at once: all run again, never two of one, starts spread, the host answers`,
  async (chaos) => {
    const names = Array.from({ length: count }, (_, n) => `s${n}`);
    const skill = {
      fixture: 'polite',
      health: { check_interval_secs: 5, health_timeout_secs: 60 },
      restart: { handshake_timeout_secs: 120 },
    };
    await chaos.add(Object.fromEntries(names.map((name) => [name, skill])));
    for (const name of names) await chaos.until(name, ({ process }) => process.state === 'running', 120_000);
    await chaos.liveness.settled('polite', count);

    const pings: number[] = [];
    const killedMs = performance.now();
    for (const pid of chaos.liveness.living('polite')) process.kill(pid, 'SIGKILL');
    let mostStarting = 0;
    for (const name of names) {
      await chaos.until(
        name,
        ({ process }) => process.state === 'running' && process.restarts === 1,
        120_000,
      );
      const sentMs = performance.now();
      await chaos.host.client.call('host.ping');
      pings.push(performance.now() - sentMs);
      mostStarting = Math.max(
        mostStarting,
        chaos.count(({ process }) => process.state === 'starting' && process.pid !== null),
      );
    }
    chaos.recovered(performance.now() - killedMs);
    await chaos.liveness.arrived('polite', 2 * count);
    expect(chaos.liveness.seen('polite')).toBe(2 * count);
    await chaos.liveness.settled('polite', count);
    expect(chaos.liveness.overlaps).toEqual([]);
    // Eight at a time; a start that takes over a second no longer counts, which a busy machine makes happen.
    expect(mostStarting).toBeLessThan(count);
    expect(Math.max(...pings)).toBeLessThan(chaos.patience(500));
    for (const name of names) {
      const { health, process } = await chaos.until(
        name,
        (one) => one.health.status.kind === 'healthy',
        120_000,
      );
      expect([health.totalFailures, process.restarts], name).toEqual([1, 1]);
    }
  },
  {
    timeoutMs: measure(90_000, 400_000),
    growthMiB: measure(64, 160),
    // Interpreters that start take every processor there is, and the host waits its turn among them. That it stays
    // quick for a person is what the pings above hold.
    lagMs: 200,
  },
);
