// `npm run bench:renderer`: the built dashboard in a real Chromium, of a host with 200 skills and 30 days behind them, and
// of one that looks at a fleet. Figures from traces and the page's own clock. `--days N`, `--skills N` for less, `--only
// paint,updates,charts,logs,fleet` for some, `--dry` writes no files.
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { findBrowser } from '../../scripts/lib/browser.mjs';
import type { Part } from './lib/figures.ts';
import { loadNow, machineInWords } from './lib/machine.ts';
import { missedOf, printPart } from './lib/report.ts';
import { keepResults, writeDocument } from './lib/results.ts';
import { dashboardParts, measureDashboard } from './renderer/dashboard.ts';
import { measureFleetDashboard } from './renderer/fleet.ts';

const known: readonly string[] = [...dashboardParts, 'fleet'];

const { values } = parseArgs({
  options: {
    skills: { type: 'string', default: '200' },
    days: { type: 'string', default: '30' },
    only: { type: 'string', default: known.join() },
    dry: { type: 'boolean', default: false },
  },
});
const wanted = values.only.split(',');
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. The parts: ${known.join(', ')}.`);
  process.exit(2);
}
const loadBefore = loadNow();
console.log(`${machineInWords()}; load ${loadBefore.toFixed(1)}`);

const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const parts: Part[] = [];
  if (dashboardParts.some((name) => wanted.includes(name))) {
    const size = { skills: Number(values.skills), days: Number(values.days) };
    parts.push(await measureDashboard(browser, wanted, size));
  }
  if (wanted.includes('fleet')) parts.push(await measureFleetDashboard(browser));
  for (const part of parts) printPart(part);
  console.log(`\n${missedOf(parts).length} targets missed`);
  if (!values.dry) {
    keepResults('renderer', parts, loadBefore);
    writeDocument(parts, loadBefore);
  }
} finally {
  await browser.close();
}
