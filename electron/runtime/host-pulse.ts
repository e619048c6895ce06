import type { Clock, Timer } from '../core/supervision/clock.ts';
import type { HostGap, HostWatch } from '../core/supervision/host-watch.ts';

/** A tick more than a second late means that the host, not a skill, was at fault (DESIGN.md section 4 rule 7). */
const TICK_MS = 250;

export interface HostPulsePorts {
  readonly clock: Clock;
  readonly watch: HostWatch;
  onGap(gap: HostGap): void;
}

/** Feeds the host watch with ticks, so that what the host slept through is known. */
export class HostPulse {
  readonly #ports: HostPulsePorts;
  #timer: Timer | null = null;

  constructor(ports: HostPulsePorts) {
    this.#ports = ports;
  }

  start(): void {
    const { clock, onGap, watch } = this.#ports;
    const gap = watch.tick({
      monotonicMs: clock.monotonicMs(),
      wallMs: clock.nowMs(),
      expectedGapMs: TICK_MS,
    });
    if (gap !== null) onGap(gap);
    this.#timer = clock.after(TICK_MS, () => this.start());
  }

  stop(): void {
    this.#timer?.cancel();
  }
}
