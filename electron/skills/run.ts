// Over 300 lines: from spawn to sweep everything turns on the same few facts about one process, and one object keeps them.
import type { ProcessCause } from '../../shared/model/skill.ts';
import { describeExit, type KillReason } from '../core/supervision/causes.ts';
import type { Timer } from '../core/supervision/clock.ts';
import { diagnoseStart } from '../core/supervision/diagnosis.ts';
import { Escalation, type Pressure } from './escalation.ts';
import { logText, maxLogLineBytes } from './log-text.ts';
import { sessionOf } from './protocols/auto.ts';
import type { Session } from './protocols/session.ts';
import { RpcClient } from './rpc-client.ts';
import { encodeRequest } from './rpc-wire.ts';
import type { RunEnd, RunPorts } from './run-ports.ts';
import type { Child, ChildExit } from './spawn.ts';
import { StderrPump } from './stderr-pump.ts';
import { StdoutPump } from './stdout-pump.ts';
import { sweepRun } from './sweep.ts';
import type { LaunchPlan } from './types.ts';

/** A dying process closes its pipes a moment before it is gone; longer than this is a process nobody can talk to. */
const closedPipeGraceMs = 500;
/** For a run that is no good: it gets the chance to clean up, but is not asked. */
const firmly: Pressure = { from: 'terminated', graceMs: 1000 };
/** What is still in the pipes of a dead process is there at once; a grandchild may hold them open for ever. */
const drainMs = 100;
const stderrTailLines = 20;

/** One run of one skill: from a living process to the moment nothing of it is left. Never started twice. */
export class Run {
  readonly runId: string;
  readonly pid: number;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Settles when the process has ended and everything it left behind is gone too. */
  readonly gone: Promise<void>;
  /** Like `gone`, but settles as well when the process turned out to be unkillable. */
  readonly settled: Promise<void>;
  readonly session: Session;
  readonly #child: Child;
  readonly #plan: LaunchPlan;
  readonly #ports: RunPorts;
  readonly #rpc: RpcClient;
  readonly #stdout: StdoutPump;
  readonly #stderr: StderrPump;
  readonly #escalation: Escalation;
  readonly #startedMonoMs: number;
  #handshakeDone = false;
  #textLines = 0;
  /** The last object it printed is no message but could be a one-shot script's answer. */
  #bareAnswer = false;
  #askedToStop = false;
  #killedBy: KillReason | null = null;
  #verdict: Pick<ProcessCause, 'kind' | 'message' | 'remedy'> | null = null;
  #exit: ChildExit | null = null;
  #end: RunEnd | null = null;
  #endedAtMonoMs = 0;
  #finishing = false;
  #drainTimer: Timer | null = null;
  #stdoutTimer: Timer | null = null;
  readonly #goneSignal = Promise.withResolvers<void>();
  readonly #endSignal = Promise.withResolvers<RunEnd>();

  constructor(child: Child, runId: string, plan: LaunchPlan, ports: RunPorts) {
    const { clock } = ports;
    this.#child = child;
    this.#plan = plan;
    this.#ports = ports;
    this.runId = runId;
    this.pid = child.pid;
    this.startedAt = clock.nowMs();
    this.#startedMonoMs = clock.monotonicMs();
    this.gone = this.#goneSignal.promise;
    this.settled = this.#endSignal.promise.then((end) => (end.unkillable ? undefined : this.gone));
    this.#escalation = new Escalation({
      clock,
      ask: () => this.#ask(),
      terminate: () => this.#terminate(),
      kill: () => this.#kill(),
      giveUp: () => this.#finish(true),
    });
    this.#rpc = new RpcClient({
      clock,
      queuedBytes: () => child.stdin.writableLength,
      write: (line) => this.#write(line),
      afterPendingInput: ports.afterPendingInput,
      onNotification: ports.onNotification,
      answerPeer: (method, params) => this.session.answerPeer(method, params),
    });
    const context = {
      rpc: this.#rpc,
      plan,
      hostVersion: ports.hostVersion,
      monotonicMs: () => clock.monotonicMs(),
    };
    this.session = sessionOf(context);
    this.#stderr = new StderrPump(child.stderr, clock, ports.log, () => this.#onPipeEnd());
    this.#stdout = new StdoutPump(child.stdout, {
      clock,
      onMessage: (value, line) => this.#onMessage(value, line),
      onText: (line) => this.#onText(line),
      onDropped: (what) => {
        ports.noise.add('droppedLines');
        ports.output?.tooLong();
        ports.log.write('host', `${what} on stdout was dropped`);
      },
      onEnd: () => this.#onStdoutEnd(),
    });
    child.onExit((exit) => this.#onExit(exit));
  }

  /** The process has not ended. `exit` decides, not the pipes and not a signal that was sent. */
  get alive(): boolean {
    return this.#exit === null;
  }

  /** How it ended, null as long as it has not. */
  get end(): RunEnd | null {
    return this.#end;
  }

  /** SIGKILL was needed, or is being waited for. */
  get wasKilled(): boolean {
    return this.#escalation.stage === 'killed' || this.#escalation.stage === 'given-up';
  }

  /** True once the skill has answered; false when the run is ending, which `onEnded` tells in full. */
  async handshake(timeoutMs: number): Promise<boolean> {
    const result = await this.session.handshake(timeoutMs);
    if (this.#exit !== null || this.#end !== null || this.#askedToStop) return false;
    if (result.ok) {
      this.#handshakeDone = true;
      return true;
    }
    if (result.cause === 'handshake-timeout') {
      this.kill('handshake-timeout', firmly);
    } else if (result.cause === 'configuration' || result.cause === 'handshake-refused') {
      this.#refuse(result.cause, result.message);
    } else {
      // Its input or output broke: most likely it is dying, and how it died says more than a broken pipe.
      this.#ports.clock.after(closedPipeGraceMs, () => {
        if (this.#escalation.stage === 'idle') this.#refuse(result.cause, result.message);
      });
    }
    return false;
  }

  /** For a one-shot run: one request, and no more input. There is no handshake to wait for. */
  execute(params: Readonly<Record<string, unknown>>): void {
    this.#handshakeDone = true;
    this.#write(encodeRequest({ method: 'execute', params }, 1));
    this.#child.stdin.end();
  }

  /**
   * Ends the run because somebody ordered it: ask, SIGTERM, SIGKILL.
   * @param why what to say as the cause instead of "stopped as ordered"
   */
  stop(pressure: Pressure, why?: string): void {
    this.#askedToStop = true;
    if (why !== undefined) this.#verdict ??= { kind: 'killed-by-us', message: why };
    this.#escalation.press(pressure);
  }

  /** Ends the run because of what it did. The first reason stays. */
  kill(reason: KillReason, pressure: Pressure): void {
    if (!this.#askedToStop) this.#killedBy ??= reason;
    this.#escalation.press(pressure);
  }

  /** For the last moment of the host: SIGKILL, at once and without looking back. */
  killNow(): void {
    if (!this.alive) return;
    this.#signal('SIGKILL');
  }

  #refuse(kind: ProcessCause['kind'], message: string): void {
    if (!this.alive || this.#askedToStop) return;
    this.#verdict = { kind, message, ...(kind === 'configuration' ? { remedy: 'mend-files' } : {}) };
    this.#escalation.press(firmly);
  }

  #write(line: string): boolean {
    const { stdin } = this.#child;
    if (!stdin.writable) return false;
    stdin.write(line);
    return true;
  }

  #ask(): void {
    const call = this.#handshakeDone ? this.session.shutdownCall() : null;
    // Its answer is welcome but nothing depends on it: the end of the process is what counts.
    if (call !== null) void this.#rpc.request(call, 60_000);
    this.#child.stdin.end();
  }

  #terminate(): void {
    this.#child.stdin.end();
    this.#signal('SIGTERM');
    // A stopped process gets no signal but SIGKILL until it is continued.
    this.#signal('SIGCONT');
  }

  #kill(): void {
    this.#signal('SIGKILL');
    void this.#ports.tree.carriers().then((found) => {
      for (const pid of found.get(this.runId) ?? []) this.#ports.tree.signal(pid, 'SIGKILL');
    });
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#ports.tree.signalGroup(this.pid, signal, false) !== 'sent') this.#child.kill(signal);
  }

  #onMessage(value: Readonly<Record<string, unknown>>, line: string): void {
    if (this.#overheard(line)) return;
    const received = this.#rpc.receive(value);
    if (received === 'stray') this.#ports.noise.add('strayAnswers');
    else if (received === 'foreign') {
      this.#bareAnswer = !Object.hasOwn(value, 'jsonrpc');
      this.#onText(line);
    }
  }

  /** A one-shot run speaks no protocol: all it prints is its answer. */
  #overheard(line: string): boolean {
    this.#ports.output?.add(line);
    return this.#ports.output !== undefined;
  }

  #onText(line: string): void {
    if (this.#overheard(line)) return;
    this.#textLines += 1;
    this.#ports.noise.addText(this.#handshakeDone);
    this.#ports.log.write('stdout', logText(line.slice(0, maxLogLineBytes)));
  }

  #onStdoutEnd(): void {
    if (this.#exit !== null) {
      this.#onPipeEnd();
      return;
    }
    this.#stdoutTimer = this.#ports.clock.after(closedPipeGraceMs, () => {
      // A one-shot run that has said all may have work left; a daemon could never be heard again.
      if (this.#escalation.stage === 'idle' && this.#ports.output === undefined)
        this.kill('stdout-closed', firmly);
    });
  }

  #onExit(exit: ChildExit): void {
    this.#ports.tree.leaderReaped(this.pid);
    this.#exit = exit;
    this.#endedAtMonoMs = this.#ports.clock.monotonicMs();
    this.#escalation.ended();
    this.#stdoutTimer?.cancel();
    // First the group: whoever of it holds our pipes open lets go of them.
    this.#ports.tree.signalGroup(this.pid, 'SIGKILL', true);
    if (this.#end !== null) {
      // It had been given up as unkillable, and has died after all.
      void this.#sweep();
      return;
    }
    this.#stdout.drain();
    this.#stderr.drain();
    this.#drainTimer = this.#ports.clock.after(drainMs, () => this.#finishInTurn());
    this.#onPipeEnd();
  }

  #onPipeEnd(): void {
    if (this.#exit !== null && this.#stdout.ended && this.#stderr.ended) this.#finishInTurn();
  }

  #finishInTurn(): void {
    this.#ports.lane.enter(() => this.#finish(false));
  }

  #finish(unkillable: boolean): void {
    if (this.#finishing) return;
    this.#finishing = true;
    this.#drainTimer?.cancel();
    this.#stdout.close();
    this.#stderr.close();
    this.#child.stdin.destroy();
    this.#ports.log.flush();
    const end = this.#describe(unkillable);
    this.#end = end;
    this.#rpc.close({ reason: end.cause.message, cause: end.cause.kind });
    if (!unkillable) void this.#sweep();
    this.#endSignal.resolve(end);
    this.#ports.onEnded(end);
  }

  async #sweep(): Promise<void> {
    const { tree, clock, log } = this.#ports;
    const { ended, survivors } = await sweepRun(this, { tree, clock });
    if (ended > 0) log.write('host', 'processes it had left behind were ended');
    if (survivors.length > 0) {
      log.write('host', `processes it left behind cannot be ended: ${survivors.join(', ')}`);
    }
    this.#goneSignal.resolve();
  }

  #describe(unkillable: boolean): RunEnd {
    const nowMs = this.#exit === null ? this.#ports.clock.monotonicMs() : this.#endedAtMonoMs;
    const uptimeMs = nowMs - this.#startedMonoMs;
    const mask = this.#ports.mask ?? ((text: string) => text);
    const stderrTail = this.#stderr.ring.lastLines(stderrTailLines).map(mask);
    const exit = this.#exit ?? { exitCode: null, signal: null };
    const described = describeExit({
      ...exit,
      askedToStop: this.#askedToStop,
      killedBy: this.#killedBy,
      handshakeDone: this.#handshakeDone,
      lastStderrLine: stderrTail.at(-1) ?? null,
      uptimeMs,
    });
    const stuck = unkillable
      ? { message: `process ${this.pid} survives SIGKILL: it hangs in the kernel` }
      : {};
    const diagnosed = this.#handshakeDone
      ? described
      : diagnoseStart(described, {
          stderrTail,
          interpreter: this.#plan.interpreter,
          folder: this.#plan.cwd,
          textLines: this.#textLines,
          bareAnswer: this.#bareAnswer,
        });
    const known = { ...diagnosed, ...this.#verdict, ...stuck };
    const cause = { ...known, message: mask(known.message), at: this.#ports.clock.nowMs() };
    return { cause, uptimeMs, stderrTail, unkillable };
  }
}
