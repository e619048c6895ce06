import { isAbsolute } from 'node:path';
import { type CommandAnswer, CommandError, type ParsedPayload } from '../../../shared/contract/index.ts';
import type { AppConfig, AppConfigPatch } from '../../../shared/model/config.ts';
import type { FleetFinding, FleetLink } from '../../../shared/model/fleet.ts';
import type { HostNotice, RuntimeStatus } from '../../../shared/model/runtime.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { hostIdOf } from '../../core/fleet/host-id.ts';
import { readServerAddresses } from '../../core/fleet/server-address.ts';
import { snapshotForFleet } from '../../core/fleet/what-leaves.ts';
import type { Clock } from '../../core/supervision/clock.ts';
import { FixShare } from '../../fleet/fixes/fix-share.ts';
import { readCreds } from '../../fleet/link/creds.ts';
import { examineLink } from '../../fleet/link/examine-link.ts';
import { FleetLink as Link } from '../../fleet/link/fleet-link.ts';
import type { DispatchHere, FleetLooking, FleetPorts } from '../../fleet/types.ts';
import { Looking } from '../../fleet/view/looking.ts';
import type { CredentialStoreOptions } from '../../storage/credentials/credential-store.ts';
import { KnownHosts } from '../../storage/known-hosts.ts';
import type { Storage } from '../../storage/storage.ts';
import type { CallContext, Dispatcher } from '../dispatcher.ts';
import type { EventHub } from '../event-hub.ts';
import type { FixMemory } from '../fix-memory.ts';
import { fleetCountsOf } from './fleet-counts.ts';
import { FleetSecret } from './fleet-secret.ts';
import { PeerOrders } from './peer-orders.ts';
import { SharedFixes } from './shared-fixes.ts';

type FleetConfig = AppConfig['fleet'];

export interface FleetDeskPorts {
  readonly clock: Clock;
  readonly dataDir: string;
  /** The id of the data folder: what this host is called by in its fleet. */
  readonly instanceId: string;
  readonly version: string;
  readonly hub: EventHub;
  readonly fixes: FixMemory;
  readonly sharedFixes: Storage['sharedFixes'];
  /** Every secret of every skill: none of them leaves with a fix. */
  skillSecrets(): readonly string[];
  readonly makeSealer: CredentialStoreOptions['makeSealer'];
  /** Uniform in [0, 1). */
  random(): number;
  config(): FleetConfig;
  /** Writes the settings and puts them in force. Throws `CommandError`. */
  changeConfig(patch: AppConfigPatch): Promise<AppConfig>;
  dispatch: Dispatcher['dispatch'];
  snapshot(): CommandAnswer<'state.snapshot'>;
  skills(): readonly Skill[];
  openIncidents(): number;
  lag(): RuntimeStatus['eventLoopLagMs'];
  /** Tells people something about the host. */
  say(notice: HostNotice): void;
  report(message: string, error: unknown): void;
}

/** Binds the fleet to this host: what it may know, what it may order, and how the host joins and leaves it. */
export class FleetDesk {
  readonly looking: FleetLooking;
  readonly link: Link;
  readonly #ports: FleetDeskPorts;
  readonly #secret: FleetSecret;
  readonly #hostId: string;
  readonly #known: KnownHosts;
  readonly #share: FixShare;
  /** What the link was last configured with. */
  #inForce = '';
  #open = false;
  #stopped = false;

  constructor(ports: FleetDeskPorts) {
    const { clock, config, dataDir, hub, instanceId, lag, makeSealer, random, version } = ports;
    this.#ports = ports;
    this.#hostId = hostIdOf(instanceId);
    this.#secret = new FleetSecret({ dataDir, makeSealer, nowMs: () => clock.nowMs() });
    const orders = new PeerOrders({ clock, config, dispatch: ports.dispatch });
    const fleet: FleetPorts = {
      ...{ clock, config, version, random },
      hostId: this.#hostId,
      secret: () => this.#secret.read(),
      dispatch: (order) => orders.carryOut(order),
      snapshot: () => snapshotForFleet(ports.snapshot()),
      counts: () => fleetCountsOf(ports.skills(), ports.openIncidents()),
      load: () => ({ loopLagP99Ms: lag().p99, rssBytes: process.memoryUsage.rss() }),
      fixTrouble: () => this.#share.findings().find(({ level }) => level !== 'ok') ?? null,
      onEvents: (listener) => hub.subscribeQuietly(listener),
      publish: ({ event, payload }) => hub.publish(event, payload),
      report: (message, error) => ports.report(message, this.#masked(error)),
    };
    this.link = new Link(fleet);
    this.#known = new KnownHosts(dataDir, (message, error) => ports.report(message, error));
    this.looking = new Looking(fleet, this.link, this.#known);
    const book = new SharedFixes({
      ...{ fixes: ports.fixes, sharedFixes: ports.sharedFixes, hostId: this.#hostId },
      name: () => this.link.name,
      enabled: () => config().enabled && config().shareFixes,
      secrets: () => ports.skillSecrets(),
      nowMs: () => clock.nowMs(),
      touch: (key) => this.#share.touch(key),
    });
    this.#share = new FixShare({ clock, book, enabled: () => config().enabled && config().shareFixes });
    this.link.onSession((session) => this.#share.onSession(session?.connection ?? null));
  }

  /** Begins when the settings say so, in its own time: nothing waits for it. */
  start(): void {
    this.#secret.open().then(
      (notices) => {
        for (const notice of notices) this.#ports.say(notice);
        if (this.#stopped) return;
        this.#open = true;
        this.configChanged();
      },
      (error: unknown) => this.#ports.report('fleet: its credential could not be opened', error),
    );
  }

  /** Leaves in order, within a second. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#open = false;
    this.#share.stop();
    this.looking.stop();
    await Promise.all([this.link.stop(), this.#known.settled()]);
  }

  /** Settings may have changed: what concerns the link is put in force. */
  configChanged(): void {
    this.#share.settingsChanged();
    // Sharing fixes is no matter of the connection.
    const { shareFixes: _own, ...settings } = this.#ports.config();
    const wanted = JSON.stringify(settings);
    if (!this.#open || wanted === this.#inForce) return;
    this.#inForce = wanted;
    this.link.configure();
  }

  status(): CommandAnswer<'fleet.status'> {
    const { role } = this.#ports.config();
    return { hostId: this.#hostId, name: this.link.name, role, link: this.#link() };
  }

  /** Throws `CommandError`; then nothing has changed. Otherwise the settings stay, and a broker that is away is tried again. */
  async join(wanted: ParsedPayload<'fleet.join'>): Promise<FleetLink> {
    const { auth, caFile = '', labels, name, role, shareFixes } = wanted;
    const read = readServerAddresses(wanted.servers);
    if (!read.ok) throw new CommandError('invalid_payload', `servers: ${read.problem}`);
    if (caFile !== '' && !isAbsolute(caFile))
      throw new CommandError('invalid_payload', 'caFile: must be absolute.');
    if (auth.kind === 'creds') {
      const creds = readCreds(auth.creds);
      if (!creds.ok) throw new CommandError('invalid_payload', `auth: ${creds.problem}`);
    }
    const before = this.#secret.read();
    const inForce = this.#inForce;
    await this.#secret.keep(secretOf(auth));
    try {
      await this.#ports.changeConfig({
        fleet: {
          enabled: true,
          servers: read.addresses.map(({ url }) => url),
          auth: auth.kind,
          user: auth.kind === 'password' ? auth.user : '',
          caFile,
          ...(name === undefined ? {} : { name }),
          ...(labels === undefined ? {} : { labels }),
          ...(role === undefined ? {} : { role }),
          ...(shareFixes === undefined ? {} : { shareFixes }),
        },
      });
    } catch (error) {
      await this.#secret.keep(before);
      throw error;
    }
    // Only the secret is another one.
    if (this.#inForce === inForce) this.link.configure();
    await this.link.settled();
    return this.#link();
  }

  /** Forgets servers and credential, and what others were allowed here. Throws `CommandError`. */
  async leave(): Promise<FleetLink> {
    const gone = {
      enabled: false,
      servers: [],
      auth: null,
      user: null,
      caFile: null,
      role: null,
      shareFixes: null,
    };
    await this.#ports.changeConfig({ fleet: gone });
    await this.#secret.keep(null);
    return this.#link();
  }

  /** Carries a request to this host itself out for whoever asked here, with no more trust than they have. */
  here(context: CallContext): DispatchHere {
    return (message) => this.#ports.dispatch(message, context);
  }

  async doctor(): Promise<FleetFinding[]> {
    const { clock, config } = this.#ports;
    const found = await examineLink({
      config: config(),
      secret: this.#secret.read(),
      nowMs: clock.nowMs(),
      hostId: this.#hostId,
      link: this.#link(),
      session: this.link.session(),
    });
    return [...found, ...this.#share.findings()];
  }

  #link(): FleetLink {
    return this.link.link();
  }

  /** No message of a library takes the secret into a log. */
  #masked(error: unknown): unknown {
    if (!(error instanceof Error)) return error;
    const masked = new Error(this.#secret.mask(error.message));
    masked.stack = this.#secret.mask(error.stack ?? '');
    return masked;
  }
}

function secretOf(auth: ParsedPayload<'fleet.join'>['auth']): string | null {
  switch (auth.kind) {
    case 'none':
      return null;
    case 'password':
      return auth.password;
    case 'token':
      return auth.token;
    case 'creds':
      return auth.creds;
  }
}
