import { expect, test } from 'vitest';
import { Housekeeping, type HousekeepingPorts } from '../../../electron/runtime/housekeeping.ts';
import { retentionConfigSchema } from '../../../shared/model/config.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** How long a host whose newest backup is `ageMs` old (null: none) waits for its next one. */
async function waitOf(ageMs: number | null): Promise<number> {
  const clock = new FakeClock();
  const startedAt = clock.nowMs();
  const made: number[] = [];
  const storage: HousekeepingPorts['storage'] = {
    retention: () => ({ done: true }),
    lastBackupAt: () => (ageMs === null ? null : startedAt - ageMs),
    backupNow: async () => void made.push(clock.nowMs()),
  } as Partial<HousekeepingPorts['storage']> as HousekeepingPorts['storage'];
  const config = () => retentionConfigSchema.parse({});
  const housekeeping = new Housekeeping({ clock, storage, config, report: () => undefined });
  housekeeping.start();
  while (made.length === 0) await clock.advance(minuteMs);
  housekeeping.stop();
  return (made[0] ?? 0) - startedAt;
}

test('a backup that is due is made soon after the start, one that is not in its time', async () => {
  expect(await waitOf(null)).toBe(5 * minuteMs);
  expect(await waitOf(3 * dayMs)).toBe(5 * minuteMs);
  expect(await waitOf(dayMs - minuteMs)).toBe(5 * minuteMs);
  expect(await waitOf(dayMs - 120 * minuteMs)).toBe(120 * minuteMs);
});

test('a backup of the future, after the clock was set back, is no reason to wait for longer than a day', async () => {
  expect(await waitOf(-30 * dayMs)).toBe(dayMs);
});
