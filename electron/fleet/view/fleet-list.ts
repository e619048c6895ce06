import type { HostReport } from '../../../shared/contract/fleet-wire.ts';
import type { FleetHost } from '../../../shared/model/fleet.ts';
import { HostList } from '../../core/fleet/host-list.ts';
import type { Timer } from '../../core/supervision/clock.ts';
import type { FleetConnecting, FleetPorts, FleetSession, HostMemory } from '../types.ts';
import { askAll } from './presence.ts';

/** All hosts are asked this often while somebody looks, ms. */
const ROUND_EVERY_MS = 5000;
/**
 * Hosts that lost a broker together come back one after the other: for this long after the way to it is there again, all
 * are asked at every beat as long as one that was there is missing, ms.
 */
const RETURNING_MS = 6000;
/** `fleet.changed` at most twice a second. */
const TELL_GAP_MS = 500;
/** Who begins to look waits for the first answers: until none came for the one, at most the other, ms. */
const QUIET_MS = 250;
const FIRST_ROUND_MS = 1500;
/** How often the hosts that are known are kept while somebody looks, ms. */
const KEEP_EVERY_MS = 60_000;

export type FleetListPorts = Pick<FleetPorts, 'clock' | 'config' | 'hostId' | 'publish' | 'report'> & {
  readonly connecting: FleetConnecting;
  readonly memory: HostMemory;
  /** Every report, when the list has it. */
  onReport(report: HostReport): void;
  unreadable(): void;
};

/** The hosts as pages see them: asked in rounds, told in changes, remembered over a restart of this one. */
export class FleetList {
  readonly #ports: FleetListPorts;
  readonly #list: HostList;
  #session: FleetSession | null = null;
  #nextRoundMs = Number.NEGATIVE_INFINITY;
  /** When the present stay at the broker began, or the last one ended. */
  #sessionMs = Number.NEGATIVE_INFINITY;
  #roundFailed = false;
  #onAnswer: (() => void) | null = null;
  #firstRound: Promise<void> | null = null;
  #telling: Timer | null = null;
  #toldMs = Number.NEGATIVE_INFINITY;
  /** The fleet the list is of, by its servers; null before anybody looked. */
  #fleet: string | null = null;
  #keptMs = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(ports: FleetListPorts) {
    this.#ports = ports;
    this.#list = new HostList(ports.hostId);
  }

  /** This host first, then the others. */
  hosts(): FleetHost[] {
    return [this.#here(), ...this.#list.others()];
  }

  get(hostId: string): FleetHost | undefined {
    return this.#list.get(hostId);
  }

  /** Somebody begins to look: the next beat asks at once, and `firstAnswers` waits for what comes of it. */
  begin(): void {
    this.#firstRound = this.#awaitFirst().finally(() => {
      this.#firstRound = null;
      this.#tick();
    });
  }

  async firstAnswers(): Promise<void> {
    await this.#firstRound;
  }

  /** At the next beat everybody is asked, however lately they were. */
  askSoon(): void {
    this.#nextRoundMs = Number.NEGATIVE_INFINITY;
  }

  /** Called every second or so while somebody looks. */
  beat(): void {
    const nowMs = this.#ports.clock.monotonicMs();
    if (nowMs >= this.#nextRoundMs || this.#isReturning(nowMs)) this.ask();
    if (nowMs >= this.#keptMs + KEEP_EVERY_MS) this.#keep();
    if (this.#firstRound === null) this.#tick();
  }

  sessionChanged(session: FleetSession | null): void {
    this.#session = session;
    this.#sessionMs = this.#ports.clock.monotonicMs();
    this.#roundFailed = false;
  }

  linkChanged(): void {
    if (this.#fleet === null) return;
    this.enterFleet();
    if (this.#list.hasChanges) this.#tellSoon();
  }

  stop(): void {
    this.#keep();
    this.#stopped = true;
    this.#telling?.cancel();
  }

  /** The list is of one fleet: with other servers, or none, it begins anew. */
  enterFleet(): void {
    const { enabled, servers } = this.#ports.config();
    const fleet = enabled ? servers.join(' ') : '';
    if (fleet === this.#fleet) return;
    const hasLeft = this.#fleet !== null;
    this.#fleet = fleet;
    this.#list.clear();
    if (fleet !== '') this.#list.remember(this.#ports.memory.read(fleet));
    // Who leaves keeps nobody.
    else if (hasLeft) this.#ports.memory.keep('', []);
  }

  /** One round: all hosts are asked who they are and how they do. */
  ask(): void {
    const { clock } = this.#ports;
    const session = this.#session;
    if (session === null) return;
    const askedMs = clock.monotonicMs();
    this.#nextRoundMs = askedMs + ROUND_EVERY_MS;
    askAll(session, {
      heard: (report) => this.#heard(report, askedMs),
      unreadable: () => this.#ports.unreadable(),
      report: (message, error) => {
        // Once a session: a broker that forbids it forbids it every five seconds.
        if (!this.#roundFailed) this.#ports.report(message, error);
        this.#roundFailed = true;
      },
    });
    this.#tellSoon();
  }

  #isReturning(nowMs: number): boolean {
    return nowMs < this.#sessionMs + RETURNING_MS && this.#list.misses(this.#sessionMs);
  }

  /** Whoever was not asked for a while is not silent: silence is judged once the first answers could be here. */
  #awaitFirst(): Promise<void> {
    const { clock } = this.#ports;
    if (this.#session === null) return Promise.resolve();
    return new Promise((resolve) => {
      let quiet: Timer | null = null;
      const done = () => {
        longest.cancel();
        quiet?.cancel();
        this.#onAnswer = null;
        resolve();
      };
      const longest = clock.after(FIRST_ROUND_MS, done);
      this.#onAnswer = () => {
        quiet?.cancel();
        quiet = clock.after(QUIET_MS, done);
      };
    });
  }

  #heard(report: HostReport, askedMs: number): void {
    if (this.#stopped) return;
    const { clock, onReport } = this.#ports;
    this.#list.heard(report, askedMs, { wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() });
    onReport(report);
    this.#onAnswer?.();
    this.#tellSoon();
  }

  #tick(): void {
    const { clock } = this.#ports;
    this.#list.tick({ wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() });
    if (this.#list.hasChanges) this.#tellSoon();
  }

  #keep(): void {
    if (this.#fleet === null || this.#fleet === '' || this.#list.size === 0) return;
    this.#keptMs = this.#ports.clock.monotonicMs();
    this.#ports.memory.keep(this.#fleet, this.#list.others());
  }

  #tellSoon(): void {
    if (this.#telling !== null || this.#stopped) return;
    const { clock } = this.#ports;
    const waitMs = Math.max(0, this.#toldMs + TELL_GAP_MS - clock.monotonicMs());
    this.#telling = clock.after(waitMs, () => this.#tell());
  }

  #tell(): void {
    this.#telling?.cancel();
    this.#telling = null;
    this.#toldMs = this.#ports.clock.monotonicMs();
    const { gone, hosts } = this.#list.takeChanges();
    this.#ports.publish({
      event: 'fleet.changed',
      payload: { link: this.#ports.connecting.link(), hosts: [this.#here(), ...hosts], gone: [...gone] },
    });
    if (this.#list.hasChanges) this.#tellSoon();
  }

  #here(): FleetHost {
    const { boot, counts, labels, loopLagP99Ms, name, platform, role, rssBytes, startedAt, version } =
      this.#ports.connecting.report();
    return {
      ...{ boot, counts, labels, loopLagP99Ms, name, platform, role, rssBytes, startedAt, version },
      hostId: this.#ports.hostId,
      state: 'here',
      since: startedAt,
      lastHeardAt: this.#ports.clock.nowMs(),
      clockSkewMs: 0,
    };
  }
}
