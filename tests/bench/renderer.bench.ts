// `npm run bench:renderer`: the built dashboard of a real host, in a real Chromium, with 200 skills and 30 days behind
// them. Figures from traces and the page's own clock. `--days N`, `--skills N` for less, `--only paint,updates,charts,logs`
// for some, `--dry` writes no files.
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { findBrowser } from '../../scripts/lib/browser.mjs';
import { removeDir, startHost, tempDir } from '../support/host-process.ts';
import { writeBenchSkills } from './lib/bench-host.ts';
import type { Figure, Part } from './lib/figures.ts';
import { loadNow, machineInWords } from './lib/machine.ts';
import { sleep } from './lib/process-figures.ts';
import { missedOf, printPart } from './lib/report.ts';
import { keepResults, writeDocument } from './lib/results.ts';
import { charts, logs, overviewPaint, updates } from './renderer/measures.ts';
import { seedPast } from './renderer/seed.ts';

const LOG_LINES = 10_000;

const { values } = parseArgs({
  options: {
    skills: { type: 'string', default: '200' },
    days: { type: 'string', default: '30' },
    only: { type: 'string', default: 'paint,updates,charts,logs' },
    dry: { type: 'boolean', default: false },
  },
});
const count = Number(values.skills);
const days = Number(values.days);
const wanted = values.only.split(',');
const ids = Array.from({ length: count }, (_, index) => `bench-${index}`);
const loadBefore = loadNow();
console.log(`${machineInWords()}; load ${loadBefore.toFixed(1)}`);

const dataDir = tempDir();
const skillsDir = tempDir();
writeBenchSkills(skillsDir, count, 'shell');
console.log(`   seeding ${count} skills × ${days} days …`);
seedPast(dataDir, ids, { days, logLines: LOG_LINES });
const host = await startHost({ dataDir, skillsDir });
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await allWell();
  const figures: Figure[] = [];
  if (wanted.includes('paint')) figures.push(...(await overviewPaint(browser, host.url)));
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(host.url);
  await page.waitForSelector('main table tbody tr');
  await sleep(3000);
  if (wanted.includes('updates')) figures.push(...(await updates(page, host, ids)));
  if (wanted.includes('charts')) figures.push(...(await charts(page, ids)));
  if (wanted.includes('logs')) figures.push(...(await logs(page, ids[0] ?? '', LOG_LINES)));
  const part: Part = {
    title: 'Dashboard',
    about: [
      `The built dashboard of a real headless host over the real WebSocket, in Chromium, with ${count} running skills and ${days} days of`,
      'checks every 5 minutes. First paint: from the end of the last script or style the page names to the frame that shows the first',
      'row (median of 5 fresh browsers). Tasks: of the main thread, from a trace; those of 1 ms and more count as frame tasks.',
    ].join('\n'),
    figures,
  };
  printPart(part);
  console.log(`\n${missedOf([part]).length} targets missed`);
  if (!values.dry) {
    keepResults('renderer', [part], loadBefore);
    writeDocument([part], loadBefore);
  }
} finally {
  await browser.close();
  host.client.close();
  await host.stop();
  removeDir(dataDir);
  removeDir(skillsDir);
}

async function allWell(): Promise<void> {
  for (;;) {
    const { skills } = await host.client.call('runtime.status');
    if (skills.healthy === count) return;
    await sleep(300);
  }
}
