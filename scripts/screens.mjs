// `npm run screens`: the pictures in docs/screens, taken from the running product: real hosts, the example skills, a real
// broker, a real Chromium. Waits for states, not for time. `-- FOLDER` puts them elsewhere, `--only fleet` takes those alone
// whose names begin so. Where there is no nats-server it says so, and the pictures of the fleet stay as they are.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { natsServer, startBroker } from '../tests/support/nats-server.ts';
import { findBrowser } from './lib/browser.mjs';
import { buildIfStale } from './lib/build.mjs';
import { ensureNode, root } from './lib/node.mjs';

ensureNode();
buildIfStale();
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' } },
});
const target = positionals[0] ?? join(root, 'docs', 'screens');
mkdirSync(target, { recursive: true });
const temp = mkdtempSync(join(tmpdir(), 'skillward-screens-'));
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: ['--no-sandbox', '--disable-gpu'],
});
const wide = { width: 1440, height: 900 };
const narrow = { width: 900, height: 900 };

// A day of history, so that the pictures show what a day looks like; what happens from here on is real.
run(['tests/support/seed-history.ts', join(temp, 'full')]);
const skillsFolder = join(temp, 'skills');
cpSync(join(root, 'examples', 'skills'), skillsFolder, { recursive: true });
const full = await startHost(skillsFolder, 'full');
await call(full, 'config.patch', {
  restart: { firstDelaySecs: 1, maxDelaySecs: 2 },
  general: { firstRunDone: true },
});
await call(full, 'fix.record', {
  error: 'urllib.error.URLError: <urlopen error [Errno 111] Connection refused>',
  fixDescription:
    'Start the feed server first\nThe feed is served by a local process that does not start with the machine.',
});
await waitFor(full, ({ lifecycle }) => lifecycle === 'quarantined');
const { skills } = await call(full, 'skill.list', {});
const error = skills.find(({ id }) => id === 'mail-token').health.lastError;
await waitFor(full, ({ health }) => health.status.kind === 'degraded');
const { incidents } = await call(full, 'incident.list', { skillId: 'mail-token' });
const empty = await startHost(join(temp, 'nothing'), 'empty');

// Two dozen skills whose common server went away.
const crowdFolder = join(temp, 'crowd');
for (const id of crowdNames()) writeCrowdSkill(crowdFolder, id, failsInTheCrowd(id));
const many = await startHost(crowdFolder, 'many');
await call(many, 'config.patch', { general: { firstRunDone: true } });
await waitForAll(many, ({ health }) => health.lastCheck !== null);
await waitForAll(many, ({ id, health }) => !failsInTheCrowd(id) || health.status.kind !== 'unknown');

for (const scheme of ['light', 'dark']) {
  await shoot(full, '/?range=24h', `overview-${scheme}`, { scheme });
  await shoot(full, '/skill/disk-space?range=24h', `skill-${scheme}`, { scheme });
  await shoot(full, '/skill/mail-token', `skill-quarantined-${scheme}`, { scheme });
  await shoot(
    full,
    `/fixes?record=1&skill=mail-token&error=${encodeURIComponent(error)}`,
    `fixes-${scheme}`,
    { scheme },
  );
  await shoot(full, '/scheduler', `scheduler-${scheme}`, { scheme });
  await shoot(full, '/logs', `logs-${scheme}`, { scheme });
  await shoot(full, '/settings', `settings-${scheme}`, { scheme });
  await shoot(full, '/?range=24h', `overview-narrow-${scheme}`, { scheme, viewport: narrow });
  await shoot(full, '/incidents', `incidents-${scheme}`, { scheme });
  await shoot(full, `/incidents/${incidents[0].id}`, `incident-${scheme}`, { scheme });
  await shoot(full, '/add', `add-${scheme}`, { scheme });
  await shoot(empty, '/', `overview-empty-${scheme}`, { scheme });
  await shoot(many, '/', `overview-many-failing-${scheme}`, { scheme });
}

// Last, for from here on every page of these hosts shows that they are in a fleet.
if (natsServer === null) process.stderr.write('No nats-server here: no pictures of the fleet were taken.\n');
else await shootFleet();

await browser.close();
for (const host of [full, empty, many]) await stop(host);
rmSync(temp, { recursive: true, force: true });

async function startHost(skills, name) {
  mkdirSync(skills, { recursive: true });
  const args = [
    'out/main/cli.js',
    'serve',
    '--data-dir',
    join(temp, name),
    '--skills',
    skills,
    '--port',
    '0',
    '--json',
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  return { child, dataDir: join(temp, name), ...JSON.parse(line) };
}

function run(args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

function stop({ child }) {
  child.kill('SIGTERM');
  return new Promise((resolve) => child.once('exit', resolve));
}

async function call({ dataDir }, command, payload) {
  const args = ['out/main/cli.js', '--data-dir', dataDir, 'call', command, JSON.stringify(payload)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout) text += chunk;
  return JSON.parse(text).payload;
}

async function waitFor(host, test) {
  for (;;) {
    const { skills } = await call(host, 'skill.list', {});
    if (skills.some(test)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function waitForAll(host, test) {
  for (;;) {
    const { skills } = await call(host, 'skill.list', {});
    if (skills.every(test)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Four hosts at one broker: with a quarantined skill, with many failing, with none, and one that went silent. */
async function shootFleet() {
  const broker = await startBroker();
  const atticFolder = join(temp, 'attic-skills');
  for (const id of ['feed-attic', 'mail-attic']) writeCrowdSkill(atticFolder, id, false);
  const attic = await startHost(atticFolder, 'attic');
  await waitForAll(attic, ({ health }) => health.status.kind === 'healthy');
  const members = [
    [full, { name: 'workbench', role: 'operator', labels: { site: 'berlin' } }],
    [many, { name: 'greenhouse', role: 'operator', labels: { site: 'lisbon' } }],
    [empty, { name: 'spare', labels: { site: 'berlin' } }],
    [attic, { name: 'attic', role: 'operator', labels: { site: 'lisbon' } }],
  ];
  for (const [host, how] of members) {
    await call(host, 'fleet.join', { servers: [broker.url], auth: { kind: 'none' }, ...how });
  }
  await waitForFleet(
    ({ hosts }) => hosts.length === members.length && hosts.every(({ counts }) => counts !== null),
  );
  attic.child.kill('SIGKILL');
  await waitForFleet(({ hosts }) => hosts.some(({ name, state }) => name === 'attic' && state === 'unknown'));
  for (const scheme of ['light', 'dark']) await shoot(full, '/fleet', `fleet-${scheme}`, { scheme });
  for (const host of [full, many, empty]) await call(host, 'fleet.leave', {});
  await broker.remove();
}

async function waitForFleet(test) {
  while (!test(await call(full, 'fleet.watch', {}))) await new Promise((resolve) => setTimeout(resolve, 500));
}

function crowdNames() {
  const places = ['berlin', 'lisbon', 'oslo', 'porto', 'turin', 'vienna', 'york', 'zurich'];
  return places.flatMap((place) => ['feed', 'mail', 'watch'].map((what) => `${what}-${place}`));
}

/** Every third skill needs no server. */
function failsInTheCrowd(id) {
  return crowdNames().indexOf(id) % 3 !== 2;
}

function writeCrowdSkill(folder, id, fails) {
  const home = join(folder, id);
  mkdirSync(home, { recursive: true });
  const name = id.replace('-', ' ').replace(/\b./g, (letter) => letter.toUpperCase());
  writeFileSync(
    join(home, 'manifest.toml'),
    `id = "${id}"\nname = "${name}"\nversion = "1.2.0"\n[health]\ncheck_interval_secs = 4\n`,
  );
  const answer = fails
    ? `raise ConnectionRefusedError(111, "Connection refused", "db.internal:5432")`
    : `result = {"status": "ok"}`;
  writeFileSync(
    join(home, 'skill.py'),
    `import json, sys
for line in sys.stdin:
    request = json.loads(line)
    result = {"name": "${id}", "version": "1.2.0"}
    if request["method"] == "skill.health":
        ${answer}
    print(json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": result}), flush=True)
    if request["method"] == "skill.shutdown":
        break
`,
  );
}

async function shoot(host, route, name, { scheme, viewport = wide }) {
  if (!name.startsWith(values.only)) return;
  const context = await browser.newContext({
    viewport,
    colorScheme: scheme,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const url = new URL(host.url);
  await page.goto(url.href);
  await page.getByRole('navigation').first().waitFor();
  await page.goto(`${url.origin}/#${route}`);
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root') === null);
  // The temporary folder of this run is nobody's: shown as a home folder.
  await page.evaluate((folder) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      walker.currentNode.nodeValue = walker.currentNode.nodeValue.replaceAll(folder, '~');
  }, temp);
  await page.screenshot({ path: join(target, `${name}.png`) });
  await context.close();
}
