import type { Readable } from 'node:stream';
import type { Clock } from '../core/supervision/clock.ts';
import { LineReader } from './line-reader.ts';
import type { LogLimiter } from './log-limiter.ts';
import { logText, maxLogLineBytes } from './log-text.ts';
import { PacedStream } from './paced-stream.ts';
import { StderrRing } from './stderr-ring.ts';

/**
 * Far above what logs are kept at: what is over that is passed over unread, which costs little (half a core at the very
 * most), and who logs 100 MB/s should not be slowed down by it.
 */
const bytesPerSecond = 134_217_728;
const burstBytes = 4_194_304;

/**
 * Reads a skill's stderr: the last bytes always go to the ring, lines go to the log as far as the limiter lets them, and
 * what is over that is counted without being split.
 */
export class StderrPump {
  readonly ring = new StderrRing();
  readonly #limiter: LogLimiter;
  readonly #reader: LineReader;
  readonly #stream: PacedStream;

  constructor(stream: Readable, clock: Clock, limiter: LogLimiter, onEnd: () => void) {
    this.#limiter = limiter;
    this.#reader = new LineReader({
      maxBytes: maxLogLineBytes,
      overflow: 'cut',
      onLine: (line) => {
        if (line.trim() !== '') limiter.write('stderr', logText(line));
      },
    });
    this.#stream = new PacedStream(stream, {
      clock,
      bytesPerSecond,
      burstBytes,
      onChunk: (chunk) => this.#onChunk(chunk),
      onEnd: () => {
        this.#reader.end();
        onEnd();
      },
    });
  }

  get ended(): boolean {
    return this.#stream.ended;
  }

  drain(): void {
    this.#stream.drain();
  }

  close(): void {
    this.#stream.close();
  }

  #onChunk(chunk: Buffer): void {
    this.ring.push(chunk);
    if (this.#limiter.hasRoom()) {
      this.#reader.push(chunk);
    } else {
      this.#limiter.drop('stderr', chunk.length);
      this.#reader.ignore(chunk);
    }
  }
}
