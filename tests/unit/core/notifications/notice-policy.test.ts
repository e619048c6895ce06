import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MIN, news, Street } from './build.ts';

const skills = (count: number) => Array.from({ length: count }, (_, index) => `skill-${index}`);

describe('one trouble', () => {
  it('is told once it has waited for others, with its key', () => {
    const street = new Street().hear(news('a', 'quarantined'));
    expect(street.pass(2000).told).toEqual([]);
    expect(street.pass(1000).told).toMatchObject([
      { title: 'a is in quarantine', level: 'error', silent: false, grouped: false },
    ]);
  });

  it('keeps its key from failing to quarantine to recovery, another error has another', () => {
    const street = new Street().hear(news('a')).pass(MIN);
    street.hear(news('a', 'quarantined')).pass(MIN).hear(news('a', 'recovered')).pass(MIN);
    street.hear(news('a', 'failing', { signature: 'keyerror: <quoted>' })).pass(MIN);
    const [failing, quarantined, recovered, other] = street.loud.map((telling) => telling.key);
    expect([quarantined, recovered]).toEqual([failing, failing]);
    expect(other).not.toBe(failing);
  });

  it('is told with what fixed it before', () => {
    const street = new Street().hear(news('a', 'failing', { knownFix: 'Renew the token' })).pass(MIN);
    expect(street.told[0]?.body).toBe('Skill a is failing · Known fix: “Renew the token”');
  });

  it('that is over before anybody was told calls nobody, and the list has both', () => {
    const street = new Street().hear(news('a')).pass(1000).hear(news('a', 'recovered')).pass(MIN);
    expect(street.loud).toEqual([]);
    expect(street.told.map((telling) => telling.title)).toEqual(['a is failing', 'a is well again']);
  });

  it('that gets worse before it was told is told as the worse', () => {
    const street = new Street().hear(news('a')).pass(1000).hear(news('a', 'quarantined')).pass(MIN);
    expect(street.titles).toEqual(['a is in quarantine']);
  });
});

describe('the cool-down', () => {
  it('silences the same trouble and its recovery, and a worse one passes', () => {
    const street = new Street().hear(news('a', 'degraded')).pass(MIN).hear(news('a', 'recovered')).pass(MIN);
    street.hear(news('a', 'degraded')).pass(MIN).hear(news('a', 'recovered')).pass(MIN);
    expect(street.titles).toEqual(['a is degraded', 'a is well again']);
    expect(street.told).toHaveLength(4);
    street.hear(news('a', 'failing')).pass(MIN);
    expect(street.titles.at(-1)).toBe('a is failing');
  });

  it('never silences a quarantine', () => {
    const street = new Street()
      .hear(news('a', 'quarantined'))
      .pass(MIN)
      .hear(news('a', 'quarantined'))
      .pass(MIN);
    expect(street.loud).toHaveLength(2);
  });

  it('at its end tells what is still there, and nothing that is over', () => {
    const street = new Street();
    for (const id of ['here', 'gone']) street.hear(news(id)).pass(MIN).hear(news(id, 'recovered')).pass(MIN);
    street.hear(news('here'), news('gone')).pass(MIN);
    const before = street.loud.length;
    street.over.add('gone');
    street.pass(10 * MIN);
    expect(street.titles.slice(before)).toEqual(['here is failing']);
  });

  it('of 0 tells each time', () => {
    const street = new Street({ cooldownSecs: 0 }).hear(news('a')).pass(MIN).hear(news('a')).pass(MIN);
    expect(street.loud).toHaveLength(2);
  });
});

describe('a storm', () => {
  it('from its start is one notice with names, and the error where it is the same', () => {
    const street = new Street().hear(...skills(50).map((id) => news(id, 'quarantined'))).pass(MIN);
    expect(street.told).toHaveLength(1);
    expect(street.told[0]).toMatchObject({
      title: '50 skills are in quarantine',
      level: 'error',
      grouped: true,
    });
    expect(street.told[0]?.body).toBe(
      'skill-0, skill-1, skill-2, skill-3, skill-4 and 45 more. The same error for all: ValueError: boom',
    );
  });

  it('that comes slowly takes up those told before it, and is brought up to date in its place', () => {
    const street = new Street();
    for (const id of skills(6)) street.hear(news(id)).pass(6000);
    street.pass(MIN);
    const [first, second, ...storm] = street.loud;
    expect([first?.grouped, second?.grouped]).toEqual([false, false]);
    expect(storm.every((telling) => telling.grouped && telling.place === storm[0]?.place)).toBe(true);
    expect(storm.at(-1)?.news).toHaveLength(6);
  });

  it('is the same one for as long as somebody joins it within the window', () => {
    const street = new Street().hear(...skills(3).map((id) => news(id))).pass(20_000);
    for (const id of skills(9).slice(3)) street.hear(news(id)).pass(20_000);
    expect(new Set(street.loud.map((telling) => telling.place)).size).toBe(1);
    expect(street.loud.at(-1)?.news).toHaveLength(9);
  });

  it('after the window is another one', () => {
    const street = new Street().hear(...skills(3).map((id) => news(id))).pass(MIN);
    street
      .hear(
        ...skills(6)
          .slice(3)
          .map((id) => news(id)),
      )
      .pass(MIN);
    expect(street.loud.map((telling) => telling.news.length)).toEqual([3, 3]);
    expect(new Set(street.loud.map((telling) => telling.place)).size).toBe(2);
  });

  it('of recoveries is one notice with how long each lasted, in the place of the storm', () => {
    const ids = skills(3);
    const street = new Street().hear(...ids.map((id) => news(id))).pass(MIN);
    street.hear(...ids.map((id) => news(id, 'recovered'))).pass(MIN);
    expect(street.loud).toMatchObject([
      { key: 'group:trouble' },
      {
        key: 'group:trouble',
        title: '3 skills are well again',
        level: 'info',
        body: 'skill-0 after 1 min 30 s, skill-1 after 1 min 30 s and skill-2 after 1 min 30 s.',
      },
    ]);
  });

  it('some have not recovered from stays on the screen', () => {
    const ids = skills(4);
    const street = new Street().hear(...ids.map((id) => news(id))).pass(MIN);
    street.hear(...ids.slice(1).map((id) => news(id, 'recovered'))).pass(MIN);
    expect(street.loud.at(-1)?.key).toBe('group:recovery');
  });

  it('however it comes, makes at most 3 toasts and one of them for many', () => {
    const arrivals = fc.array(fc.nat({ max: 10_000 }), { minLength: 50, maxLength: 50 });
    const topics = fc.constantFrom('failing', 'quarantined', 'configuration', 'degraded');
    fc.assert(
      fc.property(arrivals, fc.array(topics, { minLength: 50, maxLength: 50 }), (times, kinds) => {
        const street = new Street();
        let nowMs = 0;
        [...times]
          .sort((a, b) => a - b)
          .forEach((atMs, index) => {
            street.pass(atMs - nowMs).hear(news(`skill-${index}`, kinds[index]));
            nowMs = atMs;
          });
        street.pass(MIN);
        const places = new Set(street.loud.map((telling) => telling.place));
        const groups = new Set(street.loud.filter((one) => one.grouped).map((one) => one.place));
        expect(places.size).toBeLessThanOrEqual(3);
        expect(groups.size).toBe(1);
        // Nobody is left out: each stands in the notice for all.
        expect(street.loud.filter((one) => one.grouped).at(-1)?.news).toHaveLength(50);
      }),
    );
  });

  it('never loses anybody: whatever is heard is told or replaced by a later word about the same skill', () => {
    const heard = fc.array(
      fc.record({
        skill: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        topic: fc.constantFrom('degraded', 'failing', 'quarantined', 'recovered'),
        waitMs: fc.nat({ max: 40_000 }),
      }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(heard, (steps) => {
        const street = new Street();
        const last = new Map<string, string>();
        for (const { skill, topic, waitMs } of steps) {
          street.hear(news(skill, topic)).pass(waitMs);
          last.set(skill, topic);
        }
        street.pass(20 * MIN);
        for (const [skill, topic] of last) {
          const about = street.told.flatMap((one) => one.news).filter((one) => one.skillId === skill);
          expect(about.some((one) => one.topic === topic)).toBe(true);
        }
      }),
    );
  });
});

describe('a common cause', () => {
  const noPython = { error: 'no Python 3 was found on this machine: install Python 3' };

  it('two skills share is one notice that names it, beside the trouble of others', () => {
    const street = new Street();
    street
      .hear(news('a', 'configuration', noPython), news('b', 'configuration', noPython), news('c'))
      .pass(MIN);
    expect(street.titles.sort()).toEqual([
      'No Python on this machine: 2 skills cannot start',
      'c is failing',
    ]);
  });

  it.each([
    'OSError: [Errno 28] No space left on device',
    'sqlite3.OperationalError: database or disk is full',
  ])('is a full disk: %s', (error) => {
    const street = new Street()
      .hear(news('a', 'failing', { error }), news('b', 'failing', { error }))
      .pass(MIN);
    expect(street.titles).toEqual(['The disk is full: 2 skills are in trouble']);
  });

  it('is sleep, for a minute after the machine woke up', () => {
    const street = new Street().pass(MIN);
    street.policy.awoke(street.now);
    street
      .hear(news('a'), news('b'))
      .pass(2 * MIN)
      .hear(news('c'), news('d'))
      .pass(MIN);
    expect(street.titles).toEqual([
      '2 skills are in trouble since this machine woke up',
      'c is failing',
      'd is failing',
    ]);
  });
});

describe('a flapping skill', () => {
  const flap = (street: Street, changes: number) => {
    for (let change = 0; change < changes; change += 1) {
      const well = change % 2 === 1;
      street
        .judged('a', well)
        .hear(news('a', well ? 'recovered' : 'degraded'))
        .pass(MIN);
    }
    return street;
  };

  it('is told once, then no more, but for a quarantine', () => {
    const street = flap(new Street({ cooldownSecs: 0 }), 10);
    expect(street.titles).toEqual(['a is degraded', 'a is well again', 'a is degraded', 'a is flapping']);
    street.hear(news('a', 'quarantined')).pass(MIN);
    expect(street.titles.at(-1)).toBe('a is in quarantine');
    expect(street.told.length).toBeGreaterThan(10);
  });

  it('is heard again after it was calm for the whole window', () => {
    const street = flap(new Street({ cooldownSecs: 0 }), 4).pass(16 * MIN);
    street.judged('a', false).hear(news('a', 'failing')).pass(MIN);
    expect(street.titles.at(-1)).toBe('a is failing');
  });

  it('that settles in trouble is told of it once it has been calm', () => {
    const street = flap(new Street({ cooldownSecs: 0 }), 5);
    expect(street.titles.at(-1)).toBe('a is flapping');
    street.pass(10 * MIN);
    expect(street.titles.at(-1)).toBe('a is flapping');
    street.pass(10 * MIN);
    expect(street.titles.at(-1)).toBe('a is degraded');
  });

  it('is none that changes slowly', () => {
    const street = new Street({ cooldownSecs: 0 });
    for (let change = 0; change < 20; change += 1) street.judged('a', change % 2 === 1).pass(6 * MIN);
    expect(street.told).toEqual([]);
  });
});

describe('what people said', () => {
  it('muted is silent, and kept', () => {
    const street = new Street().hear(news('a', 'quarantined', { muted: true })).pass(MIN);
    expect(street.told).toMatchObject([{ silent: true }]);
  });

  it('taken on by somebody is silent until it is quarantined', () => {
    const street = new Street().hear(news('a', 'failing', { acknowledged: true })).pass(MIN);
    expect(street.loud).toEqual([]);
    street.hear(news('a', 'quarantined', { acknowledged: true })).pass(MIN);
    expect(street.titles).toEqual(['a is in quarantine']);
  });

  it('muted for all: nothing pops up until the end, then what is still there', () => {
    const street = new Street();
    street.rules = { ...street.rules, mutedUntil: street.now.wallMs + 60 * MIN };
    street
      .hear(news('a', 'quarantined'), news('b'))
      .pass(30 * MIN)
      .hear(news('b', 'recovered'))
      .pass(29 * MIN);
    expect(street.loud).toEqual([]);
    street.pass(3 * MIN);
    expect(street.titles).toEqual(['a is in quarantine']);
  });
});

describe('quiet hours', () => {
  const night = { quietHours: true, quietFrom: '22:00', quietTo: '07:00' };

  it('let only a quarantine through, and in the morning tells what is still there as one', () => {
    const street = new Street(night, '23:30');
    street.hear(...skills(3).map((id) => news(id)), news('worst', 'quarantined')).pass(60 * MIN);
    expect(street.titles).toEqual(['worst is in quarantine']);
    street.pass(7 * 60 * MIN);
    expect(street.titles).toEqual(['worst is in quarantine', '3 skills are failing']);
  });

  it('let nothing through when they are to', () => {
    const street = new Street({ ...night, quietExceptQuarantined: false }, '06:00');
    expect(street.hear(news('a', 'quarantined')).pass(30 * MIN).loud).toEqual([]);
    expect(street.pass(45 * MIN).titles).toEqual(['a is in quarantine']);
  });

  it('have no recovery told of a trouble nobody heard of', () => {
    const street = new Street(night, '06:30').hear(news('a')).pass(10 * MIN);
    street
      .pass(15 * MIN)
      .hear(news('a', 'recovered'))
      .pass(60 * MIN);
    expect(street.loud).toEqual([]);
  });
});

describe('the end of the host', () => {
  it('tells what is held back', () => {
    const street = new Street().hear(news('a'));
    expect(street.policy.due(street.now, street.rules, (one) => one)).toEqual([]);
    expect(street.policy.due(street.now, street.rules, (one) => one, true)).toHaveLength(1);
    expect(street.policy.nextAt(street.rules)).toBeNull();
  });
});
