import type { Browser } from 'playwright';
import { removeDir, startHost, tempDir } from '../../support/host-process.ts';
import { writeBenchSkills } from '../lib/bench-host.ts';
import type { Figure, Part } from '../lib/figures.ts';
import { sleep } from '../lib/process-figures.ts';
import { charts, logs, overviewPaint, updates } from './measures.ts';
import { seedPast } from './seed.ts';

const LOG_LINES = 10_000;

/** What of the dashboard of one host can be measured on its own. */
export const dashboardParts = ['paint', 'updates', 'charts', 'logs'] as const;

export interface DashboardSize {
  readonly skills: number;
  readonly days: number;
}

/** The dashboard of one host with many skills and a past. */
export async function measureDashboard(
  browser: Browser,
  wanted: readonly string[],
  { skills: count, days }: DashboardSize,
): Promise<Part> {
  const ids = Array.from({ length: count }, (_, index) => `bench-${index}`);
  const dataDir = tempDir();
  const skillsDir = tempDir();
  writeBenchSkills(skillsDir, count, 'shell');
  console.log(`   seeding ${count} skills × ${days} days …`);
  seedPast(dataDir, ids, { days, logLines: LOG_LINES });
  const host = await startHost({ dataDir, skillsDir });
  try {
    for (;;) {
      const { skills } = await host.client.call('runtime.status');
      if (skills.healthy === count) break;
      await sleep(300);
    }
    const figures: Figure[] = [];
    if (wanted.includes('paint')) figures.push(...(await overviewPaint(browser, host.url)));
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(host.url);
    await page.waitForSelector('main table tbody tr');
    await sleep(3000);
    if (wanted.includes('updates')) figures.push(...(await updates(page, host, ids)));
    if (wanted.includes('charts')) figures.push(...(await charts(page, ids)));
    if (wanted.includes('logs')) figures.push(...(await logs(page, ids[0] ?? '', LOG_LINES)));
    await page.close();
    return {
      title: 'Dashboard',
      about: [
        `The built dashboard of a real headless host over the real WebSocket, in Chromium, with ${count} running skills and ${days} days of`,
        'checks every 5 minutes. First paint: from the end of the last script or style the page names to the frame that shows the first',
        'row (median of 5 fresh browsers). Tasks: of the main thread, from a trace; those of 1 ms and more count as frame tasks.',
      ].join('\n'),
      figures,
    };
  } finally {
    host.client.close();
    await host.stop();
    removeDir(dataDir);
    removeDir(skillsDir);
  }
}
