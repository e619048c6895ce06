import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Contestant, childNames } from './contestant.ts';
import { killTree } from './kill-tree.ts';

const VERSION = '7.0.4';
const childScript = fileURLToPath(new URL('child.py', import.meta.url));

/** Installs pm2 into a folder of its own under the temporary folder, once. Throws when the registry cannot be reached. */
export function installPm2(): Contestant {
  const folder = join(tmpdir(), `skillward-bench-pm2-${VERSION}`);
  const program = join(folder, 'node_modules', 'pm2', 'bin', 'pm2');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    execFileSync(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      ['install', `pm2@${VERSION}`, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'],
      { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], timeout: 120_000 },
    );
  }
  return { name: 'pm2', open: (place, count, port) => open(program, place, count, port) };
}

/** On the same Node as Skillward, with its usual settings. */
async function open(program: string, folder: string, count: number, port: number) {
  const home = join(folder, 'pm2');
  const env = { ...process.env, PM2_HOME: home };
  const run = (...args: string[]) =>
    execFileSync(process.execPath, [program, ...args], { env, cwd: folder, stdio: 'ignore' });
  // Brings up the daemon and nothing else.
  run('ping');
  const pid = Number(readFileSync(join(home, 'pm2.pid'), 'utf8'));
  const apps = childNames(count).map((name) => ({
    name,
    script: childScript,
    interpreter: 'python3',
    args: [name, `${port}`],
  }));
  writeFileSync(join(folder, 'ecosystem.json'), JSON.stringify({ apps }));
  return {
    pid,
    startAll: () =>
      void spawn(process.execPath, [program, 'start', 'ecosystem.json'], {
        env,
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      }),
    close: async () => killTree(pid),
  };
}
