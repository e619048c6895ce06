import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { bin, root } from './node.mjs';

/** A step is a function that takes how its output is shown and answers what it came to. */

/** Steps one after the other, their output as it comes. */
export async function inOrder(steps) {
  const results = [];
  for (const step of steps) results.push(await step('live'));
  return results;
}

/** Rows of steps side by side, each row in order. A step's output is printed in one piece when it is over. */
export async function sideBySide(...rows) {
  const results = await Promise.all(
    rows.map(async (steps) => {
      const row = [];
      for (const step of steps) row.push(await step('whole'));
      return row;
    }),
  );
  return results.flat();
}

/** Runs a command to its end. Answers its exit code; null when it could not be started or was killed. */
async function run(name, command, args, show, env = {}) {
  const header = `\n── ${name}\n`;
  if (show === 'live') process.stdout.write(header);
  const child = spawn(command, args, {
    cwd: root,
    stdio: show === 'live' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      ...(show === 'whole' && process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
      ...env,
    },
  });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk));
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`${name} could not be started: ${error.message}\n`);
      resolve(null);
    });
    child.once('close', resolve);
  });
  if (show === 'whole') process.stdout.write(`${header}${Buffer.concat(said)}`);
  return code;
}

/** One tool; it counts as one test that passes when its exit code is 0. */
function tool(name, command, args) {
  return async (show) => {
    const ok = (await run(name, command, args, show)) === 0;
    return { name, passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, failures: [] };
  };
}

/** TypeScript: the whole, and each room alone with only the types its runtime has. */
export const types = [
  'tsconfig.json',
  'shared/tsconfig.json',
  'electron/core/tsconfig.json',
  'renderer/tsconfig.json',
].map((config) => tool(`types: ${config}`, bin('tsc'), ['-p', config]));

export const lint = tool('lint and format', bin('biome'), ['ci', '--error-on-warnings', '.']);

export const boundaries = tool('import rules', process.execPath, ['scripts/boundaries.mjs']);

export const deadCode = tool('unused files, exports and packages', bin('knip'), ['--no-progress']);

export const build = tool('build', process.execPath, ['scripts/build.mjs']);

/** One Vitest project; its counts come from its own report, a crash without one counts as a failure. */
export function vitest(project) {
  return async (show) => {
    const report = join(root, 'out', `report-${project}.json`);
    rmSync(report, { force: true });
    const args = ['run', '--project', project, '--reporter=default', '--reporter=json'];
    const code = await run(
      `tests: ${project}`,
      bin('vitest'),
      [...args, `--outputFile.json=${report}`],
      show,
    );
    const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
    const failed = counts.numFailedTests ?? 0;
    return {
      name: project,
      passed: counts.numPassedTests ?? 0,
      // A suite that could not even be read has no failed test in it, and must not look like success.
      failed: code !== 0 && failed === 0 ? 1 : failed,
      skipped: (counts.numPendingTests ?? 0) + (counts.numTodoTests ?? 0),
      failures: (counts.testResults ?? []).flatMap(({ name: file, assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === 'failed')
          .map(({ fullName, failureMessages }) => ({
            test: `${relative(root, file)}: ${fullName}`,
            why: failureMessages[0] ?? '',
          })),
      ),
    };
  };
}

/** The dashboard in a real Chromium. */
export function playwright(browser) {
  return playwrightSuite('dashboard', browser, 'report-e2e.json', []);
}

/** The desktop app: on Electron where it has a binary, else on its double. The run says which of the two it was. */
export function desktop(browser) {
  return playwrightSuite('desktop', browser, 'report-desktop.json', [
    '-c',
    'tests/desktop/playwright.config.ts',
  ]);
}

/** @param browser null when there is none, which is a failure */
function playwrightSuite(name, browser, reportName, extra) {
  return async (show) => {
    if (browser === null)
      return { name: `${name} (no browser)`, passed: 0, failed: 1, skipped: 0, failures: [] };
    const report = join(root, 'out', reportName);
    rmSync(report, { force: true });
    const code = await run(`tests: ${name} in ${browser}`, bin('playwright'), ['test', ...extra], show, {
      SKILLWARD_BROWSER: browser,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    });
    const { stats, suites = [] } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
    const failed = stats?.unexpected ?? 0;
    return {
      name,
      // A test that passed only when repeated is broken, not passed.
      passed: stats?.expected ?? 0,
      failed: (code !== 0 && failed === 0 ? 1 : failed) + (stats?.flaky ?? 0),
      skipped: stats?.skipped ?? 0,
      failures: suites.flatMap(failuresIn),
    };
  };
}

/** The failed tests of a suite in Playwright's report, and of the suites in it. */
function failuresIn({ file, specs = [], suites = [] }) {
  const own = specs
    .filter(({ tests }) => tests.some(({ status }) => status === 'unexpected' || status === 'flaky'))
    .map(({ title, line, tests }) => ({
      test: `${file}:${line}: ${title}`,
      why: tests.flatMap(({ results }) => results).find(({ error }) => error)?.error.message ?? '',
    }));
  return [...own, ...suites.flatMap(failuresIn)];
}

/** Enough of an error to know it by; the whole of it stands where the test ran. */
function firstLines(text) {
  const lines = stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines
    .slice(0, 4)
    .map((line) => `      ${line.slice(0, 200)}`)
    .join('\n');
}

/** Prints what ran, what failed and why, and the one closing line; the exit code follows it. */
export function close(results, startedMs) {
  process.stdout.write('\n── what ran\n');
  for (const { name, passed, failed, skipped, failures } of results) {
    for (const { test, why } of failures) process.stdout.write(`  ✗ ${test}\n${firstLines(why)}\n`);
    process.stdout.write(
      `${failed > 0 ? 'FAILED' : 'passed'}  ${name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
    );
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  process.stdout.write(`in ${Math.round((performance.now() - startedMs) / 1000)} s\n`);
  const skipped = sum('skipped');
  process.stdout.write(
    `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
  );
  process.exitCode = sum('failed') > 0 ? 1 : 0;
}
