import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test as base, expect, type Page } from '@playwright/test';
import {
  isLive,
  removeDir,
  skillProcessesOf,
  startHost,
  type TestHost,
  tempDir,
  writeSkills,
} from '../support/host-process.ts';

type Skills = Parameters<typeof writeSkills>[1];

export interface Dashboard {
  readonly host: TestHost;
  readonly page: Page;
  /** Goes to a screen inside the page, as a link would. */
  go(route: string): Promise<void>;
}

interface Fixtures {
  /** What the page may complain about in a test that breaks it on purpose; null: nothing. */
  expectedComplaint: RegExp | null;
  /** Starts a host with these skills, and opens its dashboard. */
  openDashboard: (skills: Skills, env?: Readonly<Record<string, string>>) => Promise<Dashboard>;
}

/** Every test has a host of its own with real Python processes; nothing may be left of it, and the page may not complain. */
export const test = base.extend<Fixtures>({
  expectedComplaint: [null, { option: true }],
  openDashboard: async ({ page, expectedComplaint }, use) => {
    const hosts: TestHost[] = [];
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // A broken connection is told by the browser itself; the tests that cut it look at what the page makes of it.
      if (message.type() === 'error' && !/WebSocket|ERR_CONNECTION_REFUSED|ERR_INTERNET/.test(message.text()))
        complaints.push(message.text());
    });
    await use(async (skills, env = {}) => {
      const host = await startHost({ skillsDir: writeSkills(tempDir(), skills), env });
      hosts.push(host);
      await page.goto(host.url);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      return { host, page, go: (route) => goTo(page, route) };
    });
    // The page goes first: one whose host has gone would rightly complain.
    await page.goto('about:blank');
    for (const host of hosts) {
      if (isLive(host.pid)) await host.stop();
      expect(skillProcessesOf(host.dataDir)).toEqual([]);
      removeDir(host.dataDir);
      removeDir(host.skillsDir);
    }
    expect(complaints.filter((text) => expectedComplaint?.test(text) !== true)).toEqual([]);
  },
});

export { expect };

async function goTo(page: Page, route: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, route);
  // Until the code of a screen has been read, the one before stays, and much on it goes by the same names.
  const [, skillId] = /^\/skill\/([\w-]+)/.exec(route) ?? [];
  const title = skillId === 'nobody' ? /nobody/ : skillId;
  if (title !== undefined) await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds serious or critical on the page as it is, in words. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // The page's policy lets no foreign script in; a test may, through the debugger.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    // Half way between two colours nothing has the contrast it will have.
    await Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime))
        .map((animation) => animation.finished),
    );
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
  });
}

export const quick =
  '[health]\ncheck_interval_secs = 1\nhealth_timeout_secs = 2\n[restart]\nfirst_delay_secs = 0.1\nmax_delay_secs = 1\n';
