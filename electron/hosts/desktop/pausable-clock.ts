import type { realClock } from '../../runtime/real-clock.ts';

type Clock = typeof realClock;

/**
 * A clock whose timers can be held. While the machine goes to sleep nothing may become due: no check, no restart, no
 * task (DESIGN.md section 4 rule 7). What became due meanwhile runs at `resume`, in its order; the host watch, whose
 * own tick was held as well, then knows of the gap and no skill is blamed for it.
 */
export class PausableClock {
  readonly #under: Clock;
  readonly #held = new Set<{ readonly run: () => void }>();
  #paused = false;

  constructor(under: Clock) {
    this.#under = under;
  }

  nowMs(): number {
    return this.#under.nowMs();
  }

  monotonicMs(): number {
    return this.#under.monotonicMs();
  }

  after(delayMs: number, run: () => void): ReturnType<Clock['after']> {
    const entry = { run };
    const timer = this.#under.after(delayMs, () => {
      if (this.#paused) this.#held.add(entry);
      else run();
    });
    return {
      cancel: () => {
        timer.cancel();
        this.#held.delete(entry);
      },
    };
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    for (const entry of [...this.#held]) {
      // One that ran before it may have cancelled this one.
      if (this.#held.delete(entry)) entry.run();
    }
  }
}
