import type { NatsConnection } from '@nats-io/transport-node';
import type { FleetFinding } from '../../../shared/model/fleet.ts';
import type { Clock, Timer } from '../../core/supervision/clock.ts';
import type { FixBook } from './fix-book.ts';
import { ShareSession } from './share-session.ts';
import { type ShareTrouble, shareTrouble } from './trouble.ts';

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;

export interface FixSharePorts {
  readonly clock: Clock;
  readonly book: FixBook;
  /** Whether a person wants fixes shared (`fleet.shareFixes`). */
  enabled(): boolean;
}

/**
 * Shares fixes with the fleet while there is a broker and a person wants it. Nothing waits for it, nothing it meets is
 * thrown at anybody, and without a broker it remembers nothing: what stands in the book is compared with the bucket
 * whenever both are there again.
 */
export class FixShare {
  readonly #ports: FixSharePorts;
  #connection: NatsConnection | null = null;
  #session: ShareSession | null = null;
  #retry: Timer | null = null;
  #retryMs = FIRST_RETRY_MS;
  #complete = false;
  #trouble: ShareTrouble | null = null;
  #dropped = 0;

  constructor(ports: FixSharePorts) {
    this.#ports = ports;
  }

  /** There is a broker to share them over; null: it is gone, or this host has left. */
  onSession(connection: NatsConnection | null): void {
    if (connection === this.#connection) return;
    this.#end();
    this.#connection = connection;
    this.#retryMs = FIRST_RETRY_MS;
    this.#begin();
  }

  /** Settings have changed: sharing begins, ends, or goes on. */
  settingsChanged(): void {
    if (!this.#ports.enabled()) this.#end();
    else if (this.#session === null && this.#retry === null) this.#begin();
  }

  /** What this host says about a shared fix has changed. */
  touch(key: string): void {
    this.#session?.touch(key);
  }

  /** How the exchange of fixes is, for people. */
  findings(): FleetFinding[] {
    if (!this.#ports.enabled()) {
      return [{ level: 'ok', what: 'Fixes are not shared: sharing is off on this host.', todo: null }];
    }
    const found: FleetFinding[] = [];
    if (this.#trouble !== null)
      found.push({ level: 'warning', what: this.#trouble.what, todo: this.#trouble.todo });
    else if (this.#complete)
      found.push({ level: 'ok', what: 'Fixes are shared with the fleet.', todo: null });
    if (this.#dropped > 0) {
      found.push({
        level: 'warning',
        what: `${this.#dropped} entries of shared fixes could not be read and were left out.`,
        todo: 'Find out who writes to the bucket skillward_fixes besides hosts of this fleet.',
      });
    }
    return found;
  }

  /** Nothing is told any more. What was shared stays in the fleet. */
  stop(): void {
    this.onSession(null);
  }

  #begin(): void {
    const connection = this.#connection;
    if (connection === null || !this.#ports.enabled()) return;
    const { book, clock } = this.#ports;
    const session = new ShareSession({
      ...{ book, clock },
      onComplete: () => {
        if (this.#session !== session) return;
        this.#complete = true;
        this.#trouble = null;
        this.#retryMs = FIRST_RETRY_MS;
      },
      onDropped: (count) => {
        this.#dropped += count;
      },
      onTrouble: (trouble) => {
        if (this.#session !== session) return;
        this.#trouble = trouble;
        if (trouble !== null) this.#retryAfter(LAST_RETRY_MS, () => session.resume());
      },
    });
    this.#session = session;
    session.run(connection).catch((error: unknown) => {
      if (this.#session !== session) return;
      this.#session = null;
      this.#complete = false;
      this.#trouble = shareTrouble(error);
      this.#retryAfter(this.#retryMs, () => this.#begin());
      this.#retryMs = Math.min(LAST_RETRY_MS, this.#retryMs * 2);
    });
  }

  #retryAfter(delayMs: number, run: () => void): void {
    this.#retry?.cancel();
    this.#retry = this.#ports.clock.after(delayMs, () => {
      this.#retry = null;
      run();
    });
  }

  #end(): void {
    const session = this.#session;
    this.#session = null;
    this.#complete = false;
    this.#trouble = null;
    this.#dropped = 0;
    this.#retry?.cancel();
    this.#retry = null;
    session?.stop();
  }
}
