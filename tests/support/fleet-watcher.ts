import type { Clock } from '../../electron/core/supervision/clock.ts';
import { FleetLink } from '../../electron/fleet/link/fleet-link.ts';
import type { FleetPorts } from '../../electron/fleet/types.ts';
import { Looking } from '../../electron/fleet/view/looking.ts';
import type { SequencedEvent } from '../../shared/contract/index.ts';
import { type EventPayload, okResponse } from '../../shared/contract/index.ts';
import { appConfigSchema } from '../../shared/model/config.ts';
import type { FleetHost } from '../../shared/model/fleet.ts';
import { systemClock } from './harness/system-clock.ts';
import { until } from './harness/until.ts';

type FleetEvent = EventPayload<'fleet.event'>;

/** A clock on which everything takes a `times`-th of its time: leases and rounds of seconds pass in a moment. */
export function fastClock(times: number): Clock {
  const startMs = systemClock.monotonicMs();
  return {
    nowMs: () => systemClock.nowMs(),
    monotonicMs: () => startMs + (systemClock.monotonicMs() - startMs) * times,
    after: (delayMs, run) => systemClock.after(delayMs / times, run),
  };
}

export interface WatcherOptions {
  readonly server: string;
  readonly hostId?: string;
  readonly clock?: Clock;
  /** Hosts it remembers of an earlier run. */
  readonly memory?: readonly FleetHost[];
}

/** The fleet's side of a host without the host: the real link and the real looking side, and what they tell its pages. */
export class FleetWatcher {
  readonly hostId: string;
  readonly link: FleetLink;
  readonly looking: Looking;
  readonly events: FleetEvent[] = [];
  readonly changes: EventPayload<'fleet.changed'>[] = [];
  readonly reports: string[] = [];
  /** Requests that were carried out here. */
  readonly here: unknown[] = [];
  /** Called at every event, beside keeping it. */
  onEvent: (event: FleetEvent) => void = () => undefined;

  constructor({ clock = systemClock, hostId = 'watcher', memory = [], server }: WatcherOptions) {
    this.hostId = hostId;
    const config = appConfigSchema.parse({
      fleet: { enabled: true, servers: [server], name: 'Watcher' },
    }).fleet;
    const ports: FleetPorts = {
      ...{ clock, hostId, version: '1.0.0', random: () => 0.5, config: () => config, secret: () => null },
      dispatch: () => Promise.reject(new Error('nobody orders anything here')),
      snapshot: () => {
        throw new Error('nobody follows this one');
      },
      counts: () => ({
        ...{ skills: 0, healthy: 0, degraded: 0, failing: 0, quarantined: 0, other: 0, openIncidents: 0 },
      }),
      load: () => ({ loopLagP99Ms: null, rssBytes: null }),
      fixTrouble: () => null,
      onEvents: (_listener: (batch: readonly SequencedEvent[]) => void) => () => undefined,
      publish: (told) => {
        if (told.event === 'fleet.changed') this.changes.push(told.payload);
        else {
          this.events.push(told.payload);
          this.onEvent(told.payload);
        }
      },
      report: (message, error) =>
        void this.reports.push(error instanceof Error ? `${message} (${error.message})` : message),
    };
    this.link = new FleetLink(ports);
    this.looking = new Looking(ports, this.link, {
      read: () => memory,
      keep: () => undefined,
    });
    this.link.configure();
  }

  static async connected(options: WatcherOptions): Promise<FleetWatcher> {
    const watcher = new FleetWatcher(options);
    await until(
      () => watcher.link.link().state === 'connected',
      () => `the watcher is connected: ${watcher.link.link().problem} ${watcher.reports.join()}`,
    );
    return watcher;
  }

  call(hostId: string, command: string, payload: unknown = {}, timeoutMs?: number) {
    return this.looking.call({ hostId, command, payload, timeoutMs }, this.dispatchHere);
  }

  callMany(command: string, targets: readonly { hostId: string; payload?: unknown }[], timeoutMs?: number) {
    return this.looking.callMany({ command, targets: [...targets], timeoutMs }, this.dispatchHere);
  }

  readonly dispatchHere = async (message: unknown) => {
    this.here.push(message);
    return okResponse((message as { requestId: string }).requestId, { pong: true });
  };

  async stop(): Promise<void> {
    this.looking.stop();
    await this.link.stop();
  }
}

/** What a page does with the events of one host: takes them in turn, and a new snapshot when it must. */
export class FollowingPage {
  readonly #watcher: FleetWatcher;
  readonly #hostId: string;
  #asking = false;
  /** Health by skill, as shown. */
  readonly shown = new Map<string, string>();
  at: { boot: string; seq: number } | null = null;
  snapshots = 0;

  constructor(watcher: FleetWatcher, hostId: string) {
    this.#watcher = watcher;
    this.#hostId = hostId;
    const before = watcher.onEvent;
    watcher.onEvent = (event) => {
      before(event);
      if (event.hostId === hostId) this.#take(event);
    };
  }

  async follow(): Promise<void> {
    this.at = null;
    this.#asking = true;
    const { boot, seq, snapshot } = await this.#watcher.looking.follow({ hostId: this.#hostId });
    this.snapshots += 1;
    this.#asking = false;
    this.at = { boot, seq };
    this.shown.clear();
    for (const { health, id } of snapshot?.skills ?? []) this.shown.set(id, health.status.kind);
  }

  #take({ boot, event, payload, seq }: FleetEvent): void {
    if (this.#asking || (boot === this.at?.boot && seq <= this.at.seq)) return;
    if (boot !== this.at?.boot || seq > this.at.seq + 1) {
      // Fails while the host is away; it is told to ask again when the host is back.
      this.follow().catch(() => {
        this.#asking = false;
      });
      return;
    }
    this.at = { boot, seq };
    if (event !== 'skill.changed') return;
    const { skill, skillId } = payload as {
      skillId: string;
      skill: { health: { status: { kind: string } } };
    };
    this.shown.set(skillId, skill.health.status.kind);
  }
}
