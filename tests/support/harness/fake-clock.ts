import type { Clock, Timer } from '../../../electron/core/supervision/clock.ts';

/** Time that passes only when the test says so. Timers run in the order of their deadlines, at exactly these. */
export class FakeClock implements Clock {
  #nowMs = 0;
  #order = 0;
  readonly #timers = new Map<number, { readonly atMs: number; readonly run: () => void }>();
  #epochMs: number;

  constructor(epochMs = 1_700_000_000_000) {
    this.#epochMs = epochMs;
  }

  nowMs(): number {
    return this.#epochMs + this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  get pending(): number {
    return this.#timers.size;
  }

  after(delayMs: number, run: () => void): Timer {
    this.#order += 1;
    const key = this.#order;
    this.#timers.set(key, { atMs: this.#nowMs + Math.max(0, delayMs), run });
    return { cancel: () => void this.#timers.delete(key) };
  }

  /** The wall clock is set; the monotonic one does not notice. */
  setWall(byMs: number): void {
    this.#epochMs += byMs;
  }

  /** Time passes at one blow, as for a machine that slept or a loop that was blocked: what is overdue runs now, late. */
  async leap(byMs: number): Promise<void> {
    this.#nowMs += byMs;
    await this.advance(0);
  }

  /** Lets time pass; promises settle between two timers. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.#nowMs + byMs;
    await settle();
    for (;;) {
      const next = [...this.#timers]
        .filter(([, timer]) => timer.atMs <= untilMs)
        .sort(([a, x], [b, y]) => x.atMs - y.atMs || a - b)[0];
      if (next === undefined) break;
      const [key, timer] = next;
      this.#timers.delete(key);
      this.#nowMs = Math.max(this.#nowMs, timer.atMs);
      timer.run();
      await settle();
    }
    this.#nowMs = untilMs;
  }
}

/** Lets everything that is ready run: promises, and streams that work a turn later. */
export async function settle(turns = 5): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
