// `npm run mutate`: switches off one protection of the supervision at a time, in a copy of the sources, and runs the
// scenario that has to notice. A mutation nobody notices, and one whose place in the sources has moved, fail the run.
// Option: `--only words` picks mutations by name.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mutations } from './lib/mutations.mjs';
import { ensureNode, root, vitest } from './lib/node.mjs';
import { findPlainPython } from './lib/python.mjs';

ensureNode();
findPlainPython();
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const chosen = mutations.filter(({ name }) => name.includes(values.only));
const copied = [
  'electron',
  'shared',
  'renderer',
  'examples',
  'tests',
  'scripts',
  'package.json',
  'package-lock.json',
];
const configs = ['bundle-budget.json', 'electron.vite.config.ts', 'vitest.config.ts', 'tsconfig.json'];

const tree = mkdtempSync(join(tmpdir(), 'sw-mutate-'));
const results = [];
try {
  for (const name of [...copied, ...configs]) cpSync(join(root, name), join(tree, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'dir');
  // Moved sources are found before anything long is run.
  for (const mutation of chosen) for (const edit of mutation.edits) edited(edit);
  console.log('without any mutation …');
  const sound = chosen.map(({ scenario }) => scenario);
  const failing = failuresOf([...new Set(sound)], true);
  if (failing.length > 0) throw new Error(`These fail without any mutation: ${failing.join('; ')}`);
  for (const mutation of chosen) {
    console.log(`${mutation.name} …`);
    results.push({ mutation: mutation.name, caughtBy: caughtBy(mutation) });
  }
} finally {
  rmSync(tree, { recursive: true, force: true });
}

console.log('\n── mutation → what caught it');
const width = Math.max(...results.map(({ mutation }) => mutation.length));
for (const { mutation, caughtBy: names } of results) {
  console.log(`${mutation.padEnd(width)}  ${names.length === 0 ? 'SURVIVED' : names.join('; ')}`);
}
const survived = results.filter(({ caughtBy: names }) => names.length === 0).length;
console.log(`${results.length - survived} caught, ${survived} survived`);
process.exitCode = survived === 0 && results.length > 0 ? 0 : 1;

function caughtBy({ edits, scenario }) {
  const originals = new Map(edits.map(({ file }) => [file, readFileSync(join(tree, file), 'utf8')]));
  try {
    for (const edit of edits) writeFileSync(join(tree, edit.file), edited(edit));
    return failuresOf([scenario]);
  } finally {
    for (const [file, text] of originals) writeFileSync(join(tree, file), text);
  }
}

/** The file with the edit made. Throws when its text is not there exactly once. */
function edited({ file, find, replace }) {
  const text = readFileSync(join(tree, file), 'utf8');
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${file} has this text ${times} times, not once: ${find}`);
  return text.replace(find, () => replace);
}

/** The names of the tests that fail, of those whose name begins with one of `scenarios`. */
function failuresOf(scenarios, tell = false) {
  const report = join(tree, 'report.json');
  rmSync(report, { force: true });
  const pattern = scenarios.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...[vitest, 'run', '--project', 'chaos*', '-t', pattern],
      ...['--reporter=json', `--outputFile=${report}`, ...filesOf(scenarios)],
    ],
    { cwd: tree, encoding: 'utf8' },
  );
  let tests;
  try {
    tests = JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap((file) => file.assertionResults);
  } catch {
    throw new Error(`vitest left no report (exit code ${status}):\n${stdout}\n${stderr}`);
  }
  const ran = tests.filter((test) => test.status === 'passed' || test.status === 'failed');
  // The build stands before the tests, and fails them all without a word in the report.
  if (ran.length === 0)
    throw new Error(`no scenario was played (exit code ${status}):\n${stdout}\n${stderr}`);
  for (const name of scenarios) {
    if (!ran.some((test) => test.fullName.includes(name))) throw new Error(`there is no scenario "${name}"`);
  }
  const failed = ran.filter((test) => test.status === 'failed');
  if (tell)
    for (const { title, failureMessages } of failed) console.log(`${title}\n${failureMessages.join('\n')}`);
  return failed.map((test) => test.title);
}

/** The test files these scenarios stand in, so that no other is read. */
function filesOf(scenarios) {
  const folder = join(tree, 'tests', 'chaos');
  const files = readdirSync(folder).map((name) => join(folder, name));
  return files.filter((file) => {
    const text = readFileSync(file, 'utf8');
    return scenarios.some((name) => text.includes(name));
  });
}
