import type { Clock, Timer } from '../core/supervision/clock.ts';

const stages = ['idle', 'asked', 'terminated', 'killed', 'given-up'] as const;
type EscalationStage = (typeof stages)[number];

/** After SIGKILL a process that is still there hangs in the kernel; this long is waited before saying so, ms. */
const killGraceMs = 2000;

export interface EscalationPorts {
  readonly clock: Clock;
  /** Politely: a shutdown request, then no more input. */
  readonly ask: () => void;
  /** SIGTERM, and SIGCONT for who was stopped, to the group. */
  readonly terminate: () => void;
  /** SIGKILL to the group and to whatever carries the run id. */
  readonly kill: () => void;
  /** Not even that helped. */
  readonly giveUp: () => void;
}

export interface Pressure {
  /** The first step to take: a hanging process is not asked again. */
  readonly from: 'asked' | 'terminated' | 'killed';
  /** Between the steps before SIGKILL, ms, 0 and up. */
  readonly graceMs: number;
  /** After SIGKILL, ms. */
  readonly killGraceMs?: number;
}

/**
 * Ends one process step by step: ask, SIGTERM, SIGKILL, give up (DESIGN.md section 5). Each step happens once and exactly
 * at its deadline; a second, more urgent call shortens the waiting or skips steps, and never goes back.
 */
export class Escalation {
  readonly #ports: EscalationPorts;
  #stage: EscalationStage = 'idle';
  #graceMs = 0;
  #killGraceMs = killGraceMs;
  #deadlineMs = Number.POSITIVE_INFINITY;
  #timer: Timer | null = null;
  #over = false;

  constructor(ports: EscalationPorts) {
    this.#ports = ports;
  }

  get stage(): EscalationStage {
    return this.#stage;
  }

  press(pressure: Pressure): void {
    if (this.#over) return;
    this.#graceMs = Math.min(pressure.graceMs, this.#stage === 'idle' ? pressure.graceMs : this.#graceMs);
    this.#killGraceMs = Math.min(pressure.killGraceMs ?? killGraceMs, this.#killGraceMs);
    if (rank(pressure.from) > rank(this.#stage)) this.#enter(pressure.from);
    else this.#arm(this.#graceOf(this.#stage));
  }

  /** The process has ended: nothing more happens. */
  ended(): void {
    this.#over = true;
    this.#timer?.cancel();
    this.#timer = null;
  }

  #enter(stage: EscalationStage): void {
    this.#stage = stage;
    this.#deadlineMs = Number.POSITIVE_INFINITY;
    if (stage === 'asked') this.#ports.ask();
    else if (stage === 'terminated') this.#ports.terminate();
    else if (stage === 'killed') this.#ports.kill();
    else if (stage === 'given-up') this.#ports.giveUp();
    this.#arm(this.#graceOf(stage));
  }

  #arm(graceMs: number): void {
    const next = stages[rank(this.#stage) + 1];
    if (next === undefined || this.#over) return;
    const nowMs = this.#ports.clock.monotonicMs();
    const deadlineMs = Math.min(this.#deadlineMs, nowMs + graceMs);
    if (deadlineMs === this.#deadlineMs) return;
    this.#deadlineMs = deadlineMs;
    this.#timer?.cancel();
    this.#timer = this.#ports.clock.after(deadlineMs - nowMs, () => this.#enter(next));
  }

  #graceOf(stage: EscalationStage): number {
    return stage === 'killed' ? this.#killGraceMs : this.#graceMs;
  }
}

function rank(stage: EscalationStage): number {
  return stages.indexOf(stage);
}
