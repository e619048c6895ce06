/**
 * Spreads work that holds the event loop up for milliseconds (starting a process, entering the end of one): one piece a
 * turn, so that between any two of them everybody else is served once. A single piece is done at once.
 */
export class TurnLane {
  readonly #nextTurn: (go: () => void) => void;
  readonly #waiting: (() => void)[] = [];
  readonly #waitingFirst: (() => void)[] = [];
  #taken = false;

  /** @param nextTurn calls when everything that waits for the event loop has had its turn */
  constructor(nextTurn: (go: () => void) => void = (go) => void setImmediate(go)) {
    this.#nextTurn = nextTurn;
  }

  /** Does the work now, or in order as soon as there is a turn for it. */
  enter(work: () => void): void {
    this.#enter(this.#waiting, work);
  }

  /**
   * Resolves when it is the caller's turn to do something at once, before all work that has entered: what it starts
   * runs on another processor while this one goes on with the rest. For callers that are few at a time.
   */
  turn(): Promise<void> {
    return new Promise((resolve) => this.#enter(this.#waitingFirst, resolve));
  }

  #enter(queue: (() => void)[], work: () => void): void {
    if (this.#taken) queue.push(work);
    else this.#go(work);
  }

  #go(work: () => void): void {
    this.#taken = true;
    this.#nextTurn(() => {
      this.#taken = false;
      const next = this.#waitingFirst.shift() ?? this.#waiting.shift();
      if (next !== undefined) this.#go(next);
    });
    work();
  }
}
