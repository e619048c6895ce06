import type { ProcessState, SkillProcess } from '../../shared/model/skill.ts';
import type { HealthAnswer } from '../core/health/answer.ts';
import { outcomeOfExit } from '../core/supervision/causes.ts';
import type { Pressure } from './escalation.ts';
import { makePlan } from './launch.ts';
import { LogLimiter } from './log-limiter.ts';
import { MemoryWatch } from './memory-watch.ts';
import { NoiseCounter } from './noise.ts';
import { notStarted, type RunReport, runOnce, stoppedBefore } from './one-shot-run.ts';
import type { Run } from './run.ts';
import type { SupervisorParts } from './supervisor-parts.ts';
import { type InvokeResult, type LaunchPlan, SupervisionError, type SupervisorPorts } from './types.ts';

type Cause = NonNullable<SkillProcess['cause']>;
type Params = Readonly<Record<string, unknown>>;

/** Invocations that may wait for the run before them; more are refused. */
const maxWaiting = 8;

/**
 * The process column of a one-shot skill: a process for each run and nothing between runs, never two at once. It is in
 * service from `start` to `stop`; nothing restarts it, since its next run comes anyway.
 */
export class OneShotSlot {
  readonly #skillId: string;
  readonly #ports: SupervisorPorts;
  readonly #parts: SupervisorParts;
  readonly #noise: NoiseCounter;
  readonly #log: LogLimiter;
  readonly #memory = new MemoryWatch();
  #state: ProcessState = 'stopped';
  #inService = false;
  /** Grows with every stop: a run that was ordered before it is not begun any more. */
  #generation = 0;
  #run: Run | null = null;
  #waiting = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #cause: Cause | null = null;
  #interpreter: string | null = null;

  constructor(skillId: string, ports: SupervisorPorts, parts: SupervisorParts) {
    this.#skillId = skillId;
    this.#ports = ports;
    this.#parts = parts;
    this.#noise = new NoiseCounter(ports.clock, () => {});
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

  /** Of the whole tree, as set now; null for none. */
  get memoryLimitBytes(): number | null {
    const { memoryLimitMb } = this.#ports.settings(this.#skillId).restart;
    return memoryLimitMb === 0 ? null : memoryLimitMb * 1_048_576;
  }

  /** A check may run it: in service, not known to be misconfigured, and not for invocations only. */
  get askable(): boolean {
    const onDemand = this.#ports.mode?.(this.#skillId) === 'one-shot-on-demand';
    return this.#inService && this.#state !== 'failed' && !onDemand;
  }

  /** A run is under way, or waits for one that is. */
  get busy(): boolean {
    return this.#waiting > 0;
  }

  process(): SkillProcess {
    const living = this.#run?.alive === true ? this.#run : null;
    return {
      state: this.#state,
      pid: living?.pid ?? null,
      startedAt: living?.startedAt ?? null,
      restarts: 0,
      nextAttemptAt: null,
      backoffMs: null,
      cause: this.#cause,
      memoryBytes: living === null ? null : this.#memory.bytes,
      interpreter: this.#interpreter,
      noise: this.#noise.counts,
    };
  }

  /**
   * Into service. What keeps it from running at all is told now, not at the first run.
   * @throws SupervisionError `unavailable` for that, `conflict` when a newer stop won
   */
  async start(): Promise<void> {
    const generation = this.#generation;
    const planned = await makePlan(this.#ports, this.#skillId);
    if (generation !== this.#generation)
      throw new SupervisionError('conflict', 'it was stopped before it was in service');
    this.#inService = true;
    if (!planned.ok && planned.cause.kind === 'configuration') {
      this.#conclude(notStarted(planned.cause));
      throw new SupervisionError('unavailable', planned.cause.message, planned.cause);
    }
    if (this.#state === 'failed') this.#cause = null;
    if (!this.busy) this.#setState('stopped');
  }

  /** Into service anew. A run under way goes on: there is no process to replace. */
  restart(): Promise<void> {
    return this.start();
  }

  /** Nothing to restart: the next run comes with the next check, or when somebody invokes it. */
  restartAfterFailure(): void {}

  /** Out of service; resolves when no run lives. Rejects `timeout` when a run survives SIGKILL. */
  async stop(pressure?: Pressure): Promise<void> {
    await this.#halt(pressure);
    this.#setState('stopped');
  }

  async fail(cause: Cause): Promise<void> {
    await this.#halt();
    this.#cause = cause;
    this.#setState('failed');
  }

  close(pressure: Pressure): Promise<void> {
    return this.stop(pressure);
  }

  /** A check is a run with the manifest's own parameters and time limit. */
  async askHealth(): Promise<HealthAnswer> {
    const report = await this.#enqueue(null, null);
    return report.kind === 'judged'
      ? report.verdict.health
      : { kind: 'gone', reason: report.cause.message, cause: report.cause.kind };
  }

  /** Whatever the method is called: a one-shot script knows only `execute`. */
  async invoke(_method: string, params: Params | undefined, timeoutMs: number): Promise<InvokeResult> {
    if (!this.#inService)
      return { ok: false, kind: 'unavailable', message: `the skill is ${this.#state} and not in service` };
    if (this.#waiting > maxWaiting)
      return { ok: false, kind: 'unavailable', message: `${maxWaiting} runs are waiting already` };
    const report = await this.#enqueue(params ?? null, timeoutMs);
    if (report.kind !== 'judged') return { ok: false, kind: 'unavailable', message: report.cause.message };
    const { health, result } = report.verdict;
    // A refusal is the skill's own answer to whoever asked, as it is for a daemon: no failure of the skill.
    if (result.kind !== 'refusal') this.#ports.onRun?.(this.#skillId, health);
    switch (result.kind) {
      case 'result':
        return { ok: true, result: result.result };
      case 'refusal':
        return { ...result, ok: false, kind: 'skill_error' };
      case 'unreadable':
        return { ok: false, kind: 'protocol', message: result.message };
      case 'timeout':
        return { ok: false, kind: 'timeout', message: result.message };
      case 'crash':
        return { ok: false, kind: 'unavailable', message: result.message };
    }
  }

  /** @param bytes resident memory of the whole tree */
  noteMemory(bytes: number): void {
    const run = this.#run;
    if (run === null || this.#state !== 'running') return;
    const verdict = this.#memory.note(bytes, this.memoryLimitBytes);
    if (verdict.changed) this.#emit();
    if (verdict.overLimit === null) return;
    this.#log.write('host', verdict.overLimit);
    run.kill('memory', this.#firmly());
  }

  /** One run after the other. */
  #enqueue(params: Params | null, timeoutMs: number | null): Promise<RunReport> {
    this.#waiting += 1;
    const generation = this.#generation;
    const report = this.#queue
      .then(() => this.#once(params, timeoutMs, () => generation !== this.#generation))
      .finally(() => {
        this.#waiting -= 1;
      });
    this.#queue = report.catch(() => undefined);
    return report;
  }

  async #once(params: Params | null, timeoutMs: number | null, outdated: () => boolean): Promise<RunReport> {
    if (outdated()) return stoppedBefore(this.#ports);
    // What survived SIGKILL still lives, and a second process must not.
    if (this.#run?.alive === true && this.#run.end !== null) return notStarted(this.#run.end.cause);
    const report = await runOnce({
      ...{ skillId: this.#skillId, ports: this.#ports, parts: this.#parts, noise: this.#noise },
      ...{ log: this.#log, params, timeoutMs, outdated },
      onStarted: (run, plan) => this.#adopt(run, plan, outdated),
    });
    this.#conclude(report);
    return report;
  }

  #adopt(run: Run, plan: LaunchPlan, outdated: () => boolean): void {
    this.#run = run;
    this.#interpreter = plan.interpreter;
    this.#memory.reset();
    void run.gone.then(() => {
      if (this.#run === run) this.#run = null;
    });
    if (plan.remark !== undefined) this.#log.write('host', plan.remark);
    if (outdated()) run.stop(this.#firmly());
    else this.#setState('running');
  }

  /** The state is true before anybody is told, because who is told may order at once. */
  #conclude(report: RunReport): void {
    this.#cause = report.cause;
    if (report.kind === 'stopped') return;
    this.#setState(report.kind === 'down' ? 'failed' : 'stopped');
    if (report.kind !== 'down') return;
    const { cause, uptimeMs, stderrTail } = report;
    this.#ports.onDown(this.#skillId, { cause, outcome: outcomeOfExit(cause), uptimeMs, stderrTail });
  }

  async #halt(pressure: Pressure = this.#firmly()): Promise<void> {
    this.#inService = false;
    this.#generation += 1;
    const run = this.#run;
    if (run !== null && run.end === null) {
      this.#setState('stopping');
      // A run cannot be asked to end: its input is closed already.
      run.stop({ ...pressure, from: 'terminated' });
    }
    await this.#queue;
    if (run?.end?.unkillable === true && run.alive)
      throw new SupervisionError('timeout', run.end.cause.message, run.end.cause);
  }

  #firmly(): Pressure {
    const { stopGraceMs } = this.#ports.settings(this.#skillId).restart;
    return { from: 'terminated', graceMs: stopGraceMs };
  }

  #setState(state: ProcessState): void {
    this.#state = state;
    this.#emit();
  }

  #emit(): void {
    this.#ports.onProcess(this.#skillId, this.process());
  }
}
