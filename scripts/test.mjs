// `npm test`: everything. Types, lint, import rules, unit, integration with real Python, chaos, the dashboard in a real
// Chromium. Every suite runs even when an earlier one failed, and the last line counts them all.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findTestBrowser } from './lib/browser.mjs';
import { ensureNode, root } from './lib/node.mjs';
import { findPlainPython } from './lib/python.mjs';
import {
  boundaries,
  build,
  close,
  deadCode,
  desktop,
  inOrder,
  lint,
  playwright,
  sideBySide,
  types,
  vitest,
} from './lib/steps.mjs';

ensureNode();
findPlainPython();
const startedMs = performance.now();
mkdirSync(join(root, 'out'), { recursive: true });
let browser = null;
try {
  browser = await findTestBrowser();
} catch (error) {
  console.error(error.message);
}
// What only computes shares the processors.
const computed = await sideBySide([...types, lint, boundaries, deadCode], [build, vitest('unit')]);
// What starts processes and waits for them is side by side within its suite, by as many workers as it bears; what
// measures the host has the machine to itself.
const played = await inOrder([
  ...['integration', 'chaos', 'chaos-measured'].map((project) => vitest(project)),
  playwright(browser),
  desktop(browser),
]);
close([...computed, ...played], startedMs);
