import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hostState,
  inFleetOrder,
  skewWords,
  usualVersion,
} from '../../../renderer/components/fleet/host-words.ts';
import { sameScreen } from '../../../renderer/components/fleet/same-screen.ts';
import {
  fleetSentence,
  labelsOf,
  passesFleet,
  standingOf,
} from '../../../renderer/screens/fleet/fleet-filter.ts';
import { meant, whyNot } from '../../../renderer/screens/fleet/orders.ts';
import { keepPlaces } from '../../../renderer/screens/fleet/use-held-order.ts';
import { labelsAsText, labelsFromText } from '../../../renderer/screens/settings/fleet-labels.ts';
import { fleetAfter, fleetOf, hereOf, isInFleet } from '../../../renderer/state/fleet.ts';
import { mergedBy } from '../../../renderer/state/fleet-queries.ts';
import { counts, fleetHost, fleetLink } from './make-fleet-host.ts';
import { failing, makeSkill, quarantined } from './make-skill.ts';

const names = (hosts: readonly { readonly name: string }[]) => hosts.map(({ name }) => name);

describe('a host in a word', () => {
  it('is never well while it is not heard from, whatever it said last', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), fc.nat(9), (bad, warn, quar) => {
        const last = counts({ failing: bad, degraded: warn, quarantined: quar });
        const silent = fleetHost({ state: 'unknown', counts: last });
        expect(hostState(silent)).toEqual({ state: 'none', word: 'Unknown' });
        expect(standingOf(silent)).toBe('unknown');
      }),
    );
  });

  it('says first what calls for a person', () => {
    const word = (over: Parameters<typeof counts>[0]) => hostState(fleetHost({ counts: counts(over) })).word;
    expect(word({ failing: 1, quarantined: 1, degraded: 4 })).toBe('2 need attention');
    expect(word({ failing: 1 })).toBe('1 needs attention');
    expect(word({ quarantined: 2, degraded: 4 })).toBe('2 quarantined');
    expect(word({ degraded: 4 })).toBe('4 degraded');
    expect(word({})).toBe('Well');
    expect(word({ skills: 0, healthy: 0 })).toBe('No skills');
    expect(hostState(fleetHost({ counts: null })).word).toBe('No figures yet');
  });

  it('has a clock worth a word only from five seconds on', () => {
    expect(skewWords({ clockSkewMs: -5000 })).toBeNull();
    expect(skewWords({ clockSkewMs: null })).toBeNull();
    expect(skewWords({ clockSkewMs: -5600 })).toBe('Clock 6 s behind');
    expect(skewWords({ clockSkewMs: 3_600_000 })).toBe('Clock 1 h ahead');
  });

  it('runs another version than most', () => {
    const of = (...versions: string[]) => usualVersion(versions.map((version) => ({ version })));
    expect(of('0.2.0', '0.2.0')).toBeNull();
    expect(of('0.1.9', '0.2.0', '0.2.0')).toBe('0.2.0');
    expect(of('0.9.0', '0.10.0')).toBe('0.10.0');
  });
});

describe('the list of hosts', () => {
  it('has those that need somebody first, then the unknown, then the others by name', () => {
    const hosts = [
      fleetHost({ hostId: 'z', name: 'node 10' }),
      fleetHost({ hostId: 'y', name: 'Node 9' }),
      fleetHost({ hostId: 'gone', state: 'unknown', counts: counts({ failing: 9 }) }),
      fleetHost({ hostId: 'one', counts: counts({ quarantined: 1 }) }),
      fleetHost({ hostId: 'two', counts: counts({ failing: 2 }) }),
    ];
    expect(names(inFleetOrder(hosts))).toEqual(['two', 'one', 'gone', 'Node 9', 'node 10']);
    expect(fleetSentence(hosts)).toEqual({ title: '2 of 5 hosts need attention', aside: '1 unknown' });
    expect(fleetSentence(hosts.slice(0, 3)).title).toBe('1 of 3 hosts is unknown');
    expect(fleetSentence(hosts.slice(0, 2)).title).toBe('Nothing needs attention on 2 hosts');
  });

  it('moves no row for one skill more or less, and does for many', () => {
    const failingOn = (name: string, failing: number) =>
      fleetHost({ hostId: name, name, counts: counts({ failing }) });
    expect(names(inFleetOrder([failingOn('b', 8), failingOn('a', 7)]))).toEqual(['a', 'b']);
    expect(names(inFleetOrder([failingOn('b', 7), failingOn('a', 8)]))).toEqual(['a', 'b']);
    expect(names(inFleetOrder([failingOn('a', 4), failingOn('b', 12), failingOn('c', 5)]))).toEqual([
      'b',
      'c',
      'a',
    ]);
  });

  it('is filtered by chip, words and labels: of one key any value, of every key one', () => {
    const host = fleetHost({ name: 'Attic server', labels: { place: 'home', tier: 'prod' } });
    expect(labelsOf(host)).toEqual(['place=home', 'tier=prod']);
    expect(passesFleet(host, { q: 'SERVER prod' })).toBe(true);
    expect(passesFleet(host, { q: 'server test' })).toBe(false);
    expect(passesFleet(host, { show: 'attention' })).toBe(false);
    expect(passesFleet(host, { labels: ['place=garden', 'place=home'] })).toBe(true);
    expect(passesFleet(host, { labels: ['place=home', 'tier=test'] })).toBe(false);
  });

  it('moves no row while somebody is in it', () => {
    expect(keepPlaces(['a', 'b', 'c'], ['c', 'new', 'a'])).toEqual(['a', 'c', 'new']);
  });
});

describe('the fleet as told', () => {
  it('takes whole hosts over and forgets those that are gone', () => {
    const first = fleetOf({
      link: fleetLink(),
      hosts: [fleetHost({ state: 'here', hostId: 'me' }), fleetHost()],
    });
    const next = fleetAfter(first, {
      link: fleetLink({ state: 'waiting' }),
      hosts: [fleetHost({ hostId: 'new' })],
      gone: ['attic'],
    });
    expect(Object.keys(next.hosts)).toEqual(['me', 'new']);
    expect(hereOf(next)?.hostId).toBe('me');
    expect(isInFleet(next)).toBe(true);
    expect(
      isInFleet(fleetOf({ link: fleetLink({ state: 'off' }), hosts: [fleetHost({ state: 'here' })] })),
    ).toBe(false);
  });

  it('goes to the same screen of another host, not to what is open on it', () => {
    expect(sameScreen('/incidents/12')).toBe('/incidents');
    expect(sameScreen('/skill/mail')).toBe('/');
    expect(sameScreen('/logs')).toBe('/logs');
  });

  it('merges what hosts tell by time, whatever order they answered in', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(50))), (told) => {
        const items = told.map(([hostId, at]) => ({ hostId, item: at }));
        const merged = mergedBy(items, (at) => at).map(({ item }) => item);
        expect(merged).toEqual(items.map(({ item }) => item).toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('an order for many hosts', () => {
  const skills = [
    failing('bad', 3),
    quarantined('shut'),
    makeSkill('calm'),
    makeSkill('off', { lifecycle: 'disabled' }),
    makeSkill('torn', { broken: { file: 'm', line: null, message: 'x' } }),
  ];
  it('is for what fails, for what is quarantined when it releases, or for what is named', () => {
    expect(meant(skills, 'restart', { kind: 'failing' })).toEqual(['bad']);
    expect(meant(skills, 'release', { kind: 'failing' })).toEqual(['shut']);
    const named = { kind: 'named', skillIds: ['shut', 'calm', 'off', 'torn', 'elsewhere'] } as const;
    expect(meant(skills, 'quarantine', named)).toEqual(['calm']);
    expect(meant(skills, 'release', named)).toEqual(['shut']);
  });
  it('leaves out who cannot be ordered, with the reason', () => {
    expect(whyNot(fleetHost({ state: 'unknown' }))).toBe('not heard from');
    expect(whyNot(fleetHost({ role: 'viewer' }))).toBe('lets its fleet look only');
    expect(whyNot(fleetHost({ role: 'viewer', state: 'here' }))).toBeNull();
  });
});

describe('labels as typed', () => {
  it('are read back as they were written, and refused with a sentence', () => {
    expect(labelsFromText(labelsAsText({ place: 'a=b', tier: 'prod' }))).toEqual({
      labels: { place: 'a=b', tier: 'prod' },
      problem: null,
    });
    expect(labelsFromText(['place']).problem).toContain('“place” has no value');
    expect(labelsFromText(['Place=home']).problem).toContain('A key has');
  });
});
