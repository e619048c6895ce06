import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { LaunchPlan } from '../../../electron/skills/types.ts';

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/**
 * Talks to a skill as a person would with a pipe: raw lines in, raw lines out, none of the product's own client.
 * What a launch plan says is started as it stands.
 */
export class SkillConversation {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #exit: Promise<number | string | null>;
  #lastId = 0;
  #stdout = '';
  #stderr = '';
  /** Lines on stdout that are no answer to anything that was asked. */
  readonly strayLines: string[] = [];

  constructor(plan: LaunchPlan) {
    this.#child = spawn(plan.command, [...plan.args], { cwd: plan.cwd, env: { ...plan.env } });
    this.#exit = new Promise((resolve) => {
      this.#child.on('close', (code, signal) => resolve(code ?? signal));
    });
    this.#child.stdin.on('error', () => undefined);
    this.#child.stderr.on('data', (chunk) => {
      this.#stderr += String(chunk);
    });
    this.#child.stdout.on('data', (chunk) => {
      const lines = (this.#stdout + String(chunk)).split('\n');
      this.#stdout = lines.pop() ?? '';
      for (const line of lines) this.#receive(line);
    });
  }

  get stderr(): string {
    return this.#stderr;
  }

  write(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** Sends a request and waits for its answer; rejects with stderr when the skill ends without giving one. */
  async ask(method: string, params?: unknown): Promise<Answer> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.write(JSON.stringify({ jsonrpc: '2.0', method, ...(params === undefined ? {} : { params }), id }));
    const ended = this.#exit.then((code): Answer => {
      throw new Error(`ended with ${code} without an answer to ${method}\n${this.#stderr}`);
    });
    return Promise.race([answered, ended]);
  }

  closeStdin(): void {
    this.#child.stdin.end();
  }

  /** The exit code, or the name of the signal, once the skill has ended and its pipes are read. */
  ended(): Promise<number | string | null> {
    return this.#exit;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #receive(line: string): void {
    const message: { id?: unknown } & Answer = JSON.parse(line);
    const waiting = typeof message.id === 'number' ? this.#waiting.get(message.id) : undefined;
    if (waiting === undefined) this.strayLines.push(line);
    else waiting(message);
  }
}
