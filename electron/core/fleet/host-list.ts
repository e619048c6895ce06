import type { HostReport } from '../../../shared/contract/fleet-wire.ts';
import type { FleetHost } from '../../../shared/model/fleet.ts';

/** A host that has not answered for this long is `unknown`, monotonic ms. */
export const UNKNOWN_AFTER_MS = 15_000;
/** A host not heard of for this long is taken off the list, by the wall clock: it may be longer than this host runs. */
const FORGET_AFTER_MS = 7 * 86_400_000;
const MAX_HOSTS = 10_000;
/** Hosts told of at once; the others follow with the next event. */
const MAX_TOLD = 1000;

/** The two clocks (DESIGN.md section 7): wall time for showing, monotonic time for measuring, both ms. */
export interface Now {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

interface Entry {
  readonly host: FleetHost;
  /** Monotonic ms; null for what is only remembered of an earlier run. */
  readonly heardMs: number | null;
}

/** What changed since it was last asked for. */
export interface HostChanges {
  readonly hosts: readonly FleetHost[];
  readonly gone: readonly string[];
}

/** The hosts of the fleet as one of them hears of them. Pure: what arrived and when comes in as arguments. */
export class HostList {
  readonly #hereId: string;
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new Set<string>();
  readonly #gone = new Set<string>();
  #refused = 0;

  constructor(hereId: string) {
    this.#hereId = hereId;
  }

  /** Hosts that were not taken in because there are too many. */
  get refused(): number {
    return this.#refused;
  }

  /** Puts in what an earlier run of this host knew: all of it unknown until heard. */
  remember(hosts: readonly FleetHost[]): void {
    for (const host of hosts) {
      if (host.hostId === this.#hereId || this.#entries.has(host.hostId)) continue;
      if (this.#entries.size >= MAX_HOSTS) break;
      const since = host.lastHeardAt ?? host.since;
      this.#entries.set(host.hostId, {
        host: { ...host, state: 'unknown', since, clockSkewMs: null },
        heardMs: null,
      });
      this.#changed.add(host.hostId);
    }
  }

  /**
   * A host's report, asked for at `askedMs` (monotonic) and here at `now`. Its clock is compared at half the round trip.
   * Of two that answer under one id, the one that was started later is shown.
   */
  heard(report: HostReport, askedMs: number, now: Now): void {
    const { hostId, boot, startedAt } = report;
    if (hostId === this.#hereId) return;
    const before = this.#entries.get(hostId);
    if (before === undefined && !this.#hasRoom()) {
      this.#refused += 1;
      return;
    }
    const stays = before !== undefined && before.host.state === 'heard';
    if (stays && before.host.boot !== boot && startedAt < (before.host.startedAt ?? 0)) return;
    const { name, version, platform, labels, role, counts, loopLagP99Ms, rssBytes } = report;
    const askedWallMs = now.wallMs - (now.monotonicMs - askedMs) / 2;
    this.#put(hostId, {
      host: {
        ...{ hostId, name, version, platform, labels, boot, role, counts, startedAt, loopLagP99Ms, rssBytes },
        state: 'heard',
        since: stays ? before.host.since : now.wallMs,
        lastHeardAt: now.wallMs,
        clockSkewMs: Math.round(report.at - askedWallMs),
      },
      heardMs: now.monotonicMs,
    });
  }

  /** Time has passed: who is silent becomes unknown, who has been silent for a week goes. */
  tick(now: Now): void {
    for (const [hostId, { host, heardMs }] of this.#entries) {
      if (now.wallMs - (host.lastHeardAt ?? host.since) > FORGET_AFTER_MS) {
        this.#drop(hostId);
      } else if (host.state === 'heard' && now.monotonicMs - (heardMs ?? 0) >= UNKNOWN_AFTER_MS) {
        const since = host.lastHeardAt ?? now.wallMs;
        this.#put(hostId, { host: { ...host, state: 'unknown', since }, heardMs });
      }
    }
  }

  /** This host left the fleet: nobody else is on the list any more. */
  clear(): void {
    for (const hostId of [...this.#entries.keys()]) this.#drop(hostId);
  }

  /** Whether a host that was heard in this run is not heard since then, monotonic ms. */
  misses(sinceMs: number): boolean {
    for (const { heardMs } of this.#entries.values()) if (heardMs !== null && heardMs < sinceMs) return true;
    return false;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(hostId: string): FleetHost | undefined {
    return this.#entries.get(hostId)?.host;
  }

  /** Every host but this one, by id. */
  others(): FleetHost[] {
    return [...this.#entries.values()]
      .map(({ host }) => host)
      .sort((one, other) => (one.hostId < other.hostId ? -1 : 1));
  }

  /** What changed since the last call, as much as one event may carry; the rest is left for the next. */
  takeChanges(): HostChanges {
    const hosts: FleetHost[] = [];
    for (const hostId of this.#changed) {
      if (hosts.length === MAX_TOLD) break;
      this.#changed.delete(hostId);
      const entry = this.#entries.get(hostId);
      if (entry !== undefined) hosts.push(entry.host);
    }
    const gone = [...this.#gone];
    this.#gone.clear();
    return { hosts, gone };
  }

  get hasChanges(): boolean {
    return this.#changed.size > 0 || this.#gone.size > 0;
  }

  #put(hostId: string, entry: Entry): void {
    this.#entries.set(hostId, entry);
    this.#changed.add(hostId);
    this.#gone.delete(hostId);
  }

  #drop(hostId: string): void {
    this.#entries.delete(hostId);
    this.#changed.delete(hostId);
    this.#gone.add(hostId);
  }

  /** A full list gives up who has been silent longest before it turns anybody away. */
  #hasRoom(): boolean {
    if (this.#entries.size < MAX_HOSTS) return true;
    let oldest: FleetHost | undefined;
    for (const { host } of this.#entries.values()) {
      if (host.state === 'unknown' && (oldest === undefined || host.since < oldest.since)) oldest = host;
    }
    if (oldest === undefined) return false;
    this.#drop(oldest.hostId);
    return true;
  }
}
