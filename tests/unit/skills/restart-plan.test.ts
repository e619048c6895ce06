import { expect, test } from 'vitest';
import { RestartPlan } from '../../../electron/skills/restart-plan.ts';
import { restartConfigSchema } from '../../../shared/model/config.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';

const config = restartConfigSchema.parse({});

test('counts the restarts of a window, which forgets, and those of a lifetime, which does not', async () => {
  const clock = new FakeClock();
  const plan = new RestartPlan(clock, () => 0);
  for (const pauseMs of [0, 4000, 4000]) {
    await clock.leap(pauseMs);
    plan.order(config);
  }
  expect(plan.restartsWithin(10_000)).toBe(3);
  await clock.leap(2000);
  expect(plan.restartsWithin(10_000)).toBe(2);
  await clock.leap(60_000);
  expect(plan.restartsWithin(10_000)).toBe(0);
  expect(plan.restarts).toBe(3);
});
