import type { RuntimeStatus } from '../../shared/model/runtime.ts';
import type { Clock } from '../core/supervision/clock.ts';
import { LoopLag, loopWork } from './loop-lag.ts';

/** Measures the host itself: event-loop lag, CPU share. */
export class HostMeter {
  readonly #lag: LoopLag;
  #cpuAtMs = performance.now();
  #cpu = process.cpuUsage();
  #cpuShare = 0;

  constructor(clock: Clock) {
    this.#lag = new LoopLag({ clock, workShare: loopWork() });
  }

  start(): void {
    this.#lag.start();
  }

  stop(): void {
    this.#lag.stop();
  }

  lag(): RuntimeStatus['eventLoopLagMs'] {
    return this.#lag.figures();
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
