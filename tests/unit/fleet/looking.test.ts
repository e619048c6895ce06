import type { NatsConnection } from '@nats-io/transport-node';
import { describe, expect, it } from 'vitest';
import { linkOff } from '../../../electron/core/fleet/link-state.ts';
import type { FleetConnecting, FleetSession } from '../../../electron/fleet/types.ts';
import { Looking } from '../../../electron/fleet/view/looking.ts';
import type { HostReport } from '../../../shared/contract/fleet-wire.ts';
import { type EventPayload, FLEET_LEASE_MS } from '../../../shared/contract/index.ts';
import { appConfigSchema } from '../../../shared/model/config.ts';
import type { FleetHost } from '../../../shared/model/fleet.ts';
import { FakeClock, settle } from '../../support/harness/fake-clock.ts';

function reportOf(hostId: string, at: number): HostReport {
  return {
    ...{ v: 1, hostId, boot: 'one', name: hostId, version: '1.0.0', platform: 'linux', labels: {} },
    ...{ role: 'viewer', startedAt: 1, at, seq: 0, loopLagP99Ms: null, rssBytes: null },
    counts: {
      ...{ skills: 0, healthy: 0, degraded: 0, failing: 0, quarantined: 0, other: 0, openIncidents: 0 },
    },
  };
}

/** Answers every round at once with whoever is there, as the service API would. */
class FewHosts {
  readonly clock = new FakeClock();
  readonly told: { readonly atMs: number; readonly payload: EventPayload<'fleet.changed'> }[] = [];
  readonly reports: string[] = [];
  there: readonly string[] = ['a', 'b'];
  rounds = 0;
  answerAfterMs = 0;
  broken = false;
  servers = ['nats://one'];
  readonly kept: { readonly fleet: string; readonly hosts: readonly FleetHost[] }[] = [];
  remembered: readonly FleetHost[] = [];
  readonly looking: Looking;
  linkChanged: () => void = () => undefined;
  #onSession: (session: FleetSession | null) => void = () => undefined;

  constructor() {
    const { clock } = this;
    const connecting: FleetConnecting = {
      boot: 'one',
      link: () => ({ ...linkOff(0).link, state: 'connected' }),
      report: () => reportOf('a', clock.nowMs()),
      session: () => null,
      onSession: (listener) => {
        this.#onSession = listener;
        return () => undefined;
      },
      onLink: (listener) => {
        this.linkChanged = () => listener(connecting.link());
        return () => undefined;
      },
    };
    this.looking = new Looking(
      {
        clock,
        hostId: 'a',
        config: () =>
          appConfigSchema.parse({ fleet: { enabled: this.servers.length > 0, servers: this.servers } }).fleet,
        publish: (told) => {
          if (told.event === 'fleet.changed')
            this.told.push({ atMs: clock.monotonicMs(), payload: told.payload });
        },
        report: (message) => void this.reports.push(message),
      },
      connecting,
      {
        read: (fleet) => (fleet === 'nats://one' ? this.remembered : []),
        keep: (fleet, hosts) => void this.kept.push({ fleet, hosts }),
      },
    );
  }

  connect(): void {
    const requestMany = async () => {
      this.rounds += 1;
      if (this.broken) throw new Error('not allowed');
      return this.#answers();
    };
    const connection = { requestMany, isClosed: () => false } as unknown as NatsConnection;
    this.#onSession({ connection, keepsEvents: false });
  }

  async *#answers() {
    if (this.answerAfterMs > 0)
      await new Promise<void>((resolve) => void this.clock.after(this.answerAfterMs, resolve));
    for (const hostId of this.there) {
      const endpoints = [{ name: 'other' }, { data: reportOf(hostId, this.clock.nowMs()) }];
      yield { data: new TextEncoder().encode(JSON.stringify({ endpoints })) };
    }
    yield { data: new TextEncoder().encode('{"endpoints":[{"data":{"hostId":"../x"}}]}') };
  }
}

/** What `fleet.watch` answers, the time it waits for first answers passing. */
async function watch(fleet: FewHosts) {
  const answer = fleet.looking.watch();
  await fleet.clock.advance(2000);
  return answer;
}

describe('looking at the fleet', () => {
  it('asks every five seconds as long as somebody looks, and not at all otherwise', async () => {
    const fleet = new FewHosts();
    fleet.connect();
    await fleet.clock.advance(FLEET_LEASE_MS);
    expect(fleet.rounds).toBe(0);
    await watch(fleet);
    await fleet.clock.advance(17_000);
    expect(fleet.rounds).toBe(4);
    await fleet.clock.advance(FLEET_LEASE_MS);
    const { rounds } = fleet;
    await fleet.clock.advance(10 * FLEET_LEASE_MS);
    expect(fleet.rounds).toBe(rounds);
    expect(fleet.clock.pending).toBe(0);
    // Nobody was asked meanwhile, so nobody was silent.
    fleet.told.length = 0;
    fleet.answerAfterMs = 700;
    const { hosts } = await watch(fleet);
    expect(hosts.map(({ hostId, state }) => [hostId, state])).toEqual([
      ['a', 'here'],
      ['b', 'heard'],
    ]);
    const states = fleet.told.flatMap(({ payload }) => payload.hosts.map(({ state }) => state));
    expect(states).not.toContain('unknown');
  });

  it('tells at most twice a second, says in 15 s who is silent, and who is back at once', async () => {
    const fleet = new FewHosts();
    fleet.connect();
    await watch(fleet);
    const heardAt = fleet.clock.nowMs() - 2000;
    fleet.there = ['a'];
    fleet.told.length = 0;
    await fleet.clock.advance(12_000);
    expect(fleet.told.flatMap(({ payload }) => payload.hosts).map(({ hostId }) => hostId)).not.toContain('b');
    await fleet.clock.advance(2000);
    const unknown = fleet.told.flatMap(({ payload }) => payload.hosts).find(({ hostId }) => hostId === 'b');
    expect(unknown).toMatchObject({ state: 'unknown', since: heardAt, lastHeardAt: heardAt });
    fleet.there = ['a', 'b'];
    fleet.told.length = 0;
    fleet.connect();
    for (let again = 0; again < 5; again += 1) {
      await fleet.clock.advance(120);
      fleet.connect();
    }
    expect(fleet.told[0]?.payload.hosts).toMatchObject([{ hostId: 'a' }, { hostId: 'b', state: 'heard' }]);
    await fleet.clock.advance(20_000);
    for (const [index, { atMs }] of fleet.told.entries())
      if (index > 0) expect(atMs - (fleet.told[index - 1]?.atMs ?? 0)).toBeGreaterThanOrEqual(500);
  });

  it('asks every second after the way to the broker is back, until all are, or six seconds have passed', async () => {
    const fleet = new FewHosts();
    fleet.connect();
    await watch(fleet);
    await fleet.clock.advance(10_000);
    const roundsIn = async (ms: number) => {
      const before = fleet.rounds;
      await fleet.clock.advance(ms);
      return fleet.rounds - before;
    };
    expect(await roundsIn(10_000)).toBe(2);
    // Another connection, on which b is not there yet.
    fleet.there = ['a'];
    fleet.connect();
    expect(await roundsIn(3000)).toBe(3);
    fleet.there = ['a', 'b'];
    expect(await roundsIn(1000)).toBe(1);
    expect(await roundsIn(10_000)).toBe(2);
    // Somebody who stays away is not asked for every second for ever.
    fleet.there = ['a'];
    fleet.connect();
    await fleet.clock.advance(7000);
    expect(await roundsIn(10_000)).toBe(2);
  });

  it('remembers who was there over a restart, of this fleet alone, and nobody once it has left', async () => {
    const fleet = new FewHosts();
    fleet.connect();
    await watch(fleet);
    fleet.looking.stop();
    const known = fleet.kept.at(-1)?.hosts ?? [];
    expect(known).toMatchObject([{ hostId: 'b', state: 'heard' }]);

    const later = new FewHosts();
    later.remembered = known;
    later.there = ['a', 'c'];
    later.connect();
    const { hosts } = await watch(later);
    expect(hosts).toMatchObject([
      { hostId: 'a' },
      { hostId: 'b', state: 'unknown', since: known[0]?.lastHeardAt },
      { hostId: 'c', state: 'heard' },
    ]);
    later.servers = [];
    later.linkChanged();
    expect(later.kept.at(-1)).toEqual({ fleet: '', hosts: [] });
    await later.clock.advance(600);
    expect(later.told.at(-1)?.payload.gone.sort()).toEqual(['b', 'c']);
    later.servers = ['nats://two'];
    later.there = ['a'];
    expect((await watch(later)).hosts).toHaveLength(1);
  });

  it('waits for nothing without a broker, and reports a broker that forbids once', async () => {
    const fleet = new FewHosts();
    expect((await fleet.looking.watch()).hosts).toMatchObject([{ hostId: 'a', state: 'here' }]);
    fleet.broken = true;
    fleet.connect();
    await fleet.clock.advance(20_000);
    await settle();
    expect(fleet.rounds).toBeGreaterThan(2);
    expect(fleet.reports).toEqual(['asking the fleet who is there']);
    fleet.looking.stop();
    expect(fleet.clock.pending).toBe(0);
  });
});
