/** Keeps the last bytes of a stream in constant memory: what a process said before it died. */
export class StderrRing {
  readonly #capacity: number;
  #bytes: Buffer | null = null;
  #next = 0;
  #total = 0;

  /** @param capacity bytes, 1 and up */
  constructor(capacity = 65_536) {
    this.#capacity = capacity;
  }

  /** Bytes seen in all, kept or not. */
  get totalBytes(): number {
    return this.#total;
  }

  push(chunk: Buffer): void {
    // Most skills never write a byte here: no memory for them.
    this.#bytes ??= Buffer.alloc(this.#capacity);
    const kept = chunk.length > this.#capacity ? chunk.subarray(chunk.length - this.#capacity) : chunk;
    const untilEnd = Math.min(kept.length, this.#capacity - this.#next);
    kept.copy(this.#bytes, this.#next, 0, untilEnd);
    kept.copy(this.#bytes, 0, untilEnd);
    this.#next = (this.#next + kept.length) % this.#capacity;
    this.#total += chunk.length;
  }

  /** The last `count` lines that are not blank, oldest first; each at most `maxChars` long. */
  lastLines(count: number, maxChars = 2000): readonly string[] {
    const lines = this.#text()
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .slice(-count);
    return lines.map((line) => (line.length > maxChars ? `${line.slice(0, maxChars)}…` : line));
  }

  #text(): string {
    if (this.#bytes === null) return '';
    if (this.#total <= this.#capacity) return this.#bytes.toString('utf8', 0, this.#total);
    return Buffer.concat([this.#bytes.subarray(this.#next), this.#bytes.subarray(0, this.#next)]).toString(
      'utf8',
    );
  }
}
