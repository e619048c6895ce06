import type { FleetHost, FleetLink } from '../../../shared/model/fleet.ts';

/** A host of the fleet that is heard and well, but for what a test says. */
export function fleetHost(over: Partial<FleetHost> = {}): FleetHost {
  return {
    hostId: 'attic',
    name: over.hostId ?? 'attic',
    version: '0.2.0',
    platform: 'linux',
    labels: {},
    boot: 'b1',
    state: 'heard',
    since: 0,
    lastHeardAt: 5,
    clockSkewMs: 0,
    role: 'operator',
    counts: counts(),
    startedAt: 0,
    loopLagP99Ms: null,
    rssBytes: null,
    ...over,
  };
}

export function counts(
  over: Partial<NonNullable<FleetHost['counts']>> = {},
): NonNullable<FleetHost['counts']> {
  return {
    skills: 5,
    healthy: 5,
    degraded: 0,
    failing: 0,
    quarantined: 0,
    other: 0,
    openIncidents: 0,
    ...over,
  };
}

export function fleetLink(over: Partial<FleetLink> = {}): FleetLink {
  return {
    state: 'connected',
    since: 0,
    server: 'nats://127.0.0.1:4222',
    nextAttemptAt: null,
    problem: null,
    keepsEvents: true,
    published: 0,
    dropped: 0,
    ...over,
  };
}
