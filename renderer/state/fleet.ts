import { create } from 'zustand';
import type { CommandAnswer, EventPayload, SequencedEvent } from '../../shared/contract/index.ts';
import type { FleetHost, FleetLink } from '../../shared/model/fleet.ts';
import type { Bridge } from '../bridge/connection.ts';
import type { PageLike } from './query-refresh.ts';

/** The fleet as this page's own host sees it. Empty until it has been asked. */
export interface Fleet {
  readonly link: FleetLink | null;
  readonly hosts: Readonly<Record<string, FleetHost>>;
  /** Whether the host has told who is in the fleet. */
  readonly known: boolean;
}

const nobody: Fleet = { link: null, hosts: {}, known: false };

/** Kept apart from the state of the host that is shown: it goes on whichever that is. */
export const useFleet = create<Fleet>()(() => nobody);

export function useFleetHost(hostId: string): FleetHost | undefined {
  return useFleet(({ hosts }) => hosts[hostId]);
}

/** The fleet after `fleet.changed`. */
export function fleetAfter(before: Fleet, { link, hosts, gone }: EventPayload<'fleet.changed'>): Fleet {
  const next = { ...before.hosts };
  for (const host of hosts) next[host.hostId] = host;
  for (const hostId of gone) delete next[hostId];
  return { link, hosts: next, known: before.known };
}

export function fleetOf({ link, hosts }: CommandAnswer<'fleet.watch'>): Fleet {
  return { link, hosts: Object.fromEntries(hosts.map((host) => [host.hostId, host])), known: true };
}

/** Whether there is anybody but this host, or a broker it wants to reach: a host alone shows nothing of fleets. */
export function isInFleet({ link, hosts }: Fleet): boolean {
  return (link !== null && link.state !== 'off') || Object.keys(hosts).length > 1;
}

/** This host's own entry. */
export function hereOf({ hosts }: Pick<Fleet, 'hosts'>): FleetHost | null {
  return Object.values(hosts).find(({ state }) => state === 'here') ?? null;
}

/** How often the lease of `fleet.watch` is renewed, ms: a third of `FLEET_LEASE_MS`. */
const RENEW_MS = 20_000;

/** Watches the fleet while somebody looks at the page. Returns the end of it. */
export function startFleetWatch(home: Bridge, page: PageLike): () => void {
  let round = 0;

  async function watch(): Promise<void> {
    if (page.hidden || home.connection().kind !== 'live') return;
    round += 1;
    const mine = round;
    const response = await home.commands['fleet.watch']({});
    if (mine !== round) return;
    // A host that cannot be asked says so elsewhere; what was known stays.
    if (!response.ok) useFleet.setState({ known: true });
    else useFleet.setState(fleetOf(response.payload as CommandAnswer<'fleet.watch'>));
  }

  function receive(batch: readonly SequencedEvent[]): void {
    for (const event of batch) {
      if (event.event !== 'fleet.changed') continue;
      const { payload } = event;
      useFleet.setState((before) => fleetAfter(before, payload));
    }
  }

  const soon = () => void watch();
  const ends = [
    home.onEvents(receive),
    home.onConnection((state) => {
      if (state.kind === 'live') soon();
    }),
  ];
  const timer = setInterval(soon, RENEW_MS);
  page.addEventListener('visibilitychange', soon);
  soon();
  return () => {
    clearInterval(timer);
    page.removeEventListener('visibilitychange', soon);
    for (const end of ends) end();
  };
}
