import type { LogStream } from '../../shared/model/log.ts';
import type { Clock, Timer } from '../core/supervision/clock.ts';
import { ByteBudget } from './byte-budget.ts';

/** A burst of this many bytes is kept whole: the longest traceback anybody prints. */
const burstBytes = 1_048_576;
const bytesPerSecond = 262_144;
/** What a line costs besides its bytes, so that a flood of empty lines runs dry too. */
const lineOverheadBytes = 64;
const reportEveryMs = 1000;

export interface LogLimiterPorts {
  readonly clock: Clock;
  readonly write: (stream: LogStream, text: string) => void;
  /** Called whenever bytes of a stream were dropped. */
  readonly onDropped: (stream: LogStream, bytes: number) => void;
}

/** Lets a skill's log lines through up to a rate; what is over it is counted and told once a second. */
export class LogLimiter {
  readonly #ports: LogLimiterPorts;
  readonly #budget: ByteBudget;
  #droppedBytes = 0;
  #report: Timer | null = null;

  constructor(ports: LogLimiterPorts) {
    this.#ports = ports;
    this.#budget = new ByteBudget({
      perSecond: bytesPerSecond,
      burst: burstBytes,
      nowMs: ports.clock.monotonicMs(),
    });
  }

  /** False: whatever comes now is over the rate, and `drop` is the cheap way to say so. */
  hasRoom(): boolean {
    return this.#budget.has(this.#ports.clock.monotonicMs());
  }

  write(stream: LogStream, text: string): void {
    const bytes = Buffer.byteLength(text) + 1;
    if (!this.hasRoom()) {
      this.drop(stream, bytes);
      return;
    }
    this.#budget.take(bytes + lineOverheadBytes);
    this.#ports.write(stream, text);
  }

  drop(stream: LogStream, bytes: number): void {
    this.#droppedBytes += bytes;
    this.#ports.onDropped(stream, bytes);
    this.#report ??= this.#ports.clock.after(reportEveryMs, () => this.flush());
  }

  /** Tells now what was dropped since the last time. */
  flush(): void {
    this.#report?.cancel();
    this.#report = null;
    if (this.#droppedBytes === 0) return;
    const bytes = this.#droppedBytes;
    this.#droppedBytes = 0;
    this.#ports.write(
      'host',
      `${bytes} bytes of output were not kept: the skill writes faster than logs are kept`,
    );
  }
}
