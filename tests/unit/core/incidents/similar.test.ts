import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeError } from '../../../../electron/core/fixes/normalize.ts';
import { similarIncidents } from '../../../../electron/core/incidents/similar.ts';
import type { Incident } from '../../../../shared/model/action.ts';
import { incident } from './build.ts';

const refused = (host: string) => `ConnectionRefusedError: [Errno 111] connect to ${host}:5432 failed`;
const now = incident({ id: 100, skillId: 'shop', startedAt: 5_000_000, ...about(refused('db-1')) });

function about(error: string): Pick<Incident, 'error' | 'signature'> {
  return { error, signature: normalizeError(error) };
}
const ended = (from: number, ms: number, by: 'recovery' | 'user' = 'recovery', fixId?: number) => ({
  startedAt: from,
  endedAt: from + ms,
  state: 'resolved' as const,
  ended: { by, ...(fixId === undefined ? {} : { fixId }) },
});

describe('similar incidents', () => {
  it('are first those of this skill, then the same elsewhere, then what is alike; each with why', () => {
    const found = similarIncidents(
      now,
      [
        incident({ id: 1, skillId: 'shop', ...about(refused('db-7')), ...ended(1000, 60_000) }),
        incident({ id: 2, skillId: 'shop', ...about(refused('db-9')), ...ended(2000, 120_000, 'user') }),
        incident({ id: 3, skillId: 'bank', ...about(refused('db-1')), ...ended(3000, 5000, 'user', 4) }),
        incident({
          id: 4,
          skillId: 'mail',
          ...about('ConnectionRefusedError: [Errno 111] connect to cache:5432 failed while reading'),
          ...ended(100, 1000),
        }),
        incident({ id: 5, skillId: 'mail', ...about("KeyError: 'token'"), ...ended(100, 1000) }),
      ],
      5,
    );
    expect(found.map(({ incident: one }) => one.id)).toEqual([2, 3, 4]);
    expect(found.map(({ why }) => why)).toEqual([
      'The same error in this skill, 2 times before; resolved by hand after 2 min.',
      'The same error in bank, once before; a fix ended it after 5 s.',
      expect.stringMatching(/^\d\d % alike, in mail, once before; it recovered after 1 s\.$/),
    ]);
  });

  it('show the one that names a fix among several of the same', () => {
    const same = about(refused('db-1'));
    const [first] = similarIncidents(
      now,
      [
        incident({ id: 1, skillId: 'shop', ...same, ...ended(1000, 1000, 'user', 9) }),
        incident({ id: 2, skillId: 'shop', ...same, ...ended(2000, 1000) }),
      ],
      5,
    );
    expect(first).toMatchObject({ incident: { id: 1 }, score: 1 });
  });

  it('are none that came later, none that contradict', () => {
    const later = incident({ id: 7, skillId: 'shop', ...about(refused('x')), startedAt: 9_000_000 });
    const subject = incident({
      id: 100,
      ...about('HTTPStatusError: 401 Unauthorized for url https://a.example/me'),
    });
    const other = incident({
      id: 8,
      ...about('HTTPStatusError: 503 Unauthorized for url https://a.example/me'),
    });
    expect(similarIncidents(now, [later, now], 5)).toEqual([]);
    expect(similarIncidents(subject, [other], 5)).toEqual([]);
  });

  it('whatever the texts, have scores from 0.6 to 1, best first, one for each skill and signature', () => {
    const any = fc.record({
      id: fc.nat({ max: 90 }).map((n) => n + 1),
      skillId: fc.constantFrom('shop', 'bank'),
      error: fc.oneof(fc.string(), fc.constantFrom(refused('a'), refused('b'), "KeyError: 'x'", '')),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), any, (others, subject) => {
        const candidates = others.map((one) => incident({ ...one, ...about(one.error) }));
        const found = similarIncidents(
          incident({ ...subject, id: 1000, ...about(subject.error) }),
          candidates,
          5,
        );
        expect(found.length).toBeLessThanOrEqual(5);
        const scores = found.map(({ score }) => score);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
        for (const score of scores) expect(score >= 0.6 && score <= 1).toBe(true);
        const keys = found.map(({ incident: one }) => `${one.skillId} ${one.signature}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
