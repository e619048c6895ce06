import type { Readable } from 'node:stream';
import { LineReader } from './line-reader.ts';
import type { LogLimiter } from './log-limiter.ts';
import { logText, maxLogLineBytes } from './log-text.ts';
import { StderrRing } from './stderr-ring.ts';

/**
 * Reads a skill's stderr to the end, however much comes: the last bytes always go to the ring, lines go to the log as
 * far as the limiter lets them, and what is over that is counted without being split.
 */
export class StderrPump {
  readonly #stream: Readable;
  readonly #limiter: LogLimiter;
  readonly #reader: LineReader;
  readonly ring = new StderrRing();
  #ended = false;

  constructor(stream: Readable, limiter: LogLimiter, onEnd: () => void) {
    this.#stream = stream;
    this.#limiter = limiter;
    this.#reader = new LineReader({
      maxBytes: maxLogLineBytes,
      overflow: 'cut',
      onLine: (line) => {
        if (line.trim() !== '') limiter.write('stderr', logText(line));
      },
    });
    const end = () => {
      if (this.#ended) return;
      this.#ended = true;
      this.#reader.end();
      onEnd();
    };
    stream.on('data', (chunk: Buffer) => this.#onChunk(chunk));
    stream.once('end', end);
    stream.once('close', end);
  }

  get ended(): boolean {
    return this.#ended;
  }

  close(): void {
    if (!this.#ended) {
      this.#ended = true;
      this.#reader.end();
    }
    this.#stream.destroy();
  }

  #onChunk(chunk: Buffer): void {
    if (this.#ended) return;
    this.ring.push(chunk);
    if (this.#limiter.hasRoom()) {
      this.#reader.push(chunk);
    } else {
      this.#limiter.drop('stderr', chunk.length);
      this.#reader.ignore(chunk);
    }
  }
}
