import type { HealthCheckOutcome } from '../../shared/model/health.ts';
import { measureSkillHealth } from '../core/health/check-skill-health.ts';
import type { CheckPlan } from '../core/schedule/check-plan.ts';
import type { Clock, Timer } from '../core/supervision/clock.ts';
import type { HostWatch } from '../core/supervision/host-watch.ts';
import type { Supervisor } from '../skills/supervisor.ts';
import type { HealthDesk } from './health-desk.ts';
import type { SkillView } from './skill-view.ts';

/** How long a check that lost its process waits for the exit to be told, ms: the stop escalation's longest way. */
const EXIT_NEWS_MS = 10_000;

/** What one question came to. `outcome` null: no verdict (the host was at fault, or the skill was stopped meanwhile). */
export interface CheckResult {
  readonly outcome: HealthCheckOutcome | null;
  readonly latencyMs: number | null;
}

export interface CheckLoopPorts {
  readonly clock: Clock;
  readonly plan: CheckPlan;
  readonly supervisor: Supervisor;
  readonly view: SkillView;
  readonly desk: HealthDesk;
  readonly watch: HostWatch;
  maxConcurrentChecks(): number;
  /** False while a person has paused the health checks: then only questions asked by hand are asked. */
  enabled(): boolean;
}

/** Asks skills when they are due: never two questions to one skill, never more at once than the settings allow. */
export class CheckLoop {
  readonly #ports: CheckLoopPorts;
  readonly #inFlight = new Map<string, Promise<CheckResult>>();
  readonly #queue: string[] = [];
  /** Outcomes that arrived by a process dying, for the check that was under way: one event counts once. */
  readonly #exits = new Map<string, (outcome: HealthCheckOutcome | null) => void>();
  #active = 0;
  #timer: Timer | null = null;
  #stopped = true;

  constructor(ports: CheckLoopPorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#stopped = false;
    this.reschedule();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#timer = null;
    this.#queue.length = 0;
  }

  /** Call after the plan changed: wakes for whatever is due next. */
  reschedule(): void {
    if (this.#stopped) return;
    this.#timer?.cancel();
    const earliest = this.#ports.enabled() ? this.#ports.plan.earliest() : null;
    this.#timer =
      earliest === null
        ? null
        : this.#ports.clock.after(Math.max(0, earliest - this.#ports.clock.monotonicMs()), () =>
            this.#wake(),
          );
  }

  /** Asks every skill that is due now; used by the wake-up and by the `skill_health_check` round. Returns how many. */
  askDue(): number {
    const { plan, clock } = this.#ports;
    const nowMs = clock.monotonicMs();
    const due = plan.due(nowMs);
    for (const skillId of due) {
      plan.asked(skillId, nowMs);
      if (!this.#queue.includes(skillId)) this.#queue.push(skillId);
    }
    this.#drain();
    return due.length;
  }

  /** Asks one skill now. A question already under way is joined. */
  ask(skillId: string): Promise<CheckResult> {
    const underWay = this.#inFlight.get(skillId);
    if (underWay !== undefined) return underWay;
    this.#ports.plan.asked(skillId, this.#ports.clock.monotonicMs());
    const asking = this.#askOnce(skillId).finally(() => {
      this.#inFlight.delete(skillId);
      this.#exits.delete(skillId);
      this.reschedule();
    });
    this.#inFlight.set(skillId, asking);
    return asking;
  }

  /** Asks several skills, as many at once as the settings allow, and waits for all answers. */
  async askAll(skillIds: readonly string[]): Promise<Map<string, CheckResult>> {
    const results = new Map<string, CheckResult>();
    const waiting = [...skillIds];
    const worker = async () => {
      for (let skillId = waiting.shift(); skillId !== undefined; skillId = waiting.shift()) {
        results.set(skillId, await this.ask(skillId));
      }
    };
    await Promise.all(Array.from({ length: this.#ports.maxConcurrentChecks() }, worker));
    return results;
  }

  /** A process ended unasked and its outcome has been entered: a check under way ends with it instead of counting again. */
  noteExit(skillId: string, outcome: HealthCheckOutcome): void {
    this.#exits.get(skillId)?.(outcome);
  }

  /** A process was stopped because somebody asked for it: a check under way ends without a verdict. */
  noteStop(skillId: string): void {
    this.#exits.get(skillId)?.(null);
  }

  #wake(): void {
    this.askDue();
    this.reschedule();
  }

  #drain(): void {
    while (this.#active < this.#ports.maxConcurrentChecks()) {
      const skillId = this.#queue.shift();
      if (skillId === undefined) return;
      this.#active += 1;
      void this.ask(skillId).finally(() => {
        this.#active -= 1;
        this.#drain();
      });
    }
  }

  async #askOnce(skillId: string): Promise<CheckResult> {
    const { clock, desk, plan, supervisor, view, watch } = this.#ports;
    const exited = new Promise<HealthCheckOutcome | null>((resolve) => this.#exits.set(skillId, resolve));
    // A run somebody else ordered tells how it went by itself.
    if (!supervisor.isAskable(skillId) || supervisor.isBusy(skillId))
      return { outcome: null, latencyMs: null };
    const startedMs = clock.monotonicMs();
    const { outcome, latencyMs } = await measureSkillHealth(
      supervisor,
      skillId,
      view.settings(skillId).health,
    );
    if (isGone(outcome)) return { outcome: await this.#exitNews(exited), latencyMs: null };
    if (!supervisor.isAskable(skillId)) return { outcome: null, latencyMs: null };
    if (outcome.kind !== 'healthy' && watch.hostAtFaultBetween(startedMs, clock.monotonicMs())) {
      plan.askSoon(skillId, clock.monotonicMs());
      return { outcome: null, latencyMs: null };
    }
    desk.enter(skillId, outcome, latencyMs);
    return { outcome, latencyMs };
  }

  /** The process went away under the question. Its exit is entered by whoever saw it; a stop somebody asked for is no verdict. */
  #exitNews(exited: Promise<HealthCheckOutcome | null>): Promise<HealthCheckOutcome | null> {
    return new Promise((resolve) => {
      const timer = this.#ports.clock.after(EXIT_NEWS_MS, () => resolve(null));
      void exited.then((outcome) => {
        timer.cancel();
        resolve(outcome);
      });
    });
  }
}

function isGone(outcome: HealthCheckOutcome): boolean {
  return outcome.kind === 'unreachable' && outcome.cause !== 'hang';
}
