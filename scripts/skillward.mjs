#!/usr/bin/env node
// The `skillward` command of a checkout: builds first if it must, then runs the built CLI in this very process,
// so that the process id it reports is the host's own.
import { buildIfStale } from './lib/build.mjs';
import { ensureNode } from './lib/node.mjs';

ensureNode();
buildIfStale();
await import('../out/main/cli.js');
