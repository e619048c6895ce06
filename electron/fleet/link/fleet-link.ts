// Over 200 lines: one stay at the broker from the first attempt to its end; its steps make sense only together.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { NatsConnection } from '@nats-io/transport-node';
import { FLEET_VERSION, type HostReport, MAX_BATCH_BYTES } from '../../../shared/contract/fleet-wire.ts';
import type { FleetLink as Link } from '../../../shared/model/fleet.ts';
import {
  connected,
  connecting,
  counted,
  failed,
  type LinkState,
  type LinkTrouble,
  linkOff,
} from '../../core/fleet/link-state.ts';
import { givesWay } from '../../core/fleet/one-boot.ts';
import type { Timer } from '../../core/supervision/clock.ts';
import { isDenied } from '../causes.ts';
import { loadNats } from '../nats.ts';
import type { FleetConnecting, FleetPorts, FleetSession } from '../types.ts';
import { connectPlan } from './connect-options.ts';
import { lostTrouble } from './connect-trouble.ts';
import { dial, hangUp } from './dial.ts';
import { EventPublisher } from './event-publisher.ts';
import { openEventStream } from './event-stream.ts';
import { registerHost } from './host-service.ts';
import { PeerRequests } from './peer-requests.ts';
import { answerWho, whoServes } from './who-serves.ts';

/** How often a host that serves looks whether another one has its id, ms; every host at its own moment. */
const LOOK_FOR_TWIN_MS = 30_000;
/** A report goes to everybody who looks, every few seconds. */
const MOST_LABELS = 32;
const DUPLICATE_PROBLEM =
  "Another host of the fleet has this host's id: its data folder was copied from here, or this one from there. Stop one of the two, or start it with a data folder of its own.";
const DENIED_PROBLEM =
  'The broker lets this host in, but not to its own subjects. Ask whoever runs it for them (skillward fleet doctor names them).';

/** The way into the fleet: connects for ever, says who this host is, answers the others, and hands its events over. */
export class FleetLink implements FleetConnecting {
  readonly boot = randomUUID();
  readonly #ports: FleetPorts;
  readonly #publisher: EventPublisher;
  readonly #requests: PeerRequests;
  readonly #startedAt: number;
  readonly #sessionListeners = new Set<(session: FleetSession | null) => void>();
  readonly #linkListeners = new Set<(link: Link) => void>();
  #state: LinkState;
  #session: FleetSession | null = null;
  /** Of the stay that counts: whatever an earlier one still does is nobody's business. */
  #stay = 0;
  #connection: NatsConnection | null = null;
  #timer: Timer | null = null;
  #stopEvents: (() => void) | null = null;
  #settled = Promise.withResolvers<void>();

  constructor(ports: FleetPorts) {
    this.#ports = ports;
    this.#startedAt = ports.clock.nowMs();
    this.#state = linkOff(this.#startedAt);
    this.#publisher = new EventPublisher({
      clock: ports.clock,
      hostId: ports.hostId,
      boot: this.boot,
      onProblem: (problem) => this.#eventProblem(problem),
      streamGone: () => this.#reopenStream(),
      report: (message, error) => ports.report(message, error),
    });
    this.#requests = new PeerRequests({
      host: ports,
      boot: this.boot,
      seq: () => this.#publisher.seq,
      maxPayload: () => this.#connection?.info?.max_payload ?? MAX_BATCH_BYTES,
    });
  }

  link(): Link {
    const { published, dropped } = this.#publisher.counts;
    const { link } = counted(this.#state, published, dropped);
    const fixTrouble = this.#ports.fixTrouble();
    return fixTrouble === null ? link : { ...link, fixTrouble };
  }

  session(): FleetSession | null {
    return this.#session;
  }

  /** How people call this host. */
  get name(): string {
    return this.#ports.config().name || hostname().slice(0, 100);
  }

  report(): HostReport {
    const { clock, config, counts, hostId, load, version } = this.#ports;
    const { labels: given, role } = config();
    const labels = Object.fromEntries(Object.entries(given).slice(0, MOST_LABELS));
    return {
      v: FLEET_VERSION,
      ...{ hostId, boot: this.boot, name: this.name, version, labels, role },
      platform: `${process.platform}-${process.arch}`,
      startedAt: this.#startedAt,
      at: clock.nowMs(),
      seq: this.#publisher.seq,
      counts: counts(),
      ...load(),
    };
  }

  onSession(listener: (session: FleetSession | null) => void): () => void {
    this.#sessionListeners.add(listener);
    if (this.#session !== null) listener(this.#session);
    return () => this.#sessionListeners.delete(listener);
  }

  onLink(listener: (link: Link) => void): () => void {
    this.#linkListeners.add(listener);
    return () => this.#linkListeners.delete(listener);
  }

  /** Begins anew with the settings as they are now; does nothing but end where they say that this host is in no fleet. */
  configure(): void {
    const wasOn = this.#stopEvents !== null;
    this.#end();
    // Who waits for the settings before these waits for nothing any more.
    this.#settled.resolve();
    this.#settled = Promise.withResolvers();
    this.#change(linkOff(this.#ports.clock.nowMs()));
    if (!this.#ports.config().enabled) {
      this.#stopEvents?.();
      this.#stopEvents = null;
      this.#settled.resolve();
      return;
    }
    if (!wasOn) this.#publisher.missed();
    this.#stopEvents ??= this.#ports.onEvents((batch) => this.#publisher.put(batch));
    this.#attempt(this.#stay);
  }

  /** Resolves as soon as the present settings led to anything: connected, or a sentence on why not. */
  settled(): Promise<void> {
    return this.#settled.promise;
  }

  /** Leaves in order, within a second. Afterwards nothing is tried any more until `configure`. */
  async stop(): Promise<void> {
    const goodbye = this.#end();
    this.#settled.resolve();
    this.#stopEvents?.();
    this.#stopEvents = null;
    await goodbye;
  }

  #attempt(stay: number): void {
    this.#connect(stay).catch((error: unknown) => {
      this.#ports.report('fleet: an attempt to connect failed in an unforeseen way', error);
      this.#fail(
        stay,
        'waiting',
        'Connecting to the broker failed. The host log has the details; it is tried again.',
      );
    });
  }

  async #connect(stay: number): Promise<void> {
    const { clock, config, hostId, secret } = this.#ports;
    await loadNats();
    if (stay !== this.#stay) return;
    const settings = config();
    const plan = connectPlan(settings, secret(), hostId);
    if (!plan.ok) return this.#fail(stay, 'refused', plan.problem);
    const facts = {
      auth: settings.auth,
      hasCa: settings.caFile !== '',
      secret: secret(),
      nowMs: clock.nowMs(),
    };
    const dialled = await dial(plan.servers, facts, (server) => {
      if (stay === this.#stay) this.#change(connecting(this.#state, server, clock.nowMs()));
    });
    if (!dialled.ok) return this.#fail(stay, dialled.trouble, dialled.problem);
    const { connection, server } = dialled;
    if (stay !== this.#stay) return hangUp(connection);
    this.#connection = connection;
    void connection.closed().then((error) => {
      const { trouble, problem } = lostTrouble(error, { ...facts, server, nowMs: clock.nowMs() });
      this.#fail(stay, trouble, problem);
    });
    try {
      await this.#begin(stay, connection, server);
    } catch (error) {
      // The end of the connection itself is told by `closed`.
      if (stay !== this.#stay || connection.isClosed()) return;
      if (!isDenied(error)) this.#ports.report('fleet: the broker does not answer as it should', error);
      this.#fail(
        stay,
        'refused',
        isDenied(error) ? DENIED_PROBLEM : lostTrouble(error, { ...facts, server }).problem,
      );
    }
  }

  /** From connected to known: nobody hears of this host before it is sure to be the only one with its id. */
  async #begin(stay: number, connection: NatsConnection, server: string): Promise<void> {
    const { clock, hostId } = this.#ports;
    const others = (await whoServes(connection, hostId)).filter(({ boot }) => boot !== this.boot);
    if (stay !== this.#stay) return;
    if (others.length > 0) return this.#fail(stay, 'duplicate', DUPLICATE_PROBLEM);
    answerWho(connection, hostId, this.boot);
    await registerHost(connection, {
      requests: this.#requests,
      report: () => this.report(),
      onDenied: () => this.#fail(stay, 'refused', DENIED_PROBLEM),
    });
    const stream = await openEventStream(connection);
    if (stay !== this.#stay) return;
    this.#session = { connection, keepsEvents: stream.keeps };
    const at = clock.nowMs();
    this.#change(connected(this.#state, { server, at, keepsEvents: stream.keeps, problem: stream.problem }));
    this.#publisher.attach(connection, stream.keeps);
    this.#tellSession();
    this.#settled.resolve();
    // At once for a twin that began in the same moment, and every now and then for one from beyond a net that was broken.
    await this.#lookForTwin(stay, connection);
  }

  /** A question that fails is asked again next time; a connection that is lost is told by `closed`. */
  async #lookForTwin(stay: number, connection: NatsConnection): Promise<void> {
    const serving = await whoServes(connection, this.#ports.hostId).catch(() => []);
    if (stay !== this.#stay) return;
    if (givesWay(this.boot, serving)) return this.#fail(stay, 'duplicate', DUPLICATE_PROBLEM);
    const waitMs = LOOK_FOR_TWIN_MS * (0.5 + this.#ports.random());
    this.#timer = this.#ports.clock.after(waitMs, () => void this.#lookForTwin(stay, connection));
  }

  #reopenStream(): void {
    const stay = this.#stay;
    const connection = this.#connection;
    if (connection === null) return;
    openEventStream(connection).then(
      ({ keeps, problem }) => {
        if (stay !== this.#stay || this.#session === null) return;
        this.#session = { connection, keepsEvents: keeps };
        const { server } = this.#state.link;
        const at = this.#ports.clock.nowMs();
        this.#change(connected(this.#state, { server: server ?? '', at, keepsEvents: keeps, problem }));
        this.#publisher.attach(connection, keeps);
        this.#tellSession();
      },
      () => undefined,
    );
  }

  #fail(stay: number, trouble: LinkTrouble, problem: string): void {
    if (stay !== this.#stay) return;
    const { clock, random } = this.#ports;
    this.#end();
    const { delayMs, state } = failed(this.#state, trouble, problem, clock.nowMs(), random);
    this.#change(state);
    this.#settled.resolve();
    const next = this.#stay;
    this.#timer = clock.after(delayMs, () => this.#attempt(next));
  }

  /** Ends the present stay, whatever it was doing. */
  #end(): Promise<void> {
    this.#stay += 1;
    this.#timer?.cancel();
    this.#timer = null;
    this.#publisher.detach();
    const connection = this.#connection;
    this.#connection = null;
    if (this.#session !== null) {
      this.#session = null;
      this.#tellSession();
    }
    return connection === null ? Promise.resolve() : hangUp(connection);
  }

  #eventProblem(problem: string | null): void {
    const { link } = this.#state;
    if (link.state !== 'connected' || link.problem === problem) return;
    this.#change({ ...this.#state, link: { ...link, problem } });
  }

  #change(state: LinkState): void {
    const before = this.#state.link;
    this.#state = state;
    const { link } = state;
    const same =
      before.state === link.state &&
      before.problem === link.problem &&
      before.nextAttemptAt === link.nextAttemptAt &&
      before.keepsEvents === link.keepsEvents &&
      before.server === link.server;
    if (same) return;
    const told = this.link();
    for (const listener of this.#linkListeners) listener(told);
    this.#ports.publish({ event: 'fleet.changed', payload: { link: told, hosts: [], gone: [] } });
  }

  #tellSession(): void {
    for (const listener of this.#sessionListeners) listener(this.#session);
  }
}
