import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Chaos } from '../support/harness/chaos.ts';
import { chaosFamily } from '../support/harness/chaos-family.ts';
import { measure } from '../support/harness/chaos-rows.ts';
import { residentBytesOf } from '../support/harness/vitals.ts';

const { scenario } = chaosFamily();
const floodMs = measure(5000, 10_000);
const mebibyte = 1_048_576;
const logBoundBytes = 5 * 2 * mebibyte;

/** Lets one skill pour for the whole time while another is asked every second; the host must hardly notice. */
async function flood(chaos: Chaos, where: string): Promise<void> {
  await chaos.add({
    neighbour: { fixture: 'polite' },
    flood: { fixture: 'flood', health: { check_interval_secs: 86400, health_timeout_secs: 600 } },
  });
  await chaos.running('neighbour');
  await chaos.running('flood');
  const { pid } = chaos.host;
  const before = residentBytesOf(pid);
  const checksBefore = (await chaos.skill('neighbour')).health.totalChecks;
  expect((await chaos.invoke('flood', { where })).ok).toBe(true);

  let most = before;
  const untilMs = performance.now() + floodMs;
  while (performance.now() < untilMs) {
    most = Math.max(most, residentBytesOf(pid));
    await pause(50);
  }
  const { lagP99Ms, noiseMs } = await chaos.lag();
  expect((most - before) / mebibyte, 'growth of the host in the flood, MiB').toBeLessThan(64);
  expect(lagP99Ms, 'event-loop lag p99, ms').toBeLessThan(50 + 2 * noiseMs);

  const { health } = await chaos.skill('neighbour');
  expect(health.totalFailures).toBe(0);
  // One a second, and the first and last second may be cut.
  expect(health.totalChecks - checksBefore).toBeGreaterThanOrEqual(floodMs / 1000 - 2);
  for (const { latencyMs } of await chaos.checks('neighbour'))
    expect(latencyMs).toBeLessThan(chaos.patience(1000));
  // What a skill writes is no reason to ask it more often than its interval says.
  expect((await chaos.skill('flood')).health.totalChecks).toBe(1);
  const logs = join(chaos.host.dataDir, 'logs');
  // Messages of the protocol are no log: a host that has heard nothing else has no folder for it yet.
  const logged = (existsSync(logs) ? readdirSync(logs) : [])
    .filter((name) => name.startsWith(chaos.id('flood')))
    .reduce((sum, name) => sum + statSync(join(logs, name)).size, 0);
  expect(logged).toBeLessThanOrEqual(logBoundBytes);
}

scenario(
  '11 output without end and without a newline: memory stays flat, the others are asked in time',
  async (chaos) => {
    await flood(chaos, 'endless');
    await chaos.until('flood', ({ process }) => process.noise.droppedLines >= 1);
  },
);

scenario(
  '12 a flood of lines on stdout: bounded logs, the host stays quick, what was dropped is told',
  async (chaos) => {
    await flood(chaos, 'stdout');
    expect((await chaos.skill('flood')).process.noise.nonJsonLines).toBeGreaterThan(100_000);
    expect(await chaos.logText('flood', 'host')).toContain('bytes of output were not kept');
  },
);

scenario('12 a flood of messages on stdout: read and dropped, the host stays quick', async (chaos) => {
  await flood(chaos, 'json');
  expect((await chaos.skill('flood')).process.state).toBe('running');
});

scenario(
  '12 a flood on stderr as fast as it can be written: bounded logs, drop count shown, the host stays quick',
  async (chaos) => {
    await flood(chaos, 'stderr');
    const { droppedStderrBytes } = (
      await chaos.until('flood', ({ process }) => process.noise.droppedStderrBytes > 0)
    ).process.noise;
    expect(droppedStderrBytes).toBeGreaterThan(0);
    expect(await chaos.logText('flood', 'host')).toContain('bytes of output were not kept');
  },
);
