import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Contestant } from './contestant.ts';
import { killTree } from './kill-tree.ts';

const script = fileURLToPath(new URL('bare-starter.mjs', import.meta.url));
const childScript = fileURLToPath(new URL('child.py', import.meta.url));

/** No supervisor at all: the least that starting so many skills and shaking hands with them takes on this machine. */
export const bareLoop: Contestant = {
  name: 'bare loop',
  async open(folder, count, port) {
    const starter = spawn(process.execPath, [script, childScript, `${count}`, `${port}`], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { pid } = starter;
    if (pid === undefined) throw new Error('the bare loop could not be started');
    await new Promise((resolve) => starter.stdout.once('data', resolve));
    return {
      pid,
      startAll: () => void starter.stdin.write('go\n'),
      close: async () => killTree(pid),
    };
  },
};
