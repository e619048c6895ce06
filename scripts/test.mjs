// `npm test`: everything. Types, lint, import rules, unit, integration with real Python, chaos, the dashboard in a real
// Chromium. Every suite runs even when an earlier one failed, and the last line counts them all.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './lib/browser.mjs';
import { build } from './lib/build.mjs';
import { ensureNode, root } from './lib/node.mjs';
import { boundaries, close, deadCode, desktop, lint, playwright, types, vitest } from './lib/steps.mjs';

ensureNode();
const startedMs = performance.now();
mkdirSync(join(root, 'out'), { recursive: true });
let browser = null;
try {
  browser = await findBrowser();
} catch (error) {
  console.error(error.message);
}
const results = [...types(), lint(), boundaries(), deadCode()];
process.stdout.write('\n── build\n');
build();
for (const project of ['unit', 'integration', 'chaos']) results.push(vitest(project));
for (const suite of [playwright, desktop]) {
  results.push(
    browser === null
      ? { name: `${suite.name} (no browser)`, passed: 0, failed: 1, skipped: 0 }
      : suite(browser),
  );
}
close(results, startedMs);
