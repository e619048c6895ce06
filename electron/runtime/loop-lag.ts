import { createHistogram, performance } from 'node:perf_hooks';
import type { RuntimeStatus } from '../../shared/model/runtime.ts';
import type { Clock, Timer } from '../core/supervision/clock.ts';

const NS_PER_MS = 1e6;
/** A working loop is looked at this often, ms: how late a look comes is the lag. */
const LOOK_MS = 50;
/** A resting loop is looked at once for so many looks. The looks were most of what a host without work cost. */
const LOOKS_AT_REST = 5;
/** The loop rests while it works for less than this share of the time: no look between could have been late by much. */
const REST_SHARE = 0.05;
/** So many looks without work, and the loop is taken to rest. */
const CALM_LOOKS = 40;
/** Lag is told over the last minute or two, not since the start: old trouble must not hide present calm. */
const WINDOW_MS = 60_000;

type LagFigures = RuntimeStatus['eventLoopLagMs'];

export interface LoopLagPorts {
  readonly clock: Pick<Clock, 'monotonicMs' | 'after'>;
  /** Share of the time since the last call that the event loop worked, 0 to 1; 1 where that cannot be known. */
  workShare(): number;
}

/**
 * How late the event loop comes to what is due, as percentiles of looks every 50 ms. One pause of less than 250 ms in a loop
 * at rest may fall between two looks; as soon as there is more work, none of 50 ms does.
 */
export class LoopLag {
  readonly #ports: LoopLagPorts;
  readonly #looks = createHistogram();
  #timer: Timer | null = null;
  #calmLooks = 0;
  #windowStartMs: number;
  #previous: LagFigures = { p50: 0, p99: 0, max: 0 };

  constructor(ports: LoopLagPorts) {
    this.#ports = ports;
    this.#windowStartMs = ports.clock.monotonicMs();
  }

  start(): void {
    this.#ports.workShare();
    this.#lookIn(1);
  }

  stop(): void {
    this.#timer?.cancel();
  }

  /** Over the present window (or the last one while this is young), ms. */
  figures(): LagFigures {
    const looks = this.#looks;
    const seen = looks.count > 0;
    const present = {
      p50: seen ? toMs(looks.percentile(50)) : 0,
      p99: seen ? toMs(looks.percentile(99)) : 0,
      max: seen ? toMs(looks.max) : 0,
    };
    const nowMs = this.#ports.clock.monotonicMs();
    if (nowMs - this.#windowStartMs > WINDOW_MS) {
      this.#previous = present;
      looks.reset();
      this.#windowStartMs = nowMs;
      return present;
    }
    return {
      p50: present.p50,
      p99: Math.max(present.p99, this.#previous.p99),
      max: Math.max(present.max, this.#previous.max),
    };
  }

  #lookIn(looks: number): void {
    const { clock } = this.#ports;
    const waitMs = looks * LOOK_MS;
    const dueMs = clock.monotonicMs() + waitMs;
    this.#timer = clock.after(waitMs, () => {
      const lateMs = Math.max(0, clock.monotonicMs() - dueMs);
      this.#look(looks, lateMs);
    });
  }

  /** @param looks as many as would have come since the last one, had the loop not been at rest */
  #look(looks: number, lateMs: number): void {
    this.#note(lateMs);
    const resting = this.#ports.workShare() < REST_SHARE;
    // Of those left out nothing is known once there was work: they count neither for nor against.
    if (resting) for (let left = looks; left > 1; left -= 1) this.#note(0);
    this.#calmLooks = resting ? this.#calmLooks + 1 : 0;
    this.#lookIn(this.#calmLooks >= CALM_LOOKS ? LOOKS_AT_REST : 1);
  }

  #note(lateMs: number): void {
    this.#looks.record(Math.max(1, Math.round(lateMs * NS_PER_MS)));
  }
}

/** How much the event loop of this process worked since the last call. */
export function loopWork(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { active, idle, utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    // A loop that another one drives does not count its rest.
    return active + idle > 0 ? utilization : 1;
  };
}

function toMs(nanoseconds: number): number {
  return Math.round((nanoseconds / NS_PER_MS) * 10) / 10;
}
