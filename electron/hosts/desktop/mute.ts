const HOUR_MS = 3_600_000;

/** For how long native notifications are silent. Kept for this run only: a restart is a fresh start for the ears too. */
export class Mute {
  readonly #nowMs: () => number;
  #until: number | null = null;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Epoch ms, or null when nothing is muted (any more). */
  get until(): number | null {
    if (this.#until !== null && this.#until <= this.#nowMs()) this.#until = null;
    return this.#until;
  }

  forHours(hours: number): void {
    this.#until = this.#nowMs() + hours * HOUR_MS;
  }

  end(): void {
    this.#until = null;
  }
}
