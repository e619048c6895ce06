import type { ProcessCause, SkillProcess, SkillProtocol } from '../../shared/model/skill.ts';
import type { HealthAnswer, HealthRunner } from '../core/health/answer.ts';
import type { Timer } from '../core/supervision/clock.ts';
import { maskAnswer } from './mask-answer.ts';
import { OneShotSlot } from './one-shot-slot.ts';
import { endOrphans, type OrphanSweep } from './orphans.ts';
import { Slot } from './slot.ts';
import { spawnChild } from './spawn.ts';
import { StartGate } from './start-gate.ts';
import type { SupervisorParts } from './supervisor-parts.ts';
import { systemProcessTree } from './system-process-tree.ts';
import { TurnLane } from './turn-lane.ts';
import { type InvokeResult, SupervisionError, type SupervisorPorts } from './types.ts';

/** How often memory is looked at, ms: one walk through the process table for all skills together. */
const memorySampleMs = 5000;
/** The same while a skill has a limit: a leak that is fast needs a look that is faster. */
const limitedMemorySampleMs = 2000;
/** The same while nobody could see the figure but who counts, such as metrics. */
const countedMemorySampleMs = 15_000;
/** The same while nobody could: the walk is most of what an idle host costs. */
const unwatchedMemorySampleMs = 60_000;

export interface StopAllResult {
  /** Skills whose process ended, politely or not. */
  readonly stopped: number;
  /** Of those, the ones that needed SIGKILL. */
  readonly killed: number;
  /** Skills whose process survived even that, by id. */
  readonly unkillable: readonly string[];
}

/** The only one who starts and ends skill processes: one slot per skill, at most one living process in each. */
export class Supervisor implements HealthRunner {
  readonly #ports: SupervisorPorts;
  readonly #parts: SupervisorParts;
  readonly #slots = new Map<string, Slot | OneShotSlot>();
  #memoryTimer: Timer | null = null;
  /** What the timer was set to, ms; 0 while memory is being looked at. */
  #memoryWaitMs = 0;
  #closed = false;
  #runCount = 0;

  /** @param parts stand-ins for the operating system, in tests */
  constructor(ports: SupervisorPorts, parts: Partial<SupervisorParts> = {}) {
    this.#ports = ports;
    const prefix = this.#runIdPrefix();
    // Of this host's life: run ids must not come back after its next start.
    const life = `${ports.clock.nowMs().toString(36)}${Math.floor(ports.random() * 36 ** 6).toString(36)}`;
    this.#parts = {
      tree: systemProcessTree(),
      spawn: spawnChild,
      gate: new StartGate(ports.clock),
      lane: new TurnLane(),
      afterPendingInput: (run) => void setImmediate(run),
      nextRunId: () => {
        this.#runCount += 1;
        return `${prefix}${life}.${this.#runCount}`;
      },
      ...parts,
    };
  }

  /**
   * Ends what an earlier host of this data folder left running. Call before anything is started: afterwards its own
   * processes would be among what it finds, so it refuses with `conflict`.
   */
  async sweepOrphans(): Promise<OrphanSweep> {
    if (this.#slots.size > 0) throw new SupervisionError('conflict', 'skills were started already');
    const { registry, clock } = this.#ports;
    const records = registry.all();
    const result = await endOrphans(records, this.#runIdPrefix(), { tree: this.#parts.tree, clock });
    for (const { skillId, runId } of records) registry.remove(skillId, runId);
    return result;
  }

  /**
   * Starts a skill now; resolves when it runs, which means its handshake is answered. A second start joins the first.
   * @throws SupervisionError `conflict` when a newer stop won, `timeout` when the handshake took too long,
   * `unavailable` for every other failure; `cause` says what it was
   */
  async start(skillId: string): Promise<void> {
    this.#watchMemory();
    return this.#slot(skillId).start();
  }

  /**
   * Resolves when nothing of the skill lives. Takes back a planned restart and a start under way.
   * @throws SupervisionError `timeout` when its process survives SIGKILL
   */
  async stop(skillId: string): Promise<void> {
    await this.#slots.get(skillId)?.stop();
  }

  /** By a person: at once, and as if the skill had been stable. Joins a start or restart under way. Throws like `start`. */
  async restart(skillId: string): Promise<void> {
    this.#watchMemory();
    return this.#slot(skillId).restart();
  }

  /**
   * By the monitor: after the next backoff delay, which is drawn here and shown in the process column. Ends the present
   * process if one still lives. Does nothing where somebody stopped the skill or it is being started already.
   * @param _attempt the monitor's count of failures in a row, for the record only: the delay counts restarts since a
   * stable run (DESIGN.md section 4)
   */
  restartAfterFailure(skillId: string, _attempt: number): void {
    this.#slots.get(skillId)?.restartAfterFailure();
  }

  /** Ends what lives and shows the skill as `failed` with this cause, until it is started again. Throws like `stop`. */
  async fail(skillId: string, cause: ProcessCause): Promise<void> {
    return this.#slot(skillId).fail(cause);
  }

  async askHealth(skillId: string, timeoutMs: number): Promise<HealthAnswer> {
    const slot = this.#slots.get(skillId);
    if (slot === undefined) return { kind: 'gone', reason: 'it was never started', cause: 'exit' };
    return maskAnswer(await slot.askHealth(timeoutMs), (text) => this.#ports.mask?.(skillId, text) ?? text);
  }

  /**
   * Asks a running skill to do something. `invoke` is the dialect's own invoke method (MCP: any plain name is a tool);
   * other names go over the wire as they are. Never throws.
   * @param timeoutMs 1 and up
   */
  invoke(
    skillId: string,
    method: string,
    params: Readonly<Record<string, unknown>> | undefined,
    timeoutMs: number,
  ): Promise<InvokeResult> {
    return (
      this.#slots.get(skillId)?.invoke(method, params, timeoutMs) ??
      Promise.resolve({ ok: false, kind: 'unavailable', message: 'the skill is stopped' })
    );
  }

  /** A check can ask it: its daemon runs, or it is a one-shot skill that checks run. */
  isAskable(skillId: string): boolean {
    const slot = this.#slots.get(skillId);
    return slot instanceof OneShotSlot ? slot.askable : slot?.process().state === 'running';
  }

  /** A run of a one-shot skill is under way: its end tells how it is. */
  isBusy(skillId: string): boolean {
    const slot = this.#slots.get(skillId);
    return slot instanceof OneShotSlot && slot.busy;
  }

  /** What its last handshake was spoken in; null as long as none was answered. */
  protocol(skillId: string): SkillProtocol | null {
    const slot = this.#slots.get(skillId);
    return slot instanceof Slot ? slot.protocol : null;
  }

  /** The process column; a skill never heard of is simply stopped. */
  process(skillId: string): SkillProcess {
    return this.#slots.get(skillId)?.process() ?? neverStarted;
  }

  /** Whether a process of the skill exists, whatever state it is in. */
  isAlive(skillId: string): boolean {
    return this.#slots.get(skillId)?.run?.alive ?? false;
  }

  /** Somebody follows or counts from now on: what nobody saw was looked at seldom, and is now soon. */
  audienceChanged(): void {
    // A shorter wait goes on: who comes and goes all the time must not put the look off.
    if (this.#memoryWaitMs <= this.#unlimitedSampleMs()) return;
    this.#memoryTimer?.cancel();
    this.#memoryTimer = null;
    this.#watchMemory();
  }

  /** The skill is gone from disk: stops it and drops what is known of it. Throws like `stop`. */
  async forget(skillId: string): Promise<void> {
    const slot = this.#slots.get(skillId);
    if (slot === undefined) return;
    await slot.stop();
    // A start in the meantime means that the skill is back.
    if (this.#slots.get(skillId) === slot && slot.process().state === 'stopped') this.#slots.delete(skillId);
  }

  /**
   * Ends every skill at once; nothing starts any more. Whatever is left when the time is up is killed.
   * @param budgetMs for everything together, 600 and up
   */
  async stopAll(budgetMs = 6000): Promise<StopAllResult> {
    this.#closed = true;
    this.#memoryTimer?.cancel();
    const running = [...this.#slots].flatMap(([skillId, slot]) =>
      slot.run === null ? [] : [{ skillId, run: slot.run }],
    );
    // Asking, SIGTERM and SIGKILL share the time; a sixth of it is kept for the sweep after the last exit.
    const ending = [...this.#slots].map(([skillId, slot]) => {
      const graceMs = Math.min(budgetMs / 3, this.#ports.settings(skillId).restart.stopGraceMs);
      // A process that survives SIGKILL is counted below.
      return slot.close({ from: 'asked', graceMs, killGraceMs: budgetMs / 6 }).catch(() => undefined);
    });
    await this.#within(budgetMs, Promise.all(ending));
    this.killAllNow();
    const living = running.filter(({ run }) => run.alive);
    return {
      stopped: running.length - living.length,
      killed: running.filter(({ run }) => !run.alive && run.wasKilled).length,
      unkillable: living.map(({ skillId }) => skillId),
    };
  }

  /** SIGKILL to everything, synchronously: for `process.on('exit')`, when nothing can be waited for. */
  killAllNow(): void {
    this.#closed = true;
    for (const slot of this.#slots.values()) slot.run?.killNow();
    for (const [runId, pids] of this.#parts.tree.carriersNow()) {
      if (!runId.startsWith(this.#runIdPrefix())) continue;
      for (const pid of pids) this.#parts.tree.signal(pid, 'SIGKILL');
    }
  }

  #slot(skillId: string): Slot | OneShotSlot {
    if (this.#closed) throw new SupervisionError('unavailable', 'the host is closing');
    const known = this.#slots.get(skillId);
    const kind = (this.#ports.mode?.(skillId) ?? 'daemon') === 'daemon' ? Slot : OneShotSlot;
    // Its manifest may have changed the mode; what still lives is ended by the kind of slot that started it.
    if (known !== undefined && (known instanceof kind || known.run !== null)) return known;
    const slot = new kind(skillId, this.#ports, this.#parts);
    this.#slots.set(skillId, slot);
    return slot;
  }

  #runIdPrefix(): string {
    return `${this.#ports.instanceId}.`;
  }

  async #within(limitMs: number, work: Promise<unknown>): Promise<void> {
    const limit = Promise.withResolvers<void>();
    const timer = this.#ports.clock.after(limitMs, limit.resolve);
    await Promise.race([work, limit.promise]);
    timer.cancel();
  }

  #watchMemory(): void {
    if (this.#closed) return;
    const limited = [...this.#slots.values()].some((slot) => slot.memoryLimitBytes !== null);
    const sampleMs = limited ? limitedMemorySampleMs : this.#unlimitedSampleMs();
    if (this.#memoryTimer !== null) return;
    this.#memoryWaitMs = sampleMs;
    this.#memoryTimer = this.#ports.clock.after(sampleMs, () => {
      this.#memoryWaitMs = 0;
      void this.#sampleMemory().finally(() => {
        this.#memoryTimer = null;
        if (this.#slots.size > 0) this.#watchMemory();
      });
    });
  }

  #unlimitedSampleMs(): number {
    if (this.#ports.watched?.() ?? true) return memorySampleMs;
    return (this.#ports.counted?.() ?? false) ? countedMemorySampleMs : unwatchedMemorySampleMs;
  }

  async #sampleMemory(): Promise<void> {
    const { tree } = this.#parts;
    if (![...this.#slots.values()].some(({ run }) => run !== null)) return;
    const carriers = await tree.carriers();
    for (const slot of this.#slots.values()) {
      const { run } = slot;
      if (run === null) continue;
      const pids = new Set([run.pid, ...(carriers.get(run.runId) ?? [])]);
      const bytes = await tree.residentBytes([...pids]);
      if (bytes !== null && slot.run === run) slot.noteMemory(bytes);
    }
  }
}

const neverStarted: SkillProcess = {
  state: 'stopped',
  pid: null,
  startedAt: null,
  restarts: 0,
  nextAttemptAt: null,
  backoffMs: null,
  cause: null,
  memoryBytes: null,
  interpreter: null,
  noise: { nonJsonLines: 0, strayAnswers: 0, droppedLines: 0, droppedStderrBytes: 0 },
};
