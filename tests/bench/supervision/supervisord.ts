import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sleep } from '../lib/process-figures.ts';
import type { Contestant } from './contestant.ts';
import { killTree } from './kill-tree.ts';

const childScript = fileURLToPath(new URL('child.py', import.meta.url));
const READY_TIMEOUT_MS = 10_000;

interface Programs {
  readonly daemon: readonly [string, ...string[]];
  readonly control: readonly [string, ...string[]];
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The machine's own Supervisor, else the distribution's package, unpacked into the temporary folder: nothing is installed
 * and no service is started. Throws when there is neither.
 */
export function findSupervisord(): Contestant {
  const programs = installed() ?? unpacked();
  return {
    name: 'supervisord',
    // It is shown beside the others and not judged by; minutes of it would tell nothing more.
    mostChildren: 100,
    // It looks for the dead once a second, whomever it has lost: a few deaths tell that.
    mostKills: 5,
    open: (folder, count, port) => open(programs, folder, count, port),
  };
}

function installed(): Programs | null {
  const folders = (process.env.PATH ?? '').split(':');
  if (!folders.some((folder) => existsSync(join(folder, 'supervisord')))) return null;
  return { daemon: ['supervisord'], control: ['supervisorctl'], env: process.env };
}

function unpacked(): Programs {
  const folder = join(tmpdir(), 'skillward-bench-supervisor');
  const bin = join(folder, 'usr', 'bin');
  if (!existsSync(bin)) {
    mkdirSync(folder, { recursive: true });
    download(folder);
    execFileSync('sh', ['-c', 'dpkg-deb -x supervisor_*.deb .'], { cwd: folder, stdio: 'ignore' });
  }
  const python = '/usr/bin/python3';
  return {
    daemon: [python, join(bin, 'supervisord')],
    control: [python, join(bin, 'supervisorctl')],
    env: { ...process.env, PYTHONPATH: join(folder, 'usr', 'lib', 'python3', 'dist-packages') },
  };
}

function download(folder: string): void {
  const run = (...args: string[]) =>
    execFileSync('apt-get', args, { cwd: folder, stdio: 'ignore', timeout: 60_000 });
  try {
    run('download', 'supervisor');
  } catch (error) {
    // A fresh machine knows no packages yet, and only root may tell it of them.
    if (process.getuid?.() !== 0) throw error;
    run('update', '-qq');
    run('download', 'supervisor');
  }
}

async function open({ daemon, control, env }: Programs, folder: string, count: number, port: number) {
  const config = join(folder, 'supervisord.conf');
  const pidFile = join(folder, 'supervisord.pid');
  const head = [
    '[supervisord]',
    `logfile=${join(folder, 'supervisord.log')}`,
    `pidfile=${pidFile}`,
    `childlogdir=${folder}`,
    // Three pipes and two log files for every child: its usual 1024 descriptors end at 200 of them.
    'minfds=4096',
    'nodaemon=true',
    '[unix_http_server]',
    `file=${join(folder, 'supervisor.sock')}`,
    '[rpcinterface:supervisor]',
    'supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface',
    '[supervisorctl]',
    `serverurl=unix://${join(folder, 'supervisor.sock')}`,
    '',
  ].join('\n');
  writeFileSync(config, head);
  const [command, ...args] = daemon;
  spawn(command, [...args, '-c', config], { env, cwd: folder, stdio: 'ignore' });
  const deadlineMs = performance.now() + READY_TIMEOUT_MS;
  while (!existsSync(join(folder, 'supervisor.sock')) || !existsSync(pidFile)) {
    if (performance.now() > deadlineMs) throw new Error('supervisord did not come up');
    await sleep(50);
  }
  const pid = Number(readFileSync(pidFile, 'utf8'));
  const program = [
    '[program:child]',
    `command=python3 ${childScript} child-%(process_num)d ${port}`,
    'process_name=child-%(process_num)d',
    `numprocs=${count}`,
    'autorestart=true',
    '',
  ].join('\n');
  writeFileSync(config, head + program);
  const [controlCommand, ...controlArgs] = control;
  return {
    pid,
    startAll: () =>
      void spawn(controlCommand, [...controlArgs, '-c', config, 'update'], {
        env,
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      }),
    close: async () => killTree(pid),
  };
}
