import { defineConfig } from 'vitest/config';

// `electron` has no binary on many machines; importing it must never start a download (see docs/decisions).
const env = { ELECTRON_OVERRIDE_DIST_PATH: 'none', TZ: 'UTC' };

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts', 'tests/architecture/**/*.test.ts'], env },
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
        },
      },
      {
        test: {
          name: 'chaos',
          globalSetup: 'tests/support/build-once.ts',
          include: ['tests/chaos/**/*.test.ts'],
          env,
          testTimeout: 60_000,
          hookTimeout: 30_000,
          pool: 'forks',
          fileParallelism: false,
        },
      },
    ],
  },
});
