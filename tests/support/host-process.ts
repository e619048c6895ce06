import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SocketClient } from './socket-client.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const READY_TIMEOUT_MS = 20_000;

export interface TestHost {
  readonly url: string;
  readonly socketPath: string;
  readonly pid: number;
  readonly dataDir: string;
  readonly skillsDir: string;
  /** A connection that has subscribed to events. */
  readonly client: SocketClient;
  /** Everything the host said on standard error so far. */
  log(): string;
  connect(): Promise<SocketClient>;
  /** Sends SIGTERM and waits for the exit. */
  stop(): Promise<{ readonly code: number | null; readonly tookMs: number }>;
  /** SIGKILL to the host alone: its skills are left behind. */
  kill9(): Promise<void>;
}

/** A fresh folder for one test, short enough for a socket path. */
export function tempDir(): string {
  return mkdtempSync(join(tmpdir(), 'sw-'));
}

/** A folder of skills: each id with its manifest lines and its Python source. */
export function writeSkills(
  folder: string,
  skills: Readonly<Record<string, { readonly manifest?: string; readonly source: string }>>,
): string {
  for (const [id, { manifest = '', source }] of Object.entries(skills)) {
    mkdirSync(join(folder, id), { recursive: true });
    writeFileSync(
      join(folder, id, 'manifest.toml'),
      `id = "${id}"\nname = "${id}"\nversion = "1.0.0"\n${manifest}\n`,
    );
    writeFileSync(join(folder, id, 'skill.py'), source);
  }
  return folder;
}

export interface StartOptions {
  readonly skillsDir: string;
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What its command begins with, to run it in another net (`ip netns exec …`). */
  readonly via?: readonly string[];
}

/** Starts the built host as a person would and waits for its ready line. */
export async function startHost({
  skillsDir,
  dataDir = tempDir(),
  env = {},
  via = [],
}: StartOptions): Promise<TestHost> {
  const serve = ['out/main/cli.js', 'serve', '--data-dir', dataDir, '--skills', skillsDir];
  const [command = '', ...args] = [...via, process.execPath, ...serve, '--port', '0', '--json'];
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const ready = await readyLine(child, exited, () => log);
  const client = await SocketClient.connect(ready.socket);
  await client.call('events.subscribe', {});
  return {
    url: ready.url,
    socketPath: ready.socket,
    pid: ready.pid,
    dataDir,
    skillsDir,
    client,
    log: () => log,
    connect: () => SocketClient.connect(ready.socket),
    async stop() {
      const startedMs = performance.now();
      process.kill(ready.pid, 'SIGTERM');
      const code = await exited;
      client.close();
      return { code, tookMs: performance.now() - startedMs };
    },
    async kill9() {
      process.kill(ready.pid, 'SIGKILL');
      await exited;
      client.close();
    },
  };
}

interface Ready {
  readonly url: string;
  readonly socket: string;
  readonly pid: number;
}

async function readyLine(
  child: ChildProcess,
  exited: Promise<number | null>,
  log: () => string,
): Promise<Ready> {
  const { stdout } = child;
  if (stdout === null) throw new Error('the host has no standard output');
  const line = new Promise<string>((resolve) => createInterface({ input: stdout }).once('line', resolve));
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the host did not get ready: ${log()}`)), READY_TIMEOUT_MS);
  });
  const gone = exited.then((code) => {
    throw new Error(`the host exited with ${code} before it was ready: ${log()}`);
  });
  // When the host ends later, on purpose, nobody listens to this promise any more.
  gone.catch(() => undefined);
  try {
    return JSON.parse(await Promise.race([line, timeout, gone])) as Ready;
  } finally {
    clearTimeout(timer);
  }
}

/** The live processes (zombies are dead) whose environment names this data folder: what a host has left behind. */
export function skillProcessesOf(dataDir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isLive(pid) && environmentOf(pid).includes(`SKILLWARD_SKILL_DATA=${dataDir}/`));
}

export function isLive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !['Z', 'X'].includes(stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3));
  } catch {
    return false;
  }
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

export function removeDir(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
