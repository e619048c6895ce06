import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bin, root } from './node.mjs';

const npx = { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' };

/** Runs one tool; it counts as one test that passes when its exit code is 0. */
export function tool(name, command, args) {
  process.stdout.write(`\n── ${name}\n`);
  const ok = spawnSync(command, args, npx).status === 0;
  return { name, passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/** TypeScript: the whole, and each room alone with only the types its runtime has. */
export function types() {
  const configs = [
    'tsconfig.json',
    'shared/tsconfig.json',
    'electron/core/tsconfig.json',
    'renderer/tsconfig.json',
  ];
  return configs.map((config) => tool(`types: ${config}`, bin('tsc'), ['-p', config]));
}

export function lint() {
  return tool('lint and format', bin('biome'), ['ci', '--error-on-warnings', '.']);
}

export function boundaries() {
  return tool('import rules', process.execPath, ['scripts/boundaries.mjs']);
}

export function deadCode() {
  return tool('unused files, exports and packages', bin('knip'), ['--no-progress']);
}

/** One Vitest project; its counts come from its own report, a crash without one counts as a failure. */
export function vitest(project, extra = []) {
  process.stdout.write(`\n── tests: ${project}\n`);
  const report = join(root, 'out', `report-${project}.json`);
  rmSync(report, { force: true });
  const { status } = spawnSync(
    bin('vitest'),
    [
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...extra,
    ],
    npx,
  );
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  const failed = counts.numFailedTests ?? 0;
  return {
    name: project,
    passed: counts.numPassedTests ?? 0,
    // A suite that could not even be read has no failed test in it, and must not look like success.
    failed: status !== 0 && failed === 0 ? 1 : failed,
    skipped: (counts.numPendingTests ?? 0) + (counts.numTodoTests ?? 0),
  };
}

/** The dashboard in a real Chromium. */
export function playwright(browser, extra = []) {
  return playwrightSuite('dashboard', browser, 'report-e2e.json', extra);
}

/** The desktop app: on Electron where it has a binary, else on its double. The run says which of the two it was. */
export function desktop(browser, extra = []) {
  const config = ['-c', 'tests/desktop/playwright.config.ts'];
  return playwrightSuite('desktop', browser, 'report-desktop.json', [...config, ...extra]);
}

function playwrightSuite(name, browser, reportName, extra) {
  process.stdout.write(`\n── tests: ${name} in ${browser}\n`);
  const report = join(root, 'out', reportName);
  rmSync(report, { force: true });
  const { status } = spawnSync(bin('playwright'), ['test', ...extra], {
    ...npx,
    env: { ...process.env, SKILLWARD_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  const { stats } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  const failed = stats?.unexpected ?? 0;
  return {
    name,
    // A test that passed only when repeated is broken, not passed.
    passed: stats?.expected ?? 0,
    failed: (status !== 0 && failed === 0 ? 1 : failed) + (stats?.flaky ?? 0),
    skipped: stats?.skipped ?? 0,
  };
}

/** Prints what ran and the one closing line; the exit code follows it. */
export function close(results, startedMs) {
  process.stdout.write('\n── what ran\n');
  for (const { name, passed, failed, skipped } of results) {
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
