import type { Readable } from 'node:stream';
import type { Clock } from '../core/supervision/clock.ts';
import { readJsonLine } from './json-line.ts';
import { LineReader, maxLineBytes } from './line-reader.ts';
import { PacedStream } from './paced-stream.ts';

/** Answers come here too, so nothing of it can be passed over: whoever writes faster is slowed by its own full pipe. */
const bytesPerSecond = 16_777_216;
const burstBytes = 524_288;
const lineOverheadBytes = 512;

export interface StdoutPumpPorts {
  readonly clock: Clock;
  readonly onMessage: (value: Readonly<Record<string, unknown>>, line: string) => void;
  /** A line that is no JSON object. */
  readonly onText: (line: string) => void;
  /** A line too long or nested too deep to be looked at. */
  readonly onDropped: (what: string) => void;
  /** The skill closed its output, or the pipe broke. Its last line, finished or not, was looked at. */
  readonly onEnd: () => void;
}

/** Turns a skill's stdout into messages and text. */
export class StdoutPump {
  readonly #ports: StdoutPumpPorts;
  readonly #reader: LineReader;
  readonly #stream: PacedStream;

  constructor(stream: Readable, ports: StdoutPumpPorts) {
    this.#ports = ports;
    this.#reader = new LineReader({
      maxBytes: maxLineBytes,
      overflow: 'drop',
      onLine: (line) => this.#onLine(line),
      onOverlong: () => ports.onDropped(`a line over ${maxLineBytes} bytes`),
    });
    this.#stream = new PacedStream(stream, {
      clock: ports.clock,
      bytesPerSecond,
      burstBytes,
      onChunk: (chunk) => this.#reader.push(chunk),
      onEnd: () => {
        this.#reader.end();
        ports.onEnd();
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

  #onLine(line: string): void {
    this.#stream.charge(lineOverheadBytes);
    const read = readJsonLine(line);
    if (read.kind === 'json') this.#ports.onMessage(read.value, line);
    else if (read.kind === 'text') this.#ports.onText(line);
    else if (read.kind === 'too-deep') this.#ports.onDropped('a line of JSON nested too deep');
  }
}
