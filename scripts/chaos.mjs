// `npm run chaos`: the supervision scenarios at full measure (longer floods, 200 skills, 50 kills of the host) and repeated,
// with a report. Options: `--repeat N` runs each N times, the first at full measure; `--quick` leaves the full measure out;
// `--only words` picks scenarios by name. The exit code is 0 only if nothing failed, leaked or was lost.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printReport, summarize } from './lib/chaos-report.mjs';
import { ensureNode, root, vitest } from './lib/node.mjs';
import { findPlainPython } from './lib/python.mjs';

ensureNode();
findPlainPython();
const { values } = parseArgs({
  options: {
    repeat: { type: 'string', default: '1' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const runs = Number(values.repeat);
if (!Number.isInteger(runs) || runs < 1) {
  console.error(`--repeat takes a whole number from 1 up, not "${values.repeat}".`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'sw-chaos-'));
const rowsFile = join(folder, 'rows.jsonl');
const startedMs = performance.now();
const quickRuns = values.quick ? runs : runs - 1;
let failedRuns = 0;
if (!values.quick) failedRuns += play({ CHAOS_FULL: '1', CHAOS_REPEAT: '1' });
if (quickRuns > 0) failedRuns += play({ CHAOS_REPEAT: String(quickRuns) });

const lines = existsSync(rowsFile) ? readFileSync(rowsFile, 'utf8').trim().split('\n') : [];
rmSync(folder, { recursive: true, force: true });
const scenarios = summarize(lines.filter(Boolean).map((line) => JSON.parse(line)));
printReport(scenarios, performance.now() - startedMs);
const clean = scenarios.every(
  ({ failed, leakedProcesses, leakedDescriptors, lostWrites }) =>
    failed + leakedProcesses + leakedDescriptors + lostWrites === 0,
);
// No rows at all, or a failure outside the scenarios, must not look like success.
process.exitCode = clean && failedRuns === 0 && scenarios.length > 0 ? 0 : 1;

function play(env) {
  const only = values.only === undefined ? [] : ['-t', values.only];
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'chaos*', ...only], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env, CHAOS_ROWS: rowsFile },
  });
  return status === 0 ? 0 : 1;
}
