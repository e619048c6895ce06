import { defineConfig } from '@playwright/test';

const executablePath = process.env.SKILLWARD_BROWSER;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'out/test-results',
  // Each test has a host and a page of its own, and mostly waits for them: two cores carry three.
  workers: 3,
  fullyParallel: true,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  retries: 0,
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? 'out/report-e2e.json' }],
  ],
  use: {
    viewport: { width: 1280, height: 840 },
    timezoneId: 'UTC',
    locale: 'en-GB',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
