// Over 300 lines: one state machine, and splitting its states would hide the rule that at most one process lives.
import type { SkillProcess, SkillProtocol } from '../../shared/model/skill.ts';
import type { HealthAnswer } from '../core/health/answer.ts';
import { outcomeOfExit } from '../core/supervision/causes.ts';
import type { Timer } from '../core/supervision/clock.ts';
import type { Pressure } from './escalation.ts';
import { HealthQuestion } from './health-question.ts';
import { launchRun, makePlan, modeChanged } from './launch.ts';
import { LogLimiter } from './log-limiter.ts';
import { MemoryWatch } from './memory-watch.ts';
import { NoiseCounter } from './noise.ts';
import { notificationLine } from './notification-line.ts';
import { RestartPlan } from './restart-plan.ts';
import type { Run } from './run.ts';
import type { RunEnd, RunPorts } from './run-ports.ts';
import type { SupervisorParts } from './supervisor-parts.ts';
import { type InvokeResult, SupervisionError, type SupervisorPorts } from './types.ts';

type State = SkillProcess['state'];
type Cause = NonNullable<SkillProcess['cause']>;

const noiseReportMs = 1000;

/**
 * One skill's process, at most one at any time. Every order (start, stop, restart, fail) takes a new generation number;
 * whatever an older order still waits for finds its number outdated and does nothing. The newest order wins.
 */
export class Slot {
  readonly #skillId: string;
  readonly #ports: SupervisorPorts;
  readonly #parts: SupervisorParts;
  readonly #noise: NoiseCounter;
  readonly #log: LogLimiter;
  readonly #memory = new MemoryWatch();
  readonly #health: HealthQuestion;
  readonly #restarts: RestartPlan;
  #state: State = 'stopped';
  #generation = 0;
  /** What people and rules want: only then does a failure lead to a restart. */
  #wanted = false;
  #closed = false;
  #run: Run | null = null;
  #spawning: Promise<unknown> | null = null;
  /** The run whose end somebody ordered: its exit is nobody's failure. */
  #ordered: Run | null = null;
  /** What whoever ordered a start waits for, however often the order is repeated. */
  #attempt: PromiseWithResolvers<void> | null = null;
  #noiseTimer: Timer | null = null;
  #cause: Cause | null = null;
  #interpreter: string | null = null;
  #protocol: SkillProtocol | null = null;

  constructor(skillId: string, ports: SupervisorPorts, parts: SupervisorParts) {
    this.#skillId = skillId;
    this.#ports = ports;
    this.#parts = parts;
    this.#noise = new NoiseCounter(ports.clock, () => this.#reportNoise());
    this.#health = new HealthQuestion(this.#noise);
    this.#restarts = new RestartPlan(ports.clock, ports.random);
    this.#log = new LogLimiter({
      clock: ports.clock,
      write: (stream, text) => ports.onLog({ skillId, at: ports.clock.nowMs(), stream, text }),
      onDropped: (stream, bytes) => {
        if (stream === 'stderr') this.#noise.add('droppedStderrBytes', bytes);
      },
    });
  }

  get run(): Run | null {
    return this.#run;
  }

  /** What its last answered handshake was spoken in. */
  get protocol(): SkillProtocol | null {
    return this.#protocol;
  }

  /** Of the whole tree, as set now; null for none. */
  get memoryLimitBytes(): number | null {
    const { memoryLimitMb } = this.#ports.settings(this.#skillId).restart;
    return memoryLimitMb === 0 ? null : memoryLimitMb * 1_048_576;
  }

  process(): SkillProcess {
    const living = this.#run?.alive === true ? this.#run : null;
    return {
      state: this.#state,
      pid: living?.pid ?? null,
      startedAt: living?.startedAt ?? null,
      restarts: this.#restarts.restarts,
      restartsInWindow: this.#restarts.restartsWithin(
        this.#ports.settings(this.#skillId).health.failureWindowSecs * 1000,
      ),
      nextAttemptAt: this.#restarts.nextAttemptAt,
      backoffMs: this.#restarts.delayMs,
      cause: this.#cause,
      memoryBytes: living === null ? null : this.#memory.bytes,
      interpreter: this.#interpreter,
      noise: this.#noise.counts,
    };
  }

  /** A start by a person or by the host: begins as stable. Joins a start under way. */
  start(): Promise<void> {
    if (this.#closed) return Promise.reject(new SupervisionError('unavailable', 'the host is closing'));
    this.#wanted = true;
    if (this.#attempt !== null) return this.#attempt.promise;
    if (this.#state === 'running') return Promise.resolve();
    const stuck = this.#run?.alive === true ? this.#run.end : null;
    if (stuck !== null) {
      return Promise.reject(new SupervisionError('unavailable', stuck.cause.message, stuck.cause));
    }
    this.#restarts.beginAnew();
    return this.#begin();
  }

  async restart(): Promise<void> {
    if (this.#state === 'running' && this.#attempt === null && !this.#closed) {
      this.#order({ from: 'asked', graceMs: this.#graceMs() }, 'restarted as ordered');
      this.#setState('stopping');
      this.#wanted = true;
      this.#restarts.beginAnew();
      return this.#begin();
    }
    return this.start();
  }

  /** Resolves when nothing of the skill lives; rejects `timeout` when its process survives SIGKILL. */
  async stop(pressure: Pressure = { from: 'asked', graceMs: this.#graceMs() }): Promise<void> {
    await this.#halt(pressure, new SupervisionError('conflict', 'it was stopped before it was running'), () =>
      this.#setState('stopped'),
    );
  }

  async fail(cause: Cause): Promise<void> {
    const error = new SupervisionError('unavailable', cause.message, cause);
    await this.#halt({ from: 'asked', graceMs: this.#graceMs() }, error, () => {
      this.#cause = cause;
      this.#setState('failed');
    });
  }

  /** The host closes: like `stop`, and nothing starts any more. */
  close(pressure: Pressure): Promise<void> {
    this.#closed = true;
    return this.stop(pressure);
  }

  /** By the monitor. A start under way, a restart already planned and a stop all win over it. */
  restartAfterFailure(): void {
    if (!this.#wanted || this.#closed || this.#attempt !== null || this.#restarts.planned) return;
    this.#generation += 1;
    const generation = this.#generation;
    this.#restarts.order(this.#ports.settings(this.#skillId).restart);
    const run = this.#run;
    if (run === null || !run.alive || run.end !== null) {
      this.#waitForRestart();
      return;
    }
    this.#endFailing(run);
    this.#setState('stopping');
    void run.settled.then(() => {
      if (generation === this.#generation) this.#waitForRestart();
    });
  }

  askHealth(timeoutMs: number): Promise<HealthAnswer> {
    const run = this.#run;
    if (run === null || this.#state !== 'running') {
      const reason = `there is no process to ask: it is ${this.#state}`;
      return Promise.resolve({ kind: 'gone', reason, cause: this.#cause?.kind ?? 'exit' });
    }
    // A failure in between starts the stable time anew (DESIGN.md section 4).
    return this.#health.ask(run, timeoutMs, () => this.#watchStability());
  }

  invoke(
    method: string,
    params: Readonly<Record<string, unknown>> | undefined,
    timeoutMs: number,
  ): Promise<InvokeResult> {
    const run = this.#run;
    if (run === null || this.#state !== 'running') {
      return Promise.resolve({ ok: false, kind: 'unavailable', message: `the skill is ${this.#state}` });
    }
    return run.session.invoke(method, params, timeoutMs);
  }

  /** @param bytes resident memory of the whole tree */
  noteMemory(bytes: number): void {
    const run = this.#run;
    if (run === null || this.#state !== 'running') return;
    const verdict = this.#memory.note(bytes, this.memoryLimitBytes);
    if (verdict.changed) this.#emit();
    if (verdict.overLimit === null) return;
    this.#log.write('host', verdict.overLimit);
    this.#setState('stopping');
    run.kill('memory', { from: 'asked', graceMs: this.#graceMs() });
  }

  #begin(): Promise<void> {
    this.#restarts.cancel();
    this.#generation += 1;
    if (this.#attempt === null) {
      this.#attempt = Promise.withResolvers<void>();
      // Restarts have nobody who waits for them.
      this.#attempt.promise.catch(() => {});
    }
    const { promise } = this.#attempt;
    if (this.#run?.alive !== true) this.#setState('starting');
    // It survived SIGKILL: the start waits for its end, which may never come.
    else if (this.#run.end !== null) this.#setState('failed');
    void this.#launch(this.#generation);
    return promise;
  }

  async #launch(generation: number): Promise<void> {
    const outdated = (): boolean => generation !== this.#generation;
    await this.#untilClear(outdated);
    if (outdated()) return;
    this.#setState('starting');
    const leave = await this.#parts.gate.enter();
    try {
      if (outdated()) return;
      const planned = await makePlan(this.#ports, this.#skillId);
      await this.#parts.lane.turn();
      // A process of an older order may have come to life while the plan was made.
      await this.#untilClear(outdated);
      if (outdated()) return;
      if (!planned.ok) {
        this.#down({ cause: planned.cause, uptimeMs: 0, stderrTail: [] });
        return;
      }
      if (planned.plan.oneShot !== undefined) {
        this.#down({ cause: modeChanged(this.#ports), uptimeMs: 0, stderrTail: [] });
        return;
      }
      const { plan } = planned;
      const launching = launchRun(plan, this.#parts.nextRunId(), this.#ports, this.#parts, (run) =>
        this.#runPorts(run),
      );
      this.#spawning = launching;
      const launched = await launching;
      this.#spawning = null;
      if (!launched.ok) {
        if (!outdated()) this.#down({ cause: launched.cause, uptimeMs: 0, stderrTail: [] });
        return;
      }
      const { run } = launched;
      this.#adopt(run, plan.interpreter);
      if (plan.remark !== undefined) this.#log.write('host', plan.remark);
      if (outdated()) {
        this.#order({ from: 'terminated', graceMs: this.#graceMs() });
        return;
      }
      this.#emit();
      const { handshakeTimeoutSecs } = this.#ports.settings(this.#skillId).restart;
      const answered = await run.handshake(handshakeTimeoutSecs * 1000);
      if (answered && !outdated() && run.end === null) {
        this.#protocol = run.session.protocol;
        this.#nowRunning();
      }
    } finally {
      leave();
    }
  }

  /** Waits until no process of this skill is there, or the order is outdated. */
  async #untilClear(outdated: () => boolean): Promise<void> {
    while (!outdated() && (this.#spawning !== null || this.#run !== null)) {
      if (this.#spawning !== null) await this.#spawning;
      else if (this.#run !== null) await this.#run.gone;
    }
  }

  #adopt(run: Run, interpreter: string): void {
    this.#run = run;
    this.#interpreter = interpreter;
    this.#health.forget();
    this.#noise.forgetRecent();
    this.#memory.reset();
    void run.gone.then(() => {
      if (this.#run === run) this.#run = null;
    });
  }

  #nowRunning(): void {
    this.#watchStability();
    const attempt = this.#attempt;
    this.#attempt = null;
    this.#setState('running');
    attempt?.resolve();
  }

  #runPorts(run: () => Run): RunPorts {
    const { clock, hostVersion } = this.#ports;
    return {
      clock,
      hostVersion,
      tree: this.#parts.tree,
      afterPendingInput: this.#parts.afterPendingInput,
      lane: this.#parts.lane,
      noise: this.#noise,
      log: this.#log,
      onNotification: (method, params) => {
        const line = notificationLine(method, params);
        if (line !== null) this.#log.write('stdout', line);
        this.#ports.onNotification?.(this.#skillId, method, params);
      },
      onEnded: (end) => this.#onEnded(run(), end),
      mask: (text) => this.#ports.mask?.(this.#skillId, text) ?? text,
    };
  }

  #onEnded(run: Run, end: RunEnd): void {
    this.#restarts.runEnded();
    const ordered = this.#ordered === run;
    if (end.unkillable) {
      // Whoever waits to start or stop must hear of it; what comes after it is a new order.
      this.#log.write('host', end.cause.message);
      if (ordered) {
        this.#generation += 1;
        this.#restarts.cancel();
        this.#cause = end.cause;
        this.#setState('failed');
        this.#rejectAttempt(new SupervisionError('timeout', end.cause.message, end.cause));
        return;
      }
    }
    if (ordered) {
      this.#cause = end.cause;
      this.#emit();
    } else {
      this.#down(end);
    }
  }

  /** An end nobody asked for. The state is true before anybody is told, because who is told may order at once. */
  #down(end: Omit<RunEnd, 'unkillable'>): void {
    const { cause, uptimeMs, stderrTail } = end;
    this.#generation += 1;
    this.#restarts.cancel();
    this.#cause = cause;
    this.#setState('failed');
    const code = cause.kind === 'handshake-timeout' ? 'timeout' : 'unavailable';
    this.#rejectAttempt(new SupervisionError(code, cause.message, cause));
    this.#ports.onDown(this.#skillId, { cause, outcome: outcomeOfExit(cause), uptimeMs, stderrTail });
  }

  async #halt(pressure: Pressure, error: SupervisionError, then: () => void): Promise<void> {
    this.#wanted = false;
    this.#generation += 1;
    const generation = this.#generation;
    this.#restarts.cancel();
    this.#rejectAttempt(error);
    if (this.#run?.alive === true || this.#spawning !== null) this.#setState('stopping');
    this.#order(pressure);
    await this.#spawning;
    const run = this.#run;
    if (run !== null) {
      if (run.end === null) this.#order(pressure);
      await run.settled;
      if (run.end?.unkillable === true && run.alive) {
        throw new SupervisionError('timeout', run.end.cause.message, run.end.cause);
      }
    }
    if (generation === this.#generation) then();
  }

  #order(pressure: Pressure, why?: string): void {
    if (this.#run === null || this.#run.end !== null) return;
    this.#ordered = this.#run;
    this.#run.stop(pressure, why);
  }

  /** What does not answer is not asked again; what answers with errors is. */
  #endFailing(run: Run): void {
    this.#ordered = run;
    const graceMs = this.#graceMs();
    if (this.#health.hangs) run.kill('hang', { from: 'terminated', graceMs });
    else run.stop({ from: 'asked', graceMs }, 'ended by Skillward to be restarted after a failed check');
  }

  #waitForRestart(): void {
    if (this.#restarts.whenDue(() => void this.#begin())) this.#setState('backoff');
  }

  #watchStability(): void {
    this.#restarts.watchRun(this.#ports.settings(this.#skillId).health.stableAfterSecs);
  }

  #graceMs(): number {
    return this.#ports.settings(this.#skillId).restart.stopGraceMs;
  }

  #rejectAttempt(error: SupervisionError): void {
    const attempt = this.#attempt;
    this.#attempt = null;
    attempt?.reject(error);
  }

  #setState(state: State): void {
    this.#state = state;
    this.#emit();
  }

  #emit(): void {
    this.#ports.onProcess(this.#skillId, this.process());
  }

  /** A flood of noise changes the counts thousands of times a second; once is enough to see it. */
  #reportNoise(): void {
    this.#noiseTimer ??= this.#ports.clock.after(noiseReportMs, () => {
      this.#noiseTimer = null;
      this.#emit();
    });
  }
}
