import {
  type CommandAnswer,
  CommandError,
  FLEET_LEASE_MS,
  type ParsedPayload,
} from '../../../shared/contract/index.ts';
import type { Timer } from '../../core/supervision/clock.ts';
import type {
  DispatchHere,
  FleetConnecting,
  FleetLooking,
  FleetPorts,
  FleetSession,
  HostMemory,
} from '../types.ts';
import { type CallPorts, callHost, callMany } from './calls.ts';
import { FleetList } from './fleet-list.ts';
import { FollowedHost, type FollowPorts } from './followed-host.ts';

/** How often leases and silences are looked at while somebody looks, ms. */
const BEAT_MS = 1000;
/** Hosts followed at once, by all pages of this host together. */
const MAX_FOLLOWED = 32;

type Ports = Pick<FleetPorts, 'clock' | 'config' | 'hostId' | 'publish' | 'report'>;

/**
 * The looking side of the fleet: who is there, what happens on the hosts somebody follows, and commands to them. Works
 * only while somebody looks (`FLEET_LEASE_MS` after the last question), and nothing that supervises waits for it.
 */
export class Looking implements FleetLooking {
  readonly #ports: Ports;
  readonly #connecting: FleetConnecting;
  readonly #list: FleetList;
  readonly #followed = new Map<string, { readonly host: FollowedHost; untilMs: number }>();
  readonly #asking: CallPorts & FollowPorts;
  readonly #unsubscribe: readonly (() => void)[];
  #watchedUntilMs = Number.NEGATIVE_INFINITY;
  #beat: Timer | null = null;
  #unreadable = 0;
  #stopped = false;

  constructor(ports: Ports, connecting: FleetConnecting, memory: HostMemory) {
    this.#ports = ports;
    this.#connecting = connecting;
    this.#list = new FleetList({
      ...{ ...ports, connecting, memory },
      onReport: (report) => this.#followed.get(report.hostId)?.host.heard(report),
      unreadable: () => this.#countUnreadable(),
    });
    this.#asking = {
      hostId: ports.hostId,
      monotonicMs: () => ports.clock.monotonicMs(),
      session: () => connecting.session(),
      link: () => connecting.link(),
      me: () => ({ hostId: ports.hostId, name: connecting.report().name }),
      known: (hostId) => {
        const host = this.#list.get(hostId);
        if (host === undefined) return null;
        return { name: host.name, silentSince: host.lastHeardAt, clockSkewMs: host.clockSkewMs };
      },
      nowMs: () => ports.clock.nowMs(),
      publish: (event) => ports.publish(event),
      report: (message, error) => ports.report(message, error),
      unreadable: () => this.#countUnreadable(),
    };
    this.#unsubscribe = [
      connecting.onSession((session) => this.#sessionChanged(session)),
      connecting.onLink(() => this.#list.linkChanged()),
    ];
  }

  async watch(): Promise<CommandAnswer<'fleet.watch'>> {
    const { clock } = this.#ports;
    this.#list.enterFleet();
    const wasWatched = this.#isLookedAt();
    this.#watchedUntilMs = clock.monotonicMs() + FLEET_LEASE_MS;
    if (!wasWatched) this.#list.begin();
    this.#startBeating();
    await this.#list.firstAnswers();
    return { link: this.#connecting.link(), hosts: this.#list.hosts() };
  }

  async follow({ hostId, renew }: ParsedPayload<'fleet.follow'>): Promise<CommandAnswer<'fleet.follow'>> {
    if (hostId === this.#ports.hostId)
      throw new CommandError(
        'conflict',
        'This is the host itself: its own events come without following it.',
      );
    this.#list.enterFleet();
    const followed = this.#followedHost(hostId);
    followed.untilMs = this.#ports.clock.monotonicMs() + FLEET_LEASE_MS;
    this.#startBeating();
    // Where there is nothing to go on with, no boot is named: whoever renews then asks for a snapshot.
    if (renew === true) return { ...(followed.host.at ?? { boot: '', seq: 0 }), snapshot: null };
    const { boot, seq, snapshot } = await followed.host.snapshot();
    return { boot, seq, snapshot };
  }

  async call(payload: ParsedPayload<'fleet.call'>, here: DispatchHere): Promise<CommandAnswer<'fleet.call'>> {
    return { answer: await callHost(this.#asking, payload, here) };
  }

  callMany(
    payload: ParsedPayload<'fleet.call_many'>,
    here: DispatchHere,
  ): Promise<CommandAnswer<'fleet.call_many'>> {
    return callMany(this.#asking, payload, here);
  }

  stop(): void {
    this.#stopped = true;
    this.#list.stop();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#beat?.cancel();
    this.#endFollowing(() => true);
  }

  #isLookedAt(): boolean {
    return this.#ports.clock.monotonicMs() < this.#watchedUntilMs || this.#followed.size > 0;
  }

  #startBeating(): void {
    if (this.#beat !== null || this.#stopped) return;
    this.#list.askSoon();
    this.#onBeat();
  }

  #onBeat(): void {
    const nowMs = this.#ports.clock.monotonicMs();
    this.#endFollowing(({ untilMs }) => untilMs <= nowMs);
    this.#beat = null;
    if (!this.#isLookedAt()) return;
    this.#beat = this.#ports.clock.after(BEAT_MS, () => this.#onBeat());
    this.#list.beat();
  }

  #sessionChanged(session: FleetSession | null): void {
    this.#list.sessionChanged(session);
    for (const { host } of this.#followed.values()) host.sessionChanged(session);
    if (session !== null && this.#beat !== null) this.#list.ask();
  }

  #followedHost(hostId: string) {
    const known = this.#followed.get(hostId);
    if (known !== undefined) return known;
    if (this.#followed.size >= MAX_FOLLOWED)
      throw new CommandError(
        'unavailable',
        `${MAX_FOLLOWED} hosts are followed from here already. Close a page that shows another one; its place is free a minute later.`,
      );
    const followed = { host: new FollowedHost(hostId, this.#asking), untilMs: 0 };
    this.#followed.set(hostId, followed);
    return followed;
  }

  #endFollowing(isOver: (followed: { readonly untilMs: number }) => boolean): void {
    for (const [hostId, followed] of this.#followed) {
      if (!isOver(followed)) continue;
      followed.host.stop();
      this.#followed.delete(hostId);
    }
  }

  /** Told at the first and then at each power of ten: whoever can write nonsense can write a lot of it. */
  #countUnreadable(): void {
    this.#unreadable += 1;
    if (/^10*$/.test(String(this.#unreadable)))
      this.#ports.report(
        `${this.#unreadable} messages of the fleet could not be read and were left out`,
        null,
      );
  }
}
