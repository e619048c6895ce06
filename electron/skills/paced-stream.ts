import type { Readable } from 'node:stream';
import type { Clock, Timer } from '../core/supervision/clock.ts';
import { ByteBudget } from './byte-budget.ts';

const resumeAfterMs = 20;

export interface PacedStreamPorts {
  readonly clock: Clock;
  /** On average. A writer that is faster is held back by its own full pipe; nothing is lost. */
  readonly bytesPerSecond: number;
  readonly burstBytes: number;
  /** The chunk is the caller's only until this returns: what is to be kept must be copied. */
  readonly onChunk: (chunk: Buffer) => void;
  /** Once: the writer closed its end, the pipe broke, or `close` was called. */
  readonly onEnd: () => void;
}

/** Reads a pipe of a skill no faster than the host can bear, so that one flood does not drown the others. */
export class PacedStream {
  readonly #stream: Readable;
  readonly #ports: PacedStreamPorts;
  readonly #budget: ByteBudget;
  #resume: Timer | null = null;
  #ended = false;
  #unbounded = false;

  constructor(stream: Readable, ports: PacedStreamPorts) {
    this.#stream = stream;
    this.#ports = ports;
    this.#budget = new ByteBudget({
      perSecond: ports.bytesPerSecond,
      burst: ports.burstBytes,
      nowMs: ports.clock.monotonicMs(),
    });
    stream.on('data', (chunk: Buffer) => this.#onChunk(chunk));
    stream.once('end', () => this.#end());
    stream.once('close', () => this.#end());
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** What a chunk costs besides its bytes, in bytes: parsing has a price per line. */
  charge(bytes: number): void {
    this.#budget.take(bytes);
  }

  /** The process has ended: read what is left in the pipe without holding back. */
  drain(): void {
    this.#unbounded = true;
    this.#resume?.cancel();
    this.#stream.resume();
  }

  /** Nothing is read any more. */
  close(): void {
    this.#resume?.cancel();
    this.#end();
    this.#stream.destroy();
  }

  #onChunk(chunk: Buffer): void {
    if (this.#ended) return;
    this.charge(chunk.length);
    this.#ports.onChunk(chunk);
    giveBack(chunk);
    if (this.#unbounded || this.#budget.has(this.#ports.clock.monotonicMs())) return;
    this.#stream.pause();
    this.#waitForBudget();
  }

  #waitForBudget(): void {
    this.#resume = this.#ports.clock.after(resumeAfterMs, () => {
      if (this.#budget.has(this.#ports.clock.monotonicMs())) this.#stream.resume();
      else this.#waitForBudget();
    });
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#ports.onEnd();
  }
}

/**
 * Frees the memory of a chunk that has been read. Every read of a pipe gets 64 KiB of its own outside the heap, and the
 * collector lets about 64 MiB of them gather before it looks: a flood would fill that within a second.
 */
function giveBack({ buffer, byteLength }: Buffer): void {
  // A part of a larger piece belongs to others too.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
