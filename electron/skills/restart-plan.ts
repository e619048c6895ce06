import type { RestartConfig } from '../../shared/model/config.ts';
import { nextRestart, stableAfterMs, stableBackoff } from '../core/supervision/backoff.ts';
import type { Clock, Timer } from '../core/supervision/clock.ts';

/** More in one window than any limit people set would let pass. */
const COUNTED_RESTARTS = 1000;

/** The row of restarts of one skill: which delay is next, when it is over, and when the row begins anew. */
export class RestartPlan {
  readonly #clock: Clock;
  readonly #random: () => number;
  #backoff = stableBackoff;
  #restarts = 0;
  /** Monotonic ms of the newest restarts, oldest first. */
  #orderedAtMs: readonly number[] = [];
  #planned = false;
  #dueMonoMs = 0;
  #nextAttemptAt: number | null = null;
  #delayMs: number | null = null;
  #timer: Timer | null = null;
  #stableTimer: Timer | null = null;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Restarts ordered so far. */
  get restarts(): number {
    return this.#restarts;
  }

  /** Restarts ordered within the last `windowMs`, `COUNTED_RESTARTS` at most. */
  restartsWithin(windowMs: number): number {
    const fromMs = this.#clock.monotonicMs() - windowMs;
    return this.#orderedAtMs.filter((atMs) => atMs > fromMs).length;
  }

  /** A restart is on its way: the old process is being ended, or the delay runs. */
  get planned(): boolean {
    return this.#planned;
  }

  /** When the planned restart is due, epoch ms; null when none waits. */
  get nextAttemptAt(): number | null {
    return this.#nextAttemptAt;
  }

  /** The delay drawn for the planned restart, jitter included, ms; null when none waits. */
  get delayMs(): number | null {
    return this.#delayMs;
  }

  /** Plans the next restart. Its delay runs from now, whatever has to be done before. */
  order(config: RestartConfig): void {
    const { delayMs, state } = nextRestart(this.#backoff, config, this.#random);
    this.#backoff = state;
    this.#restarts += 1;
    this.#orderedAtMs = [...this.#orderedAtMs, this.#clock.monotonicMs()].slice(-COUNTED_RESTARTS);
    this.#planned = true;
    this.#dueMonoMs = this.#clock.monotonicMs() + delayMs;
    this.#nextAttemptAt = delayMs === 0 ? null : this.#clock.nowMs() + delayMs;
    this.#delayMs = delayMs === 0 ? null : delayMs;
  }

  /** Runs `begin` when the planned restart is due. False when that was at once. */
  whenDue(begin: () => void): boolean {
    const leftMs = Math.max(0, this.#dueMonoMs - this.#clock.monotonicMs());
    if (leftMs === 0) begin();
    else this.#timer = this.#clock.after(leftMs, begin);
    return leftMs > 0;
  }

  /** Nothing is planned any more. The row of delays stays where it is. */
  cancel(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#planned = false;
    this.#nextAttemptAt = null;
    this.#delayMs = null;
  }

  /** The next restart is the first again: after a start by a person, or a stable run. */
  beginAnew(): void {
    this.#backoff = stableBackoff;
  }

  /** A run counts as stable so long after this moment (its handshake, or its last failed check) unless told otherwise. */
  watchRun(stableAfterSecs: number): void {
    this.runEnded();
    const afterMs = stableAfterMs(this.#backoff, stableAfterSecs);
    this.#stableTimer = this.#clock.after(afterMs, () => this.beginAnew());
  }

  runEnded(): void {
    this.#stableTimer?.cancel();
    this.#stableTimer = null;
  }
}
