import { expect } from 'vitest';
import { chaosFamily } from '../support/harness/chaos-family.ts';
import { skillProcessesOf } from '../support/host-process.ts';

const { alone } = chaosFamily();

alone(
  '29 the host is closed over ten stubborn skills: all gone within 6 s, nothing is started meanwhile',
  async (chaos) => {
    const names = Array.from({ length: 10 }, (_, n) => `mule${n}`);
    const skill = { fixture: 'stubborn', restart: { stop_grace_ms: 60_000 } };
    await chaos.add(Object.fromEntries(names.map((name) => [name, skill])));
    for (const name of names) await chaos.until(name, ({ process: { state } }) => state === 'running');
    const { code, tookMs } = await chaos.host.stop();
    chaos.recovered(tookMs);
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(chaos.patience(6000));
    expect(skillProcessesOf(chaos.host.dataDir)).toEqual([]);
    await chaos.liveness.died();
    await chaos.liveness.arrived('stubborn', 10);
    expect(chaos.liveness.seen('stubborn')).toBe(10);
    chaos.clear();
    await chaos.nextHost();
  },
  { disturbsHost: true },
);

alone(
  'the host is closed while everything starts and restarts: in time, in order, nothing left',
  async (chaos) => {
    await chaos.add({
      slow: { fixture: 'slow_handshake', args: ['60'], restart: { handshake_timeout_secs: 60 } },
      dies: {
        fixture: 'dies',
        args: ['start', '1'],
        health: { max_consecutive_failures: 100, max_failures_in_window: 1000 },
      },
      family: { fixture: 'family', args: ['loyal'] },
      hangs: { fixture: 'hangs', health: { health_timeout_secs: 1, max_consecutive_failures: 100 } },
    });
    await chaos.liveness.arrived('slow');
    await chaos.until('dies', ({ process: { restarts } }) => restarts >= 2);
    await chaos.liveness.arrived('escaped-child');
    const { code, tookMs } = await chaos.host.stop();
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(chaos.patience(6000));
    await chaos.liveness.died();
    chaos.clear();
    await chaos.nextHost();
  },
  { disturbsHost: true },
);
