import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  outputDir: '../../out/test-results-desktop',
  globalSetup: './say-which.ts',
  // Each test starts an app with a browser of its own, and mostly waits for it.
  workers: 3,
  fullyParallel: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  retries: 0,
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? '../../out/report-desktop.json' }],
  ],
});
