import type { Clock } from '../core/supervision/clock.ts';

/** Lets a few starts through at a time, first come first served, so that a storm of restarts starves nobody. */
export class StartGate {
  readonly #clock: Clock;
  readonly #holdMs: number;
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param holdMs a start that takes longer no longer counts: a hanging handshake must not hold up the others */
  constructor(clock: Clock, places = 8, holdMs = 1000) {
    this.#clock = clock;
    this.#holdMs = holdMs;
    this.#free = places;
  }

  /** Waits for a place. The answer gives it back; calling it late or twice does nothing. */
  async enter(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let held = true;
    const leave = (): void => {
      if (!held) return;
      held = false;
      timer.cancel();
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    };
    const timer = this.#clock.after(this.#holdMs, leave);
    return leave;
  }
}
