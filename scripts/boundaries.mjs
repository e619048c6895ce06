// Checks the import rules of DESIGN.md section 2. dependency-cruiser passes when it has seen nothing (it did so with a
// compiler it cannot use), so seeing too little is a failure too.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bin, ensureNode, root } from './lib/node.mjs';

ensureNode();
const rooms = ['electron', 'renderer', 'shared'];
const run = spawnSync(
  bin('depcruise'),
  ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...rooms],
  {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    shell: process.platform === 'win32',
  },
);
if (!run.stdout.startsWith('{')) {
  process.stderr.write(`${run.stdout}${run.stderr}\n`);
  process.exit(1);
}
const { modules, summary } = JSON.parse(run.stdout);
const seen = modules.filter((module) => /^(electron|renderer|shared)\/.*\.tsx?$/.test(module.source)).length;
const there = rooms.flatMap((room) => sourcesIn(join(root, room))).length;
for (const { from, to, rule } of summary.violations) console.error(`${rule.name}: ${from} -> ${to}`);
if (seen < there)
  console.error(`Only ${seen} of ${there} source files were seen: the boundaries were not checked.`);
if (summary.violations.length > 0 || seen < there) process.exit(1);
console.log(`boundaries: ${seen} files, ${summary.totalDependenciesCruised} imports, no violation`);

function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
