import { defineConfig } from 'vitest/config';

// `electron` has no binary on many machines; importing it must never start a download (see docs/decisions).
const env = { ELECTRON_OVERRIDE_DIST_PATH: 'none', TZ: 'UTC' };

/** Scenarios whose point is a measure of the host: lag, memory, answers in time. They have the machine to themselves. */
const measured = ['floods', 'memory', 'storms'].map((name) => `tests/chaos/${name}.test.ts`);
const chaos = {
  globalSetup: 'tests/support/build-once.ts',
  env,
  testTimeout: 60_000,
  hookTimeout: 30_000,
  pool: 'forks' as const,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts', 'tests/architecture/**/*.test.ts'],
          env,
          // A hundred files that share most of what they import: reading it once is two thirds of the time.
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'integration',
          globalSetup: 'tests/support/build-once.ts',
          include: ['tests/integration/**/*.test.ts'],
          env,
          testTimeout: 30_000,
          hookTimeout: 30_000,
          pool: 'forks',
          // They mostly wait for processes: three at a time even on two processors.
          maxWorkers: 3,
        },
      },
      {
        test: {
          ...chaos,
          name: 'chaos',
          include: ['tests/chaos/**/*.test.ts'],
          exclude: measured,
          // `npm run chaos` holds every scenario to tight limits, so there each has the machine to itself.
          maxWorkers: process.env.CHAOS_ROWS === undefined ? 3 : 1,
        },
      },
      {
        test: {
          ...chaos,
          name: 'chaos-measured',
          include: measured,
          maxWorkers: 1,
          // After all others, where both are run.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
