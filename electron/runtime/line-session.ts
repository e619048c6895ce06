import { MAX_REQUEST_BYTES } from '../../shared/contract/index.ts';
import { LineReader } from '../skills/line-reader.ts';
import { Session, type SessionPorts, tooLarge } from './session.ts';

export interface LineSessionPorts extends SessionPorts {
  /** Closes the connection after what was sent has left. */
  close(): void;
}

/** A session over a byte stream: one request per line (NDJSON). */
export class LineSession {
  readonly #session: Session;
  readonly #reader: LineReader;
  readonly #ports: LineSessionPorts;
  #closed = false;
  #answered: Promise<unknown> = Promise.resolve();

  constructor(ports: LineSessionPorts) {
    this.#ports = ports;
    this.#session = new Session(ports);
    this.#reader = new LineReader({
      maxBytes: MAX_REQUEST_BYTES,
      overflow: 'drop',
      onLine: (line) => this.#line(line),
      onOverlong: () => this.#overlong(),
    });
  }

  push(chunk: Buffer): void {
    if (!this.#closed) this.#reader.push(chunk);
  }

  /** The other side has said everything. Half a line is answered as one that is not JSON. */
  async end(): Promise<void> {
    this.#reader.end();
    await this.#answered;
    this.close();
  }

  close(): void {
    this.#closed = true;
    this.#session.close();
  }

  #line(line: string): void {
    if (this.#closed || line.trim() === '') return;
    const answered = this.#session.receive(line);
    this.#answered = Promise.all([this.#answered, answered]);
  }

  #overlong(): void {
    if (this.#closed) return;
    this.#ports.send(JSON.stringify(tooLarge()));
    this.close();
    this.#ports.close();
  }
}
