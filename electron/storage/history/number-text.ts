/**
 * Numbers as short ASCII text: five bits to a character from `0` to `o`, the sixth says that more follow. Read from
 * SQLite it costs a third of what a blob does, which is what a chart over thousands of roll-ups is made of.
 */
const FIRST_CODE = 0x30;
const MORE = 0x20;

/** `value` is a whole number, 0 to 2^53. */
export function numberToText(value: number): string {
  let rest = value;
  let text = '';
  while (rest >= MORE) {
    text += String.fromCharCode(FIRST_CODE + MORE + (rest % MORE));
    rest = Math.floor(rest / MORE);
  }
  return text + String.fromCharCode(FIRST_CODE + rest);
}

/** Reads the numbers of a text one after the other; 0 behind its end, so that damage never throws. */
export class NumberReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  next(): number {
    let value = 0;
    let scale = 1;
    while (this.#at < this.#text.length) {
      const bits = this.#text.charCodeAt(this.#at) - FIRST_CODE;
      this.#at += 1;
      value += (bits & (MORE - 1)) * scale;
      if (bits < MORE) break;
      scale *= MORE;
    }
    return value;
  }
}
