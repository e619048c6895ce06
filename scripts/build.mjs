import { build } from './lib/build.mjs';
import { ensureNode } from './lib/node.mjs';

ensureNode();
build();
