import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { stampOf, statOf } from './catalog-files.ts';
import { readVersion, type Version } from './python-version.ts';

/** What a short-lived helper program came to; `code` is null when it was ended or could not be started. */
export interface ProgramOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

export interface ProgramOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export type RunProgram = (
  command: string,
  args: readonly string[],
  options: ProgramOptions,
) => Promise<ProgramOutcome>;

/** `slow`: the program did not answer in time, which says nothing about its version. */
export type VersionAnswer =
  | { readonly kind: 'version'; readonly version: Version }
  | { readonly kind: 'slow' }
  | { readonly kind: 'unusable'; readonly message: string };

const versionTimeoutMs = 5_000;
const maxOutputBytes = 65_536;

/** Asks programs for their version, each one once until its file changes. */
export class InterpreterProbe {
  readonly run: RunProgram;
  readonly #answers = new Map<string, Promise<VersionAnswer>>();

  constructor(run: RunProgram = runProgram) {
    this.run = run;
  }

  /**
   * What `command args… --version` says, within 5 s. An answer is kept by path, size and modification time, and who asks
   * while the program is being asked gets the same one: skills that start together have the same Python.
   */
  async version(
    command: string,
    args: readonly string[],
    where: Pick<ProgramOptions, 'cwd' | 'env'>,
  ): Promise<VersionAnswer> {
    const key = JSON.stringify([command, args, await stampOf(command)]);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const asking = this.run(command, [...args, '--version'], { ...where, timeoutMs: versionTimeoutMs }).then(
      judge,
    );
    this.#answers.set(key, asking);
    const answer = await asking;
    // A machine that was too busy may answer next time, and a broken program may have been repaired around its file.
    if (answer.kind !== 'version') this.#answers.delete(key);
    return answer;
  }
}

function judge(outcome: ProgramOutcome): VersionAnswer {
  if (outcome.timedOut) return { kind: 'slow' };
  // Python 2 wrote its version to stderr.
  const version = readVersion(outcome.stdout) ?? readVersion(outcome.stderr);
  if (outcome.code === 0 && version !== null) return { kind: 'version', version };
  const said = (outcome.stderr.trim() || outcome.stdout.trim()).split('\n')[0] ?? '';
  return { kind: 'unusable', message: said || `ended with exit code ${outcome.code}` };
}

/** Runs a helper program to its end without a shell. Never rejects: failing to start is an outcome too. */
export const runProgram: RunProgram = (command, args, { cwd, env, timeoutMs }) =>
  new Promise((resolve) => {
    const child = execFile(
      command,
      [...args],
      {
        cwd,
        env: { ...env },
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: maxOutputBytes,
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
        const unstarted = typeof error?.code === 'string' && stderr === '' ? error.message : stderr;
        resolve({ code, stdout, stderr: unstarted, timedOut: error?.killed === true });
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end();
  });

/**
 * Makes the `which` of a host: the first executable called `name` on the `PATH` of `env`, then in the folders where
 * Python tools are put but which a desktop session's `PATH` often lacks. Null when there is none.
 * On Windows only `.exe` counts: batch files cannot be started without a shell.
 */
export function programFinder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): (name: string) => Promise<string | null> {
  const windows = platform === 'win32';
  const searchPath = Object.entries(env).find(
    ([name]) => (windows ? name.toUpperCase() : name) === 'PATH',
  )?.[1];
  const home = env[windows ? 'USERPROFILE' : 'HOME'];
  const usual = [
    ...(home === undefined ? [] : [path.join(home, '.local', 'bin'), path.join(home, '.cargo', 'bin')]),
    ...(windows ? [] : ['/usr/local/bin', '/opt/homebrew/bin', '/usr/bin', '/bin']),
  ];
  // An empty or relative entry means the current folder, from which nothing should be started by accident.
  const folders = [...(searchPath ?? '').split(windows ? ';' : ':'), ...usual].filter(path.isAbsolute);
  const suffix = windows ? '.exe' : '';
  return async (name) => {
    if (path.basename(name) !== name) return null;
    for (const folder of folders) {
      const file = path.join(folder, name.endsWith(suffix) ? name : name + suffix);
      if (await isExecutable(file)) return file;
    }
    return null;
  };
}

async function isExecutable(file: string): Promise<boolean> {
  const stats = await statOf(file);
  if (stats === null || stats instanceof Error || !stats.isFile()) return false;
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
