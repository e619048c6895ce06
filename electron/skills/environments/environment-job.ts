import { stripVTControlCharacters } from 'node:util';
import type { Clock } from '../../core/supervision/clock.ts';
import type { Environment } from '../launch-env.ts';
import { type ProcessTree, runIdVariable } from '../process-tree.ts';
import type { Child, ChildExit, Spawn } from '../spawn.ts';
import { sweepRun } from '../sweep.ts';
import type { EnvironmentPlan } from './environment-plan.ts';

/** Between SIGTERM and SIGKILL, ms. */
const GRACE_MS = 2000;
/** For all steps together, ms: large packages over a slow line, compiled here. */
const TIME_LIMIT_MS = 45 * 60_000;
/** The longest line shown, in characters. */
const MAX_LINE_CHARS = 4000;
/** How long what is still in the pipes of a dead process is waited for, ms. */
const DRAIN_MS = 200;

export interface EnvironmentJobPorts {
  readonly clock: Clock;
  readonly spawn: Spawn;
  readonly tree: ProcessTree;
  readonly env: Environment;
  /** Carried by every process of the job, so that also the next host finds what this one could not end. */
  readonly runId: string;
  /** Whole lines, or one of a step that is being started. */
  onOutput(text: string): void;
}

export type EnvironmentJobEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly problem: string };

/** Carries out the steps of a plan, one after the other, each in a process group of its own. */
export class EnvironmentJob {
  readonly #ports: EnvironmentJobPorts;
  readonly #plan: EnvironmentPlan;
  #child: Child | null = null;
  #ending: 'cancelled' | 'too-long' | null = null;

  constructor(plan: EnvironmentPlan, ports: EnvironmentJobPorts) {
    this.#plan = plan;
    this.#ports = ports;
  }

  /** Resolves when nothing of the job lives. Never throws. */
  async run(): Promise<EnvironmentJobEnd> {
    const limit = this.#ports.clock.after(TIME_LIMIT_MS, () => this.#end('too-long'));
    try {
      for (const step of this.#plan.steps) {
        if (this.#ending !== null) break;
        this.#ports.onOutput(`$ ${step.map(shellWord).join(' ')}\n`);
        const problem = await this.#step(step);
        if (this.#ending === null && problem !== null) return { kind: 'failed', problem };
      }
    } finally {
      limit.cancel();
    }
    if (this.#ending === 'cancelled') return { kind: 'cancelled' };
    return this.#ending === 'too-long'
      ? {
          kind: 'failed',
          problem: `It took longer than ${TIME_LIMIT_MS / 60_000} minutes and was ended. Try again.`,
        }
      : { kind: 'done' };
  }

  cancel(): void {
    this.#end('cancelled');
  }

  /** For the last moment of the host: SIGKILL, at once. */
  killNow(): void {
    this.#ending ??= 'cancelled';
    if (this.#child !== null) this.#ports.tree.signalGroup(this.#child.pid, 'SIGKILL', false);
  }

  #end(why: 'cancelled' | 'too-long'): void {
    if (this.#ending !== null) return;
    this.#ending = why;
    const child = this.#child;
    if (child === null) return;
    this.#signal(child, 'SIGTERM');
    this.#ports.clock.after(GRACE_MS, () => {
      if (this.#child === child) this.#signal(child, 'SIGKILL');
    });
  }

  #signal(child: Child, signal: NodeJS.Signals): void {
    if (this.#ports.tree.signalGroup(child.pid, signal, false) !== 'sent') child.kill(signal);
  }

  /** Null when the step ended with exit code 0, else what went wrong. */
  async #step([command, ...args]: EnvironmentPlan['steps'][number]): Promise<string | null> {
    const { clock, env, runId, spawn, tree } = this.#ports;
    const spawned = await spawn({
      command,
      args,
      cwd: this.#plan.cwd,
      env: { ...env, [runIdVariable]: runId },
    });
    if (!spawned.ok) return `${command} could not be started: ${spawned.failure.message}`;
    const { child } = spawned;
    this.#child = child;
    const listening = [this.#listen(child.stdout), this.#listen(child.stderr)];
    child.stdin.end();
    // It may have been cancelled while it was being started.
    if (this.#ending !== null) this.#signal(child, 'SIGTERM');
    const exit = await new Promise<ChildExit>((resolve) => child.onExit(resolve));
    await Promise.race([
      Promise.all(listening),
      new Promise<void>((resolve) => clock.after(DRAIN_MS, resolve)),
    ]);
    this.#child = null;
    await sweepRun({ pid: child.pid, runId }, { tree, clock });
    if (exit.exitCode === 0) return null;
    const how = exit.signal === null ? `exit code ${exit.exitCode ?? 'unknown'}` : exit.signal;
    return `The step that failed (${how}): ${command} ${args.slice(0, 4).join(' ')} … Its output says why.`;
  }

  /** Hands on whole lines as plain text; resolves at the end of the stream. */
  #listen(stream: Child['stdout']): Promise<void> {
    let rest = '';
    const tell = (text: string): void => {
      if (text !== '') this.#ports.onOutput(text);
    };
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      const lines = (rest + chunk).split(/\r\n|\n|\r/);
      rest = (lines.pop() ?? '').slice(0, MAX_LINE_CHARS);
      tell(lines.map((line) => `${plain(line)}\n`).join(''));
    });
    return new Promise((resolve) => {
      const done = () => {
        if (rest !== '') tell(`${plain(rest)}\n`);
        rest = '';
        resolve();
      };
      stream.once('end', done);
      stream.once('close', done);
    });
  }
}

/** What a terminal would do something with is taken out: this is shown as text. */
function plain(line: string): string {
  return stripVTControlCharacters(line.slice(0, MAX_LINE_CHARS)).replace(/(?!\t)\p{Cc}/gu, '');
}

/** For showing: a person could paste it. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
