// Every script runs on the Node of node_modules, whatever the machine has: npm scripts find it first on the path,
// and one started by hand on an older Node starts itself again on it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 22;

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const bin = (name) => `${root}node_modules/.bin/${name}${process.platform === 'win32' ? '.cmd' : ''}`;

/** Run with `process.execPath`, so that the tests run on the Node that runs the script. */
export const vitest = `${root}node_modules/vitest/vitest.mjs`;

export function ensureNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return;
  const ours = bin('node');
  if (!existsSync(ours)) {
    console.error(
      `Skillward needs Node ${NEEDED_MAJOR} or later; this is ${process.versions.node}. Run npm ci first: it brings one.`,
    );
    process.exit(1);
  }
  const again = spawnSync(ours, process.argv.slice(1), { stdio: 'inherit' });
  process.exit(again.status ?? 1);
}
