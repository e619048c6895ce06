/** A line of JSON longer than this is dropped: DESIGN.md section 5. */
export const maxLineBytes = 1_048_576;

const newline = 0x0a;
const carriageReturn = 0x0d;
const smallestStore = 1024;
/** A store larger than this is given back after its line, so that one long answer does not stay in memory. */
const largestKeptStore = 65_536;

export interface LineReaderOptions {
  /** The longest line, bytes, its line break not counted. 1 and up. */
  readonly maxBytes: number;
  /** What becomes of a longer line: nothing of it, or its first `maxBytes` bytes. The rest up to the next newline is dropped either way. */
  readonly overflow: 'drop' | 'cut';
  readonly onLine: (line: string) => void;
  /** Once per over-long line, as soon as it is known to be one. */
  readonly onOverlong?: () => void;
}

/**
 * Splits a byte stream into lines (`\n` or `\r\n`) and decodes whole lines, so that a character cut in two by a chunk
 * border is read right and a bare `\r` does not split. Memory stays below twice `maxBytes` whatever arrives.
 */
export class LineReader {
  readonly #options: LineReaderOptions;
  #store: Buffer | null = null;
  #stored = 0;
  #skipping = false;

  constructor(options: LineReaderOptions) {
    this.#options = options;
  }

  push(chunk: Buffer): void {
    let from = 0;
    while (from < chunk.length) {
      const at = chunk.indexOf(newline, from);
      const to = at === -1 ? chunk.length : at;
      if (!this.#skipping) this.#take(chunk, from, to, at !== -1);
      if (at === -1) return;
      this.#skipping = false;
      from = at + 1;
    }
  }

  /** The stream ended: a last line without a newline is a line. */
  end(): void {
    if (this.#stored > 0) this.#emitStored();
    this.#skipping = false;
  }

  /** Passes over a chunk without looking for lines in it: reading goes on with the first line that begins after it. */
  ignore(chunk: Buffer): void {
    this.#skip();
    this.#skipping = chunk.at(-1) !== newline;
  }

  #take(chunk: Buffer, from: number, to: number, complete: boolean): void {
    const { maxBytes } = this.#options;
    const length = this.#stored + (to - from);
    // One byte of grace: it may be the carriage return that belongs to the line break.
    if (length > maxBytes + 1 || (length === maxBytes + 1 && !this.#endsInReturn(chunk, from, to))) {
      this.#overflow(chunk, from);
    } else if (!complete) {
      this.#append(chunk, from, to);
    } else if (this.#stored === 0) {
      this.#emit(chunk, from, to);
    } else {
      this.#append(chunk, from, to);
      this.#emitStored();
    }
  }

  #endsInReturn(chunk: Buffer, from: number, to: number): boolean {
    return to > from ? chunk[to - 1] === carriageReturn : this.#store?.[this.#stored - 1] === carriageReturn;
  }

  #overflow(chunk: Buffer, from: number): void {
    const { maxBytes, overflow, onLine, onOverlong } = this.#options;
    if (overflow === 'cut') {
      if (this.#stored < maxBytes) this.#append(chunk, from, from + (maxBytes - this.#stored));
      onLine((this.#store ?? Buffer.alloc(0)).toString('utf8', 0, maxBytes));
    }
    this.#skip();
    onOverlong?.();
  }

  #append(chunk: Buffer, from: number, to: number): void {
    const needed = this.#stored + (to - from);
    if (this.#store === null || this.#store.length < needed) {
      // Doubling keeps the copying linear in what arrives, however small the chunks are.
      const larger = Buffer.allocUnsafeSlow(Math.max(smallestStore, needed, 2 * (this.#store?.length ?? 0)));
      this.#store?.copy(larger, 0, 0, this.#stored);
      this.#store = larger;
    }
    chunk.copy(this.#store, this.#stored, from, to);
    this.#stored = needed;
  }

  #emitStored(): void {
    const store = this.#store;
    const length = this.#stored;
    this.#stored = 0;
    if (store !== null) this.#emit(store, 0, length);
    if (store !== null && store.length > largestKeptStore) this.#store = null;
  }

  #emit(bytes: Buffer, from: number, to: number): void {
    const end = to > from && bytes[to - 1] === carriageReturn ? to - 1 : to;
    this.#options.onLine(bytes.toString('utf8', from, end));
  }

  #skip(): void {
    this.#store = null;
    this.#stored = 0;
    this.#skipping = true;
  }
}
