import { statSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { execa } from 'execa';

/** What ended a process: exactly one of the two is not null. */
export interface ChildExit {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** A process could not be started. `code` is the operating system's (`ENOENT`, `E2BIG`, `EMFILE`, …) or Node's. */
export interface SpawnFailure {
  readonly code: string;
  readonly message: string;
}

/** A started process with its three pipes. Every stream already has an error handler. */
export interface Child {
  readonly pid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Calls once, when the process has ended and was reaped: never waits for the pipes. */
  onExit(listener: (exit: ChildExit) => void): void;
  /** Sends a signal through the process handle, which cannot hit a stranger. False when it has ended. */
  kill(signal: NodeJS.Signals): boolean;
}

export type SpawnResult =
  | { readonly ok: true; readonly child: Child }
  | { readonly ok: false; readonly failure: SpawnFailure };

export interface SpawnRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts a process. A port, so that the run can be tested without one. */
export type Spawn = (request: SpawnRequest) => Promise<SpawnResult>;

/**
 * Starts a process in its own group (POSIX) with exactly the environment given.
 * Only execa's spawning is used: its promise waits for the pipes to close, which a grandchild can put off for ever.
 * Never throws: failures that come at once, on the next tick, or as a child without streams all end as `failure`.
 */
export const spawnChild: Spawn = async (request) => {
  try {
    const subprocess = execa(request.command, [...request.args], {
      cwd: request.cwd,
      env: { ...request.env },
      extendEnv: false,
      stdio: 'pipe',
      buffer: false,
      reject: false,
      cleanup: false,
      // On Windows a child outside our job object would outlive a crash of the host.
      detached: process.platform !== 'win32',
    });
    const { nodeChildProcess: node } = subprocess;
    for (const stream of [node.stdin, node.stdout, node.stderr]) stream?.on('error', ignoreStreamError);
    const { pid, stdin, stdout, stderr } = node;
    if (pid === undefined || stdin === null || stdout === null || stderr === null) {
      const result = await subprocess;
      return failed(request, result.code, result.originalMessage ?? 'the process could not be started');
    }
    node.on('error', ignoreStreamError);
    // With `reject: false` it settles when the pipes are gone; nobody waits for it.
    subprocess.catch(ignoreStreamError);
    const onExit = (listener: (exit: ChildExit) => void): void => {
      if (node.exitCode !== null || node.signalCode !== null) {
        listener({ exitCode: node.exitCode, signal: node.signalCode });
      } else {
        node.once('exit', (exitCode, signal) => listener({ exitCode, signal }));
      }
    };
    return { ok: true, child: { pid, stdin, stdout, stderr, onExit, kill: (signal) => node.kill(signal) } };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return failed(request, code ?? 'ERR_INVALID_ARG_VALUE', message);
  }
};

/** EPIPE and ECONNRESET of a dying process: `exit` tells, and an unhandled one would end the host. */
function ignoreStreamError(): void {}

function failed(request: SpawnRequest, code: string | undefined, message: string): SpawnResult {
  // The operating system reports a missing working folder as a missing command.
  if (code === 'ENOENT' && !isFolder(request.cwd)) {
    return { ok: false, failure: { code, message: `the working folder ${request.cwd} does not exist` } };
  }
  return { ok: false, failure: { code: code ?? 'UNKNOWN', message } };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** What a short helper program said. `ok` means it ended with exit code 0 in time. */
export interface ToolResult {
  readonly ok: boolean;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a short program (`python3 --version`, `ps`, `taskkill`) to its end, at most 1 MiB of output. Never throws. */
export async function runTool(
  command: string,
  args: readonly string[],
  options: { readonly timeoutMs: number; readonly env?: Readonly<Record<string, string>> },
): Promise<ToolResult> {
  try {
    const result = await execa(command, [...args], {
      timeout: options.timeoutMs,
      forceKillAfterDelay: 500,
      reject: false,
      stdin: 'ignore',
      maxBuffer: 1_048_576,
      ...(options.env === undefined ? {} : { env: { ...options.env }, extendEnv: false }),
    });
    return {
      ok: !result.failed,
      exitCode: result.exitCode ?? null,
      stdout: result.stdout,
      stderr: result.stderr,
    };
  } catch (error) {
    return { ok: false, exitCode: null, stdout: '', stderr: (error as Error).message };
  }
}
