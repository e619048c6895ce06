// `npm run bench:renderer`: the dashboard measured in a real Chromium. Builds first if it must; what is measured and the
// options are in tests/bench/renderer.bench.ts.
import { spawnSync } from 'node:child_process';
import { buildIfStale } from './lib/build.mjs';
import { ensureNode, root } from './lib/node.mjs';

ensureNode();
buildIfStale();
const { status } = spawnSync(process.execPath, ['tests/bench/renderer.bench.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
