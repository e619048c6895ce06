import {
  type HostReport,
  type HostSnapshot,
  hostSnapshotSchema,
} from '../../../shared/contract/fleet-wire.ts';
import type { HostEvent } from '../../../shared/contract/index.ts';
import { CommandError, responseEnvelopeSchema } from '../../../shared/contract/index.ts';
import { Follower, type FollowStep } from '../../core/fleet/follower.ts';
import type { FleetSession } from '../types.ts';
import { type AskPorts, askHost } from './ask.ts';
import { type EventTap, type StreamPlace, type TapOptions, tapLive, tapStream } from './event-tap.ts';
import { readBatch } from './read-batch.ts';

/** How long a host may take for a snapshot of all its skills, ms. */
const SNAPSHOT_TIMEOUT_MS = 10_000;
const MAX_ATTEMPTS = 3;

/** What pages see when events of a host are gone for good: no start of a host has this name, so they ask again. */
const LOST = { boot: '', seq: 1, event: 'fleet.lost', payload: null } as const;

export interface FollowPorts extends AskPorts {
  publish(event: Extract<HostEvent, { event: 'fleet.event' }>): void;
  report(message: string, error: unknown): void;
  /** Something came on the host's subject that is no batch of its events. */
  unreadable(): void;
}

/** One host whose events somebody here sees: its tap at the broker, kept in step by a `Follower`. */
export class FollowedHost {
  readonly #hostId: string;
  readonly #ports: FollowPorts;
  readonly #follower = new Follower();
  #tap: EventTap | null = null;
  #tapping: Promise<void> | null = null;
  #session: FleetSession | null = null;
  /** The stream keeps nothing of this host, as it turned out; what is published is heard all the same. */
  #streamIsSilent = false;
  #place: StreamPlace | null = null;
  #asking: Promise<HostSnapshot> | null = null;
  /** Counts taps: what a former one still brings is left out. */
  #turn = 0;
  #stopped = false;

  constructor(hostId: string, ports: FollowPorts) {
    this.#hostId = hostId;
    this.#ports = ports;
  }

  /** Up to where events have passed; null while a snapshot is needed. */
  get at(): { readonly boot: string; readonly seq: number } | null {
    return this.#follower.at;
  }

  /** A snapshot, after which events pass. Several who ask at once get the same one. Throws `CommandError`. */
  snapshot(): Promise<HostSnapshot> {
    this.#asking ??= this.#takeSnapshot().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** The host said how far it is. */
  heard({ boot, seq }: HostReport): void {
    const step = this.#follower.reported(boot, seq);
    if (step.lost && this.#tap?.kind === 'stream') {
      this.#streamIsSilent = true;
      this.#untap();
    }
    this.#carryOut(step);
    // Whoever was told before may have asked in vain: now the host is there.
    if (!step.lost && this.#follower.at === null && this.#asking === null) this.#tellLost();
  }

  /** The connection to the broker is another one, or gone. */
  sessionChanged(session: FleetSession | null): void {
    this.#untap();
    this.#session = null;
    if (session === null) return;
    this.#streamIsSilent = false;
    // Whoever waits for a snapshot opens the tap with it.
    if (this.#follower.at !== null) void this.#openTap();
  }

  stop(): void {
    this.#stopped = true;
    this.#untap();
  }

  /** A host that begins anew while it is asked needs asking again; whoever waits for the answer would not hear of it. */
  async #takeSnapshot(): Promise<HostSnapshot> {
    for (let attempt = 1; ; attempt += 1) {
      const snapshot = await this.#askForSnapshot();
      if (this.#follower.at !== null || attempt === MAX_ATTEMPTS) return snapshot;
    }
  }

  async #askForSnapshot(): Promise<HostSnapshot> {
    // Events first: whatever happens after the snapshot is then on its way already.
    await this.#openTap();
    const mark = this.#follower.ask();
    const question = { hostId: this.#hostId, subject: 'snapshot', timeoutMs: SNAPSHOT_TIMEOUT_MS } as const;
    const answered = await askHost(this.#ports, question);
    if (!answered.ok) throw new CommandError(answered.error.code, answered.error.message);
    const snapshot = this.#readSnapshot(answered.answer);
    const step = this.#follower.snapshot(mark, snapshot.boot, snapshot.seq);
    if (step === null)
      throw new CommandError(
        'conflict',
        `Two hosts answer as "${this.#hostId}", so it cannot be followed. Give each machine a data folder of its own.`,
      );
    this.#carryOut(step);
    return snapshot;
  }

  #readSnapshot(answer: unknown): HostSnapshot {
    const snapshot = hostSnapshotSchema.safeParse(answer);
    if (snapshot.success && snapshot.data.hostId === this.#hostId) return snapshot.data;
    const refused = responseEnvelopeSchema.safeParse(answer);
    if (refused.success && refused.data.error !== null)
      throw new CommandError(refused.data.error.code, refused.data.error.message);
    throw new CommandError(
      'internal',
      `The host "${this.#hostId}" gave a snapshot this version cannot read. Update the older of the two.`,
    );
  }

  /** Resolves when events are listened to, or cannot be just now. */
  #openTap(): Promise<void> {
    const session = this.#ports.session();
    if (session === null || this.#stopped) return Promise.resolve();
    if (this.#session === session && (this.#tap !== null || this.#tapping !== null))
      return this.#tapping ?? Promise.resolve();
    this.#session = session;
    const tapping = this.#tapInto(session).finally(() => {
      if (this.#tapping === tapping) this.#tapping = null;
    });
    this.#tapping = tapping;
    return tapping;
  }

  async #tapInto(session: FleetSession): Promise<void> {
    const turn = this.#turn;
    const isCurrent = () => this.#turn === turn;
    const options: TapOptions = {
      session,
      hostId: this.#hostId,
      after: this.#follower.at !== null ? this.#place : null,
      onMessage: (data) => {
        if (isCurrent()) this.#receive(data);
      },
      onEnd: (error) => {
        if (!isCurrent() || session.connection.isClosed()) return;
        this.#ports.report(`events of the host ${this.#hostId} stopped coming`, error);
        this.#untap();
        this.#carryOut(this.#follower.missed());
      },
    };
    const tap = await this.#bestTap(options);
    if (!isCurrent()) {
      tap.stop();
      return;
    }
    this.#tap = tap;
    if (!tap.resumed) this.#carryOut(this.#follower.missed());
  }

  async #bestTap(options: TapOptions): Promise<EventTap> {
    if (options.session.keepsEvents && !this.#streamIsSilent) {
      try {
        return await tapStream(options);
      } catch (error) {
        this.#ports.report(
          `the stream of events cannot be read; listening to ${this.#hostId} instead`,
          error,
        );
      }
    }
    return tapLive(options);
  }

  #untap(): void {
    if (this.#tap !== null) this.#place = this.#tap.place();
    this.#tap?.stop();
    this.#turn += 1;
    this.#tap = null;
    this.#tapping = null;
    this.#session = null;
  }

  #receive(data: Uint8Array): void {
    const batch = readBatch(data, this.#hostId);
    if (batch === null) this.#ports.unreadable();
    else this.#carryOut(this.#follower.batch(batch, data.byteLength));
  }

  #carryOut({ lost, pass }: FollowStep): void {
    const hostId = this.#hostId;
    for (const event of pass) this.#ports.publish({ event: 'fleet.event', payload: { hostId, ...event } });
    if (lost) this.#tellLost();
  }

  #tellLost(): void {
    this.#ports.publish({ event: 'fleet.event', payload: { hostId: this.#hostId, ...LOST } });
  }
}
