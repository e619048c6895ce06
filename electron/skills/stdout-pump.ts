import type { Readable } from 'node:stream';
import type { Clock, Timer } from '../core/supervision/clock.ts';
import { ByteBudget } from './byte-budget.ts';
import { readJsonLine } from './json-line.ts';
import { LineReader, maxLineBytes } from './line-reader.ts';

/** How fast a skill's stdout is read. A skill that writes faster is held back by its own full pipe; nothing is lost. */
const readBytesPerSecond = 16_777_216;
const readBurstBytes = 524_288;
/** What a line costs besides its bytes: parsing has a price per line. */
const lineOverheadBytes = 512;
const resumeAfterMs = 20;

export interface StdoutPumpPorts {
  readonly clock: Clock;
  readonly onMessage: (value: Readonly<Record<string, unknown>>, line: string) => void;
  /** A line that is no JSON object. */
  readonly onText: (line: string) => void;
  /** A line too long or nested too deep to be looked at. */
  readonly onDropped: (what: string) => void;
  /** The skill closed its output, or the pipe broke. */
  readonly onEnd: () => void;
}

/** Turns a skill's stdout into messages and text, at a pace the host can bear. */
export class StdoutPump {
  readonly #stream: Readable;
  readonly #ports: StdoutPumpPorts;
  readonly #reader: LineReader;
  readonly #budget: ByteBudget;
  #resume: Timer | null = null;
  #ended = false;
  #unbounded = false;

  constructor(stream: Readable, ports: StdoutPumpPorts) {
    this.#stream = stream;
    this.#ports = ports;
    this.#budget = new ByteBudget({
      perSecond: readBytesPerSecond,
      burst: readBurstBytes,
      nowMs: ports.clock.monotonicMs(),
    });
    this.#reader = new LineReader({
      maxBytes: maxLineBytes,
      overflow: 'drop',
      onLine: (line) => this.#onLine(line),
      onOverlong: () => ports.onDropped(`a line over ${maxLineBytes} bytes`),
    });
    stream.on('data', (chunk: Buffer) => this.#onChunk(chunk));
    stream.once('end', () => this.#end());
    stream.once('close', () => this.#end());
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The process has ended: read what is left in the pipe without holding back. */
  drain(): void {
    this.#unbounded = true;
    this.#resume?.cancel();
    this.#stream.resume();
  }

  /** Nothing is read any more; a last line without a newline is still looked at. */
  close(): void {
    this.#resume?.cancel();
    this.#end();
    this.#stream.destroy();
  }

  #onChunk(chunk: Buffer): void {
    if (this.#ended) return;
    this.#budget.take(chunk.length);
    this.#reader.push(chunk);
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

  #onLine(line: string): void {
    this.#budget.take(lineOverheadBytes);
    const read = readJsonLine(line);
    if (read.kind === 'json') this.#ports.onMessage(read.value, line);
    else if (read.kind === 'text') this.#ports.onText(line);
    else if (read.kind === 'too-deep') this.#ports.onDropped('a line of JSON nested too deep');
  }

  #end(): void {
    if (this.#ended) return;
    this.#reader.end();
    this.#ended = true;
    this.#ports.onEnd();
  }
}
