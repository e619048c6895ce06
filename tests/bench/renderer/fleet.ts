import type { Browser, Page } from 'playwright';
import { natsServer, startBroker } from '../../support/nats-server.ts';
import { EVENTS_PER_SEC, endCrowd, HOSTS, joinFleet, SKILLS, startCrowd } from '../fleet/meeting.ts';
import { type BenchHost, openBenchHost } from '../lib/bench-host.ts';
import { below, type Figure, info, type Part, skipped } from '../lib/figures.ts';
import { sleep } from '../lib/process-figures.ts';
import { quantile } from '../lib/statistics.ts';
import { frameFigures } from './frame-figures.ts';
import { goTo, rowChanged, watchRow } from './in-page.mjs';
import { tasksDuring } from './trace.ts';

/** Wide enough for every column of the Overview, so that what a row tells is seen. */
const VIEW = { width: 1680, height: 900 };
/** Each skill of the second host is killed once: its first restart comes at once, whatever patience the next ones need. */
const KILLS = 50;
/** Between two kills: the one before has been restarted and asked by then. */
const KILL_GAP_MS = 300;
/** Long enough for four rounds of "who is there", in each of which every host changes. */
const LOOK_MS = 20_000;
/** The first moments of a screen are its loading, and not what is measured. */
const SETTLE_MS = 5000;
const rows = 'main table tbody tr';

/** One dashboard of many machines: how soon it shows a death on another one, and what it does while a hundred publish. */
export async function measureFleetDashboard(browser: Browser): Promise<Part> {
  const part = {
    title: 'Fleet dashboard',
    about: [
      'The dashboard of one of three real hosts at a real broker, in Chromium. Kills: the page shows the Overview of the second host, whose',
      `${KILLS} Python skills are killed (SIGKILL) one after the other; from the kill to the frame in which the row tells another state or`,
      `restart, both by the clock of the machine. Then ${HOSTS} simulated hosts of ${SKILLS} skills each join and publish ${EVENTS_PER_SEC.toLocaleString('en')} events a second`,
      `together: ${LOOK_MS / 1000} s of the Fleet screen, then of the Overview of one of them. Tasks as above.`,
    ].join('\n'),
  };
  if (natsServer === null)
    return { ...part, figures: [skipped('the fleet in the browser', 'there is no nats-server')] };
  const broker = await startBroker();
  const hosts: BenchHost[] = [];
  const open = async (name: string, skills: number) => {
    const host = await openBenchHost(skills, 'python');
    hosts.push(host);
    return { host, hostId: await joinFleet(host, broker, name) };
  };
  try {
    const alpha = await open('Alpha', 1);
    const bravo = await open('Bravo', KILLS);
    await open('Charlie', 1);
    const page = await browser.newPage({ viewport: VIEW });
    await page.goto(alpha.host.host.url);
    const figures = await kills(page, bravo);
    const crowd = await startCrowd(broker.url);
    try {
      figures.push(...(await fleetScreen(page)), ...(await overviewOfOne(page)));
    } finally {
      await endCrowd(crowd);
    }
    await page.close();
    return { ...part, figures };
  } finally {
    await Promise.all(hosts.map((host) => host.close()));
    await broker.remove();
  }
}

/** From the death of a process on another host to the frame that shows it. */
async function kills(page: Page, { host, hostId }: { host: BenchHost; hostId: string }): Promise<Figure[]> {
  await page.evaluate(goTo, `#/?host=${hostId}`);
  await page
    .locator(rows)
    .nth(KILLS - 1)
    .waitFor();
  await sleep(SETTLE_MS);
  const { skills } = await host.client.call('skill.list');
  const took: number[] = [];
  for (const { id, process: running } of skills) {
    if (running.pid === null) throw new Error(`${id} has no process`);
    await page.evaluate(watchRow, id);
    const killedAt = Date.now();
    process.kill(running.pid, 'SIGKILL');
    took.push((await page.evaluate(rowChanged)) - killedAt);
    await sleep(KILL_GAP_MS);
  }
  const seen = 'a kill on another host is on the page';
  return [
    info({ name: `${seen}, p50`, value: quantile(took, 0.5), unit: 'ms' }),
    below({ name: `${seen}, p95`, value: quantile(took, 0.95), unit: 'ms' }, 500),
    info({ name: `${seen}, slowest`, value: quantile(took, 1), unit: 'ms' }),
    info({ name: 'kills', value: took.length, unit: '' }),
  ];
}

async function fleetScreen(page: Page): Promise<Figure[]> {
  await page.evaluate(goTo, '#/fleet');
  const table = page.locator('main table');
  const count = async (): Promise<number> => Number(await table.getAttribute('aria-rowcount')) - 1;
  // The three real ones are there as well.
  while ((await count()) < HOSTS + 3) await sleep(300);
  await sleep(SETTLE_MS);
  const tasks = await tasksDuring(page, () => sleep(LOOK_MS));
  return [
    info({ name: 'hosts on the Fleet screen', value: await count(), unit: '' }),
    ...frameFigures('Fleet screen', tasks),
  ];
}

async function overviewOfOne(page: Page): Promise<Figure[]> {
  await page.evaluate(goTo, '#/?host=crowd-0');
  await page.getByRole('row', { name: 'crowd-0-skill-49' }).waitFor();
  await sleep(SETTLE_MS);
  const tasks = await tasksDuring(page, () => sleep(LOOK_MS));
  return frameFigures('Overview of one of them', tasks);
}
