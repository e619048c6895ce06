import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { bin, root } from './node.mjs';

const INSTALL_TIMEOUT_MS = 600_000;
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** A Chromium for the dashboard's tests: named by SKILLWARD_BROWSER, Playwright's own, the system's, or installed now. */
export async function findBrowser() {
  return (await present()) ?? (await install());
}

async function present() {
  const named = process.env.SKILLWARD_BROWSER;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`SKILLWARD_BROWSER names ${named}, which does not exist.`);
  }
  const own = await playwrightsOwn();
  if (own !== null) return own;
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin', '/snap/bin');
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places];
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}

async function playwrightsOwn() {
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return path !== '' && existsSync(path) ? path : null;
}

async function install() {
  process.stderr.write('No Chromium found: installing one for the dashboard tests …\n');
  // Root on Debian or Ubuntu gets the system's package, which brings its libraries along; everybody else Playwright's.
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  }
  if ((await present()) === null) run(bin('playwright'), ['install', 'chromium']);
  const found = await present();
  if (found !== null) return found;
  throw new Error(
    'No Chromium could be found or installed. Install one (apt install chromium) or name it in SKILLWARD_BROWSER.',
  );
}

function run(command, args) {
  spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALL_TIMEOUT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    shell: process.platform === 'win32',
  });
}
