import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { overBudget } from './bundle-budget.mjs';
import { bin, root } from './node.mjs';

const sources = [
  'electron',
  'shared',
  'renderer',
  'examples',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];
const stamp = join(root, 'out', '.stamp');

/** Builds when what is in `out` was made from other sources. Says so on standard error, so that output stays clean. */
export function buildIfStale() {
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  process.stderr.write('Building Skillward (once, about ten seconds) …\n');
  build();
}

export function build() {
  const now = fingerprint();
  const built = spawnSync(bin('electron-vite'), ['build', '--logLevel', 'warn'], {
    cwd: root,
    // electron-vite asks the electron package for nothing it would have to download.
    env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: process.env.ELECTRON_OVERRIDE_DIST_PATH ?? 'none' },
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (built.status !== 0) {
    process.stderr.write(`${built.stdout}${built.stderr}\nThe build failed.\n`);
    process.exit(1);
  }
  const tooHeavy = overBudget();
  if (tooHeavy.length > 0) {
    process.stderr.write(`${tooHeavy.join('\n')}\nThe build is too heavy.\n`);
    process.exit(1);
  }
  writeFileSync(stamp, now);
}

/** Names, sizes and times of all sources: quick to read, and it changes when any of them does. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const path of sources) add(hash, path);
  return hash.digest('hex');
}

function add(hash, path) {
  const full = join(root, path);
  const stats = statSync(full, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) {
    hash.update(`${path}\0${stats.size}\0${stats.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(full).sort()) add(hash, `${path}/${name}`);
}
