// `npm run bench`: Skillward measured, beside pm2 and supervisord where there is something to compare. Builds first if it
// must; the parts and their options are in tests/bench/bench.ts.
import { spawnSync } from 'node:child_process';
import { buildIfStale } from './lib/build.mjs';
import { ensureNode, root } from './lib/node.mjs';

ensureNode();
buildIfStale();
const { status } = spawnSync(process.execPath, ['tests/bench/bench.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
