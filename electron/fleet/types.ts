import type { NatsConnection } from '@nats-io/transport-node';
import type { HostReport } from '../../shared/contract/fleet-wire.ts';
import type {
  CommandAnswer,
  HostEvent,
  ParsedPayload,
  ResponseEnvelope,
  SequencedEvent,
} from '../../shared/contract/index.ts';
import type { AppConfig } from '../../shared/model/config.ts';
import type { FleetCounts, FleetFinding, FleetHost, FleetLink } from '../../shared/model/fleet.ts';
import type { Clock } from '../core/supervision/clock.ts';

/** Who asked over the fleet, as they say themselves (the broker decides who may ask at all): kept with what was done. */
export interface FleetAsker {
  readonly hostId: string;
  readonly name: string;
}

/** A request of another host, as far as the fleet reads it. */
export interface FleetOrder {
  /** Parsed JSON, not deeper than others may nest; nothing else is known about it. */
  readonly message: unknown;
  readonly asker: FleetAsker;
  /** The subject it came on. */
  readonly subject: 'view' | 'operate';
  /** Of its bytes. */
  readonly digest: string;
}

/** What the fleet needs of the host it belongs to. The Warden binds it; nothing here knows the Warden. */
export interface FleetPorts {
  readonly clock: Clock;
  /** This host's id in the fleet. */
  readonly hostId: string;
  readonly version: string;
  config(): AppConfig['fleet'];
  /** The kept password, token or creds text; null when none is kept. */
  secret(): string | null;
  /** Uniform in [0, 1). */
  random(): number;
  /** Decides about a request of another host and carries it out through the closed dispatch. Never throws. */
  dispatch(request: FleetOrder): Promise<ResponseEnvelope>;
  /** As other hosts may have it; every event that is in it has been handed to `onEvents`. */
  snapshot(): CommandAnswer<'state.snapshot'>;
  counts(): FleetCounts;
  load(): { readonly loopLagP99Ms: number | null; readonly rssBytes: number | null };
  /** What keeps fixes from being exchanged; null: nothing. */
  fixTrouble(): FleetFinding | null;
  /** Every later batch of this host's own events, until the returned function is called. */
  onEvents(listener: (batch: readonly SequencedEvent[]) => void): () => void;
  /** Tells this host's dashboards. */
  publish(event: Extract<HostEvent, { event: 'fleet.changed' | 'fleet.event' }>): void;
  report(message: string, error: unknown): void;
}

/** What is remembered of the other hosts over a restart of this one, by fleet. */
export interface HostMemory {
  read(fleet: string): readonly FleetHost[];
  /** In its own time; never throws. */
  keep(fleet: string, hosts: readonly FleetHost[]): void;
}

/** Carries a request to this host itself out as whoever asked here, with the trust they have (`CallContext`). */
export type DispatchHere = (message: unknown) => Promise<ResponseEnvelope>;

/**
 * What the looking half offers to the commands (electron/fleet/view). It throws `CommandError`; `fleet.watch` never does:
 * a host that is in no fleet, or has lost its broker, still shows itself.
 */
export interface FleetLooking {
  watch(): CommandAnswer<'fleet.watch'> | Promise<CommandAnswer<'fleet.watch'>>;
  follow(payload: ParsedPayload<'fleet.follow'>): Promise<CommandAnswer<'fleet.follow'>>;
  /** What goes wrong on the way is an envelope too, never an exception. */
  call(payload: ParsedPayload<'fleet.call'>, here: DispatchHere): Promise<CommandAnswer<'fleet.call'>>;
  callMany(
    payload: ParsedPayload<'fleet.call_many'>,
    here: DispatchHere,
  ): Promise<CommandAnswer<'fleet.call_many'>>;
  /** Ends every poll, subscription and request. */
  stop(): void;
}

/**
 * One stay at the broker, from the moment this host is known there to the loss of the connection. A later one has a new
 * `connection`: everything that was subscribed or asked on this one is over.
 */
export interface FleetSession {
  readonly connection: NatsConnection;
  /** Whether the broker keeps events (JetStream). */
  readonly keepsEvents: boolean;
}

/** The publishing half as its neighbours see it. */
export interface FleetConnecting {
  link(): FleetLink;
  /** Names this start of this host in reports, batches and snapshots. */
  readonly boot: string;
  /** What this host says about itself. */
  report(): HostReport;
  /** Null while there is none. */
  session(): FleetSession | null;
  /** Told of every session that begins, and with null when it has ended; a present one is told at once. */
  onSession(listener: (session: FleetSession | null) => void): () => void;
  /** Told after every change of the link. */
  onLink(listener: (link: FleetLink) => void): () => void;
}
