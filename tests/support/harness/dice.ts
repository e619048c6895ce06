/** Chance that comes out the same every time (Park and Miller's minimal standard), so that a failure can be repeated. */
export class Dice {
  #seed: number;

  /** @param seed 1 to 2³¹ − 2 */
  constructor(seed: number) {
    this.#seed = seed;
  }

  /** A whole number from 0 to `sides` − 1. */
  roll(sides: number): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed % sides;
  }

  /** Twelve letters: what varies in an error is recognised by its form, and a made-up word has none. */
  word(): string {
    return Array.from({ length: 12 }, () => String.fromCharCode(97 + this.roll(26))).join('');
  }
}
