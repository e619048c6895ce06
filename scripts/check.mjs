// `npm run check`: what to run before every commit. Types, lint, import rules, unit tests; under half a minute.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureNode, root } from './lib/node.mjs';
import { boundaries, close, lint, sideBySide, types, vitest } from './lib/steps.mjs';

ensureNode();
mkdirSync(join(root, 'out'), { recursive: true });
const startedMs = performance.now();
close(await sideBySide([...types, lint, boundaries], [vitest('unit')]), startedMs);
