import { asObject, ownMember, readJsonLine } from '../../skills/json-line.ts';
import { LineReader, maxLineBytes } from '../../skills/line-reader.ts';
import { runIdVariable } from '../../skills/process-tree.ts';
import { type Child, type ChildExit, spawnChild } from '../../skills/spawn.ts';
import { StderrRing } from '../../skills/stderr-ring.ts';
import { systemProcessTree } from '../../skills/system-process-tree.ts';
import type { LaunchPlan } from '../../skills/types.ts';

type Members = Readonly<Record<string, unknown>>;

/** A skill's process spoken to line by line, also with lines no client would send. */
export class RawTalk {
  readonly #child: Child;
  readonly #stderr = new StderrRing();
  readonly #waiting = new Map<number, (answer: Members | null) => void>();
  readonly #exited = Promise.withResolvers<ChildExit>();
  #exit: ChildExit | null = null;
  #nextId = 1;

  private constructor(child: Child) {
    this.#child = child;
    const reader = new LineReader({
      maxBytes: maxLineBytes,
      overflow: 'drop',
      onLine: (line) => this.#hear(line),
    });
    child.stdout.on('data', (chunk: Buffer) => reader.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => this.#stderr.push(chunk));
    child.onExit((exit) => {
      this.#exit = exit;
      // What it said last is still in the pipe.
      setTimeout(() => this.#exited.resolve(exit), 50);
      for (const settle of this.#waiting.values()) settle(null);
    });
  }

  /** Null when it cannot be started, which an ordinary start has told by then. */
  static async open(plan: LaunchPlan, runId: string): Promise<RawTalk | null> {
    const env = { ...plan.env, [runIdVariable]: runId, SKILLWARD_SKILL_ID: plan.skillId };
    const spawned = await spawnChild({ command: plan.command, args: plan.args, cwd: plan.cwd, env });
    return spawned.ok ? new RawTalk(spawned.child) : null;
  }

  get alive(): boolean {
    return this.#exit === null;
  }

  send(line: string): void {
    if (this.#child.stdin.writable) this.#child.stdin.write(`${line}\n`);
  }

  /** The whole answer; null when none came in time, or the process ended. */
  async ask(method: string, params: unknown, timeoutMs: number): Promise<Members | null> {
    const id = this.#nextId;
    this.#nextId += 1;
    const answer = Promise.withResolvers<Members | null>();
    this.#waiting.set(id, answer.resolve);
    const timer = setTimeout(() => answer.resolve(null), timeoutMs);
    this.send(JSON.stringify({ jsonrpc: '2.0', method, params, id }));
    if (!this.alive) answer.resolve(null);
    try {
      return await answer.promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  /** Closes its input and waits for its end; null when it is still there after `graceMs`. */
  async endOfInput(graceMs: number): Promise<ChildExit | null> {
    this.#child.stdin.end();
    const timeout = Promise.withResolvers<null>();
    const timer = setTimeout(() => timeout.resolve(null), graceMs);
    try {
      return await Promise.race([this.#exited.promise, timeout.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** How it ended, with its last words. */
  async lastWords(): Promise<string> {
    const { exitCode, signal } = await this.#exited.promise;
    const line = this.#stderr.lastLines(1).at(-1);
    const how = signal === null ? `exit code ${exitCode}` : signal;
    return line === undefined ? how : `${how}: ${line}`;
  }

  /** Ends it and what it started, at once. */
  async close(): Promise<void> {
    systemProcessTree().signalGroup(this.#child.pid, 'SIGKILL', !this.alive);
    this.#child.kill('SIGKILL');
    await this.#exited.promise;
  }

  #hear(line: string): void {
    const read = readJsonLine(line);
    if (read.kind !== 'json') return;
    const id = ownMember(read.value, 'id');
    if (typeof id === 'number' && ownMember(read.value, 'method') === undefined)
      this.#waiting.get(id)?.(asObject(read.value));
  }
}
