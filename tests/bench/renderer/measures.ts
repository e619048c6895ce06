import type { Browser, Page } from 'playwright';
import type { TestHost } from '../../support/host-process.ts';
import { below, type Figure, info } from '../lib/figures.ts';
import { sleep } from '../lib/process-figures.ts';
import { median } from '../lib/statistics.ts';
import { frameFigures } from './frame-figures.ts';
import { goTo, notePaints, type Paints, readPaints, scrollToTop, timeTo } from './in-page.mjs';
import { tasksDuring } from './trace.ts';

const VIEW = { width: 1440, height: 900 };
const OPENS = 5;
const CHARTS = 7;
const UPDATES_PER_SEC = 50;
const UPDATE_SECS = 10;

/** The first row of the Overview, and its first heartbeat bar. */
const row = 'main table tbody tr';
const bar = 'main table tbody [role="slider"]';
const chart = 'main .recharts-surface path.recharts-curve';
const logLines = '[role="grid"][aria-label="Log lines"]';

/** From "the scripts the page names are here" to "a person sees the skills". */
export async function overviewPaint(browser: Browser, url: string): Promise<Figure[]> {
  const paints: Paints[] = [];
  for (let open = 0; open < OPENS; open += 1) {
    const context = await browser.newContext({ viewport: VIEW });
    const page = await context.newPage();
    await page.addInitScript(notePaints, { row, bar });
    await page.goto(url);
    const noted = await page.waitForFunction(readPaints);
    const paint = await noted.jsonValue();
    if (paint !== null) paints.push(paint);
    await context.close();
  }
  const middle = (pick: (paint: Paints) => number): number => median(paints.map(pick));
  const rows = middle(({ rowMs, loadedMs }) => rowMs - loadedMs);
  const bars = middle(({ barMs, loadedMs }) => barMs - loadedMs);
  const opened = middle(({ rowMs }) => rowMs);
  return [
    below({ name: 'Overview, first paint of its rows', value: rows, unit: 'ms' }, 500),
    info({ name: 'Overview, its heartbeats too', value: bars, unit: 'ms' }),
    info({ name: 'Overview, from opening the page', value: opened, unit: 'ms' }),
  ];
}

/** The Overview while many skills change: 50 checks a second, each a new record, a new latency and a new beat. */
export async function updates(page: Page, host: TestHost, ids: readonly string[]): Promise<Figure[]> {
  const client = await host.connect();
  const tasks = await tasksDuring(page, async () => {
    const total = UPDATES_PER_SEC * UPDATE_SECS;
    const startedMs = performance.now();
    for (let sent = 0; sent < total; sent += 1) {
      void client.request('skill.health.check', { skillId: ids[sent % ids.length] });
      await sleep(Math.max(0, startedMs + ((sent + 1) * 1000) / UPDATES_PER_SEC - performance.now()));
    }
  });
  client.close();
  return frameFigures(`${UPDATES_PER_SEC} skills a second`, tasks);
}

/** From the click on a skill to its latency curve of 30 days on the screen. */
export async function charts(page: Page, ids: readonly string[]): Promise<Figure[]> {
  const times: number[] = [];
  for (const skillId of ids.slice(1, CHARTS + 1)) {
    await page.evaluate(goTo, '#/?range=30d');
    await page.waitForSelector(row);
    await sleep(500);
    times.push(await page.evaluate(timeTo, { hash: `#/skill/${skillId}?range=30d`, selector: chart }));
  }
  const [first = Number.NaN, ...later] = times;
  return [
    below({ name: 'chart of 30 days opens, median', value: median(later), unit: 'ms' }, 300),
    info({ name: 'the first one, with the code of its screen', value: first, unit: 'ms' }),
  ];
}

/** Ten thousand lines: reading back to the first, then to the last again. */
export async function logs(page: Page, skillId: string, wanted: number): Promise<Figure[]> {
  await page.evaluate(goTo, `#/logs?skills=${encodeURIComponent(JSON.stringify([skillId]))}`);
  await page.waitForSelector(`${logLines} [role="row"]`);
  const loaded = await loadAll(page, wanted);
  const box = await page.locator(logLines).boundingBox();
  if (box === null) throw new Error('the log list is not on the screen');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const tasks = await tasksDuring(page, async () => {
    for (const direction of [1, -1]) {
      for (let step = 0; step < 60; step += 1) {
        await page.mouse.wheel(0, direction * (step % 10 === 9 ? 20_000 : 600));
        await sleep(33);
      }
    }
  });
  return [
    info({ name: 'log lines on the page', value: loaded, unit: '' }),
    ...frameFigures('scrolling through them', tasks),
  ];
}

/** Scrolls up until all are there: older pages come as they are asked for. */
async function loadAll(page: Page, wanted: number): Promise<number> {
  const list = page.locator(logLines);
  const count = async (): Promise<number> => Number(await list.getAttribute('aria-rowcount'));
  let before = -1;
  let now = await count();
  for (let still = 0; now < wanted && still < 10; ) {
    before = now;
    await list.evaluate(scrollToTop);
    await sleep(150);
    now = await count();
    still = now === before ? still + 1 : 0;
  }
  return now;
}
