import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { ProcessTree, SignalOutcome } from '../../../electron/skills/process-tree.ts';
import type { Child, ChildExit, SpawnRequest, SpawnResult } from '../../../electron/skills/spawn.ts';

/** A process that does only what the test says. Everything written to it is kept as text. */
export class FakeChild implements Child {
  readonly pid: number;
  readonly stdin = new PassThrough();
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly #events = new EventEmitter();
  #written = '';
  stdinEnded = false;

  constructor(pid = 4242) {
    this.pid = pid;
    this.stdin.on('data', (chunk: Buffer) => {
      this.#written += chunk.toString();
    });
    this.stdin.on('end', () => {
      this.stdinEnded = true;
    });
  }

  /** Everything it was told, one entry per line. */
  get told(): readonly string[] {
    return this.#written.split('\n').filter((line) => line !== '');
  }

  onExit(listener: (exit: ChildExit) => void): void {
    this.#events.once('exit', listener);
  }

  kill(): boolean {
    return true;
  }

  /** Answers the last request it got. */
  answer(result: unknown): void {
    const request = JSON.parse(this.told.at(-1) ?? '{}') as { id?: number };
    this.say({ jsonrpc: '2.0', id: request.id, result });
  }

  say(message: unknown): void {
    this.stdout.write(`${JSON.stringify(message)}\n`);
  }

  /** Ends it. `pipes: 'open'` is a process whose grandchild still holds them. */
  exit(exit: Partial<ChildExit> = {}, pipes: 'closed' | 'open' = 'closed'): void {
    if (pipes === 'closed') {
      this.stdout.end();
      this.stderr.end();
    }
    this.#events.emit('exit', { exitCode: null, signal: null, ...exit });
  }
}

export interface SentSignal {
  readonly to: 'group' | 'process';
  readonly pid: number;
  readonly signal: NodeJS.Signals;
}

/** A process table that writes down what is signalled and says what the test says. */
export class FakeTree implements ProcessTree {
  readonly sent: SentSignal[] = [];
  readonly carrying = new Map<string, number[]>();
  groupLives = false;
  groupOutcome: SignalOutcome = 'sent';

  identity = async (pid: number): Promise<string> => `start-of-${pid}`;
  isAlive = async (): Promise<boolean> => true;
  isGroupAlive = async (): Promise<boolean> => this.groupLives;
  carriers = async (): Promise<ReadonlyMap<string, readonly number[]>> => this.carrying;
  carriersNow = (): ReadonlyMap<string, readonly number[]> => this.carrying;
  residentBytes = async (): Promise<number> => 1;
  /** Started and not reaped yet, by pid. */
  readonly leaders = new Map<number, string>();
  leaderStarted = (pid: number, runId: string): void => void this.leaders.set(pid, runId);
  leaderReaped = (pid: number): void => void this.leaders.delete(pid);

  signalGroup(pid: number, signal: NodeJS.Signals, leaderReaped: boolean): SignalOutcome {
    // Sweeps after the end are looked at by their effect, not one by one.
    if (!leaderReaped) this.sent.push({ to: 'group', pid, signal });
    return leaderReaped && !this.groupLives ? 'gone' : this.groupOutcome;
  }

  signal(pid: number, signal: NodeJS.Signals): SignalOutcome {
    this.sent.push({ to: 'process', pid, signal });
    return 'sent';
  }

  get signals(): readonly NodeJS.Signals[] {
    return this.sent.map(({ signal }) => signal);
  }
}

/** Hands out fake children and keeps them. */
export class FakeSpawn {
  readonly children: FakeChild[] = [];
  readonly requests: SpawnRequest[] = [];
  failure: { readonly code: string; readonly message: string } | null = null;

  readonly spawn = async (request: SpawnRequest): Promise<SpawnResult> => {
    this.requests.push(request);
    if (this.failure !== null) return { ok: false, failure: this.failure };
    const child = new FakeChild(4242 + this.children.length);
    this.children.push(child);
    return { ok: true, child };
  };

  get last(): FakeChild {
    const child = this.children.at(-1);
    if (child === undefined) throw new Error('nothing was started');
    return child;
  }
}
