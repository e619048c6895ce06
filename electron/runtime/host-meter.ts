import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { RuntimeStatus } from '../../shared/model/runtime.ts';

const NS_PER_MS = 1e6;
/**
 * The histogram ticks this often; its own tick is not lag. Ticks are most of what a host without skills costs, and yet
 * half as many would count every late one double: the 99th percentile is one of ticks, not of time.
 */
const RESOLUTION_MS = 50;
/** Lag is told over the last minute or two, not since the start: old trouble must not hide present calm. */
const WINDOW_MS = 60_000;

/** Measures the host itself: event-loop lag, memory, CPU share. */
export class HostMeter {
  readonly #histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #windowStartMs = performance.now();
  #previous: RuntimeStatus['eventLoopLagMs'] = { p50: 0, p99: 0, max: 0 };
  #cpuAtMs = performance.now();
  #cpu = process.cpuUsage();
  #cpuShare = 0;

  start(): void {
    this.#histogram.enable();
  }

  stop(): void {
    this.#histogram.disable();
  }

  /** Milliseconds beyond the tick, over the present window (or the last one while this is young). */
  lag(): RuntimeStatus['eventLoopLagMs'] {
    const nowMs = performance.now();
    const present = {
      p50: toLagMs(this.#histogram.percentile(50)),
      p99: toLagMs(this.#histogram.percentile(99)),
      max: toLagMs(this.#histogram.max),
    };
    if (nowMs - this.#windowStartMs > WINDOW_MS) {
      this.#previous = present;
      this.#histogram.reset();
      this.#windowStartMs = nowMs;
      return present;
    }
    return {
      p50: present.p50,
      p99: Math.max(present.p99, this.#previous.p99),
      max: Math.max(present.max, this.#previous.max),
    };
  }

  /** Share of one core since the last look at least five seconds ago, 0 and up. */
  cpuShare(): number {
    const nowMs = performance.now();
    const spanMs = nowMs - this.#cpuAtMs;
    if (spanMs >= 5000) {
      const used = process.cpuUsage(this.#cpu);
      this.#cpuShare = (used.user + used.system) / 1000 / spanMs;
      this.#cpu = process.cpuUsage();
      this.#cpuAtMs = nowMs;
    }
    return this.#cpuShare;
  }
}

function toLagMs(nanoseconds: number): number {
  if (!Number.isFinite(nanoseconds) || nanoseconds > 1e15) return 0;
  return Math.max(0, Math.round((nanoseconds / NS_PER_MS - RESOLUTION_MS) * 10) / 10);
}
