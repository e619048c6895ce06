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

/** Debian's Chromium without all that draws windows: the same engine, and the tests take three quarters of the time. */
const SHELL = 'chromium-headless-shell';

/** The browser people have: named by SKILLWARD_BROWSER, Playwright's own, the system's, or installed now. */
export async function findBrowser() {
  return named() ?? (await present()) ?? (await install('chromium'));
}

/** A Chromium for the tests: named by SKILLWARD_BROWSER, the system's headless shell, any other, or installed now. */
export async function findTestBrowser() {
  return named() ?? onPath([SHELL]) ?? (await present()) ?? (await install(SHELL, 'chromium'));
}

function named() {
  const path = process.env.SKILLWARD_BROWSER;
  if (path === undefined || path === '') return null;
  if (existsSync(path)) return path;
  throw new Error(`SKILLWARD_BROWSER names ${path}, which does not exist.`);
}

async function present() {
  return (await playwrightsOwn()) ?? onPath(names) ?? places.find((place) => existsSync(place)) ?? null;
}

function onPath(programs) {
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin', '/snap/bin');
  const candidates = folders.flatMap((folder) => programs.map((program) => join(folder, program)));
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}

async function playwrightsOwn() {
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return path !== '' && existsSync(path) ? path : null;
}

/** Installs the first of these packages of the system that it has, else Playwright's browser. */
async function install(...packages) {
  process.stderr.write('No Chromium found: installing one …\n');
  const found = async () => onPath(packages) ?? (await present());
  // Root on Debian or Ubuntu gets the system's package, which brings its libraries along; everybody else Playwright's.
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-qq']);
    for (const name of packages) {
      if ((await found()) === null) run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name]);
    }
  }
  if ((await found()) === null) run(bin('playwright'), ['install', 'chromium']);
  const path = await found();
  if (path !== null) return path;
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
