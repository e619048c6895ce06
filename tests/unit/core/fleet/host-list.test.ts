import { describe, expect, it } from 'vitest';
import { HostList, UNKNOWN_AFTER_MS } from '../../../../electron/core/fleet/host-list.ts';
import type { HostReport } from '../../../../shared/contract/fleet-wire.ts';

const T0 = 1_700_000_000_000;
const DAY_MS = 86_400_000;
/** Both clocks `ms` after the start of the test. */
const now = (ms: number) => ({ wallMs: T0 + ms, monotonicMs: ms });

function report(hostId: string, more: Partial<HostReport> = {}): HostReport {
  return {
    ...{
      v: 1,
      hostId,
      boot: 'one',
      name: hostId.toUpperCase(),
      version: '1.0.0',
      platform: 'linux',
      labels: {},
    },
    ...{ role: 'viewer', startedAt: T0 - DAY_MS, at: T0, seq: 0, loopLagP99Ms: 2, rssBytes: 1000 },
    counts: {
      ...{ skills: 1, healthy: 1, degraded: 0, failing: 0, quarantined: 0, other: 0, openIncidents: 0 },
    },
    ...more,
  };
}

describe('the hosts of a fleet', () => {
  it('are unknown since they were last heard, with their last figures, and heard again when they answer', () => {
    const list = new HostList('a');
    list.heard(report('b'), 0, now(10));
    list.tick(now(UNKNOWN_AFTER_MS));
    expect(list.get('b')).toMatchObject({ state: 'heard', since: T0 + 10, lastHeardAt: T0 + 10 });
    list.tick(now(UNKNOWN_AFTER_MS + 10));
    expect(list.get('b')).toMatchObject({ state: 'unknown', since: T0 + 10, counts: { healthy: 1 } });
    list.heard(report('b'), 60_000, now(60_010));
    expect(list.get('b')).toMatchObject({ state: 'heard', since: T0 + 60_010 });
  });

  it('measures silence by the monotonic clock: a set clock makes nobody unknown', () => {
    const list = new HostList('a');
    list.heard(report('b'), 0, now(10));
    list.tick({ wallMs: T0 + 3_600_000, monotonicMs: 5000 });
    expect(list.get('b')?.state).toBe('heard');
  });

  it('compares clocks at half the round trip', () => {
    const list = new HostList('a');
    list.heard(report('b', { at: T0 + 3_600_000 + 50 }), 0, now(100));
    expect(list.get('b')?.clockSkewMs).toBe(3_600_000);
  });

  it('shows the later start of a host, also while an earlier one still answers under the same id', () => {
    const list = new HostList('a');
    list.heard(report('b', { boot: 'one', startedAt: T0 }), 0, now(0));
    list.heard(report('b', { boot: 'two', startedAt: T0 + 5 }), 0, now(10));
    list.heard(report('b', { boot: 'one', startedAt: T0 }), 0, now(20));
    expect(list.get('b')?.boot).toBe('two');
    list.tick(now(20 + UNKNOWN_AFTER_MS));
    list.heard(report('b', { boot: 'one', startedAt: T0 }), 20_000, now(20_001));
    expect(list.get('b')?.boot).toBe('one');
  });

  it('tells what changed since it was asked last, this host never, and no more at once than an event may carry', () => {
    const list = new HostList('a');
    list.heard(report('a'), 0, now(0));
    list.heard(report('b'), 0, now(0));
    expect(list.takeChanges()).toMatchObject({ hosts: [{ hostId: 'b' }], gone: [] });
    expect(list.hasChanges).toBe(false);
    for (let n = 0; n < 1200; n += 1) list.heard(report(`h${n}`), 0, now(1));
    expect(list.takeChanges().hosts).toHaveLength(1000);
    expect(list.takeChanges().hosts).toHaveLength(200);
    expect(list.hasChanges).toBe(false);
  });

  it('forgets who was silent for a week, and everybody when this host leaves', () => {
    const list = new HostList('a');
    list.heard(report('b'), 0, now(0));
    list.tick(now(UNKNOWN_AFTER_MS));
    list.heard(report('c'), 0, now(8 * DAY_MS));
    list.takeChanges();
    list.tick(now(8 * DAY_MS));
    expect(list.takeChanges()).toMatchObject({ hosts: [], gone: ['b'] });
    list.clear();
    expect(list.takeChanges()).toMatchObject({ hosts: [], gone: ['c'] });
    expect(list.others()).toEqual([]);
  });

  it('has room for 10,000: who is silent longest goes first, and a full list turns away', () => {
    const list = new HostList('a');
    for (let n = 0; n < 10_000; n += 1) list.heard(report(`h${n}`), 0, now(n < 2 ? n : 20_000));
    list.heard(report('late'), 20_000, now(20_000));
    expect(list.get('late')).toBeUndefined();
    list.tick(now(20_000));
    list.heard(report('later'), 20_000, now(20_000));
    expect([list.get('h0'), list.get('h1')?.state, list.get('later')?.state]).toEqual([
      undefined,
      'unknown',
      'heard',
    ]);
    expect(list.others()).toHaveLength(10_000);
  });
});
