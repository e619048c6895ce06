import type { ProcessTree } from './process-tree.ts';
import { linuxProcessTree } from './process-tree-linux.ts';
import { macProcessTree, windowsProcessTree } from './process-tree-other.ts';

/** The process table of this machine. */
export function systemProcessTree(platform: NodeJS.Platform = process.platform): ProcessTree {
  if (platform === 'linux') return linuxProcessTree;
  return platform === 'win32' ? windowsProcessTree : macProcessTree;
}
