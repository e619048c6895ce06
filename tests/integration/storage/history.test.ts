import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Storage } from '../../../electron/storage/storage.ts';
import type { HistoryBucket } from '../../../shared/model/history.ts';
import { freshFolder, open } from './fixtures.ts';
import { failure, healthy, quarantined, skill, T0 } from './samples.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Nearest rank over every value, the plain way. */
function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.find((_value, index) => (index + 1) / sorted.length >= share) ?? null;
}

function countOf(buckets: readonly HistoryBucket[]): number {
  return buckets.reduce((sum, b) => sum + b.healthy + b.degraded + b.failed + b.unreachable, 0);
}

/** `count` checks, one every `everyMs` up to `to`; latencies rise through a hundred values. */
function fill(storage: Storage, skillId: string, to: number, count: number, everyMs: number): void {
  for (let n = 0; n < count; n += 1) {
    const at = to - n * everyMs;
    storage.checks.append(skillId, n % 10 === 9 ? failure(at) : healthy(at, 10 + (n % 100)));
  }
  storage.checks.flush();
}

describe('single checks', () => {
  it('of one outcome come newest first and page by page, whatever lies between them', () => {
    const { storage } = open(freshFolder());
    fill(storage, 'alpha', T0, 100, 1000);
    const first = storage.checks.list('alpha', undefined, 4, 'unreachable');
    expect(first.map(({ outcome }) => outcome.kind)).toEqual([
      'unreachable',
      'unreachable',
      'unreachable',
      'unreachable',
    ]);
    expect(first.map(({ at }) => at)).toEqual([9, 19, 29, 39].map((n) => T0 - n * 1000));
    const rest = storage.checks.list('alpha', first.at(-1)?.at, 1000, 'unreachable');
    expect(rest.map(({ at }) => at)).toEqual([49, 59, 69, 79, 89, 99].map((n) => T0 - n * 1000));
    expect(storage.checks.list('alpha', undefined, 1000, 'degraded')).toEqual([]);
    expect(storage.checks.list('alpha', undefined, 1000, 'healthy')).toHaveLength(90);
  });
});

describe('history', () => {
  it('matches a brute-force count for any checks, ranges and points', () => {
    const { storage } = open(freshFolder());
    let skills = 0;
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.integer({ min: 0, max: 3 * DAY }), fc.option(fc.integer({ min: 0, max: 90_000 }))),
          {
            minLength: 1,
            maxLength: 60,
          },
        ),
        fc.integer({ min: 0, max: 3 * DAY }),
        fc.integer({ min: 0, max: 3 * DAY }),
        fc.integer({ min: 1, max: 400 }),
        (entries, offset, length, points) => {
          skills += 1;
          const id = `skill-${skills}`;
          const checks = entries.map(([after, tenths]) =>
            tenths === null ? failure(T0 + after) : healthy(T0 + after, tenths / 10),
          );
          for (const check of checks) storage.checks.append(id, check);
          const [from, to] = [T0 + offset, T0 + offset + length];
          const inRange = checks.filter((check) => check.at >= from && check.at <= to);
          const buckets = storage.checks.history(id, from, to, points);

          expect(buckets.length).toBeLessThanOrEqual(Math.min(points, 360));
          expect(countOf(buckets)).toBe(inRange.length);
          for (const [index, bucket] of buckets.entries()) {
            const last = index === buckets.length - 1;
            const inside = inRange.filter(
              ({ at }) => at >= bucket.from && (at < bucket.to || (last && at === bucket.to)),
            );
            const latencies = inside.flatMap((check) => check.latencyMs ?? []);
            expect(bucket.from).toBeGreaterThanOrEqual(from);
            expect(inside.length).toBe(countOf([bucket]));
            expect(inside.length).toBeGreaterThan(0);
            expect(bucket.p50Ms).toBe(percentile(latencies, 0.5));
            expect(bucket.p95Ms).toBe(percentile(latencies, 0.95));
            expect(bucket.maxMs).toBe(latencies.length === 0 ? null : Math.max(...latencies));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('shows a gap as absent buckets, never as zeros', () => {
    const { storage } = open(freshFolder());
    fill(storage, 'alpha', T0 - 12 * HOUR, 20, MINUTE);
    fill(storage, 'alpha', T0, 20, MINUTE);
    const buckets = storage.checks.history('alpha', T0 - DAY, T0, 288);
    expect(countOf(buckets)).toBe(40);
    expect(buckets.filter(({ from }) => from > T0 - 12 * HOUR && from < T0 - HOUR)).toEqual([]);
    expect(storage.checks.history('alpha', T0 - 10 * HOUR, T0 - HOUR, 100)).toEqual([]);
  });

  it('gives at most 360 points, whatever is asked', () => {
    const { storage } = open(freshFolder());
    fill(storage, 'alpha', T0, 5000, MINUTE);
    expect(storage.checks.history('alpha', T0 - 5000 * MINUTE, T0, 100_000).length).toBeLessThanOrEqual(360);
    expect(storage.checks.history('alpha', T0 - 5000 * MINUTE, T0, 1)).toHaveLength(1);
    expect(storage.checks.history('alpha', T0, T0 - 1, 10)).toEqual([]);
  });

  it('takes a skill asked every second from roll-ups, complete and with percentiles within 5 %', () => {
    const { storage } = open(freshFolder());
    fill(storage, 'alpha', T0, 60_000, 1000);
    const [from, to] = [T0 - 60_000_000, T0];
    const buckets = storage.checks.history('alpha', from, to, 360);
    expect(countOf(buckets)).toBe(60_000);
    for (const { p50Ms, p95Ms, from: start, to: end } of buckets) {
      if (end - start < 15 * MINUTE) continue;
      expect(Math.abs((p50Ms ?? 0) - 59)).toBeLessThan(59 * 0.05 + 1);
      expect(Math.abs((p95Ms ?? 0) - 104)).toBeLessThan(104 * 0.05 + 1);
    }
  });

  it('counts checks that come in late, also for a roll-up that was over', () => {
    const { storage } = open(freshFolder());
    fill(storage, 'alpha', T0, 48, HOUR);
    for (let n = 0; n < 48; n += 1) storage.checks.append('alpha', healthy(T0 - n * HOUR - MINUTE));
    storage.checks.flush();
    storage.retention({ rawCheckDays: 1, rollUpDays: 400, actionDays: 400 }, 10_000);
    expect(countOf(storage.checks.history('alpha', T0 - 3 * DAY, T0, 360))).toBe(96);
  });
});

describe('retention', () => {
  const keep = { rawCheckDays: 2, rollUpDays: 60, actionDays: 10 };

  it('lets raw checks go, keeps their counts and latencies in roll-ups, then lets those go', () => {
    const { storage, clock } = open(freshFolder());
    fill(storage, 'alpha', T0, 24 * 80, HOUR);
    const from = T0 - 30 * DAY;
    const exact = storage.checks.history('alpha', from, T0, 360);
    expect(storage.retention(keep, 60_000)).toEqual({ done: true });

    const rolled = storage.checks.history('alpha', from, T0, 360);
    expect(countOf(rolled) - countOf(exact)).toBeGreaterThanOrEqual(0);
    expect(countOf(rolled) - countOf(exact)).toBeLessThanOrEqual(1);
    expect(storage.checks.list('alpha', undefined, 1000).length).toBe(49);
    const all = storage.checks.history('alpha', T0 - 80 * DAY, T0, 360);
    expect(all.length).toBeLessThanOrEqual(360);
    expect(Math.abs(countOf(all) - 60 * 24)).toBeLessThanOrEqual(3);
    for (const bucket of all) expect(bucket.p95Ms).toBeLessThanOrEqual(bucket.maxMs ?? 0);

    clock.nowMs = T0 + 500 * DAY;
    expect(storage.retention(keep, 60_000)).toEqual({ done: true });
    expect(storage.checks.history('alpha', T0 - 80 * DAY, T0 + 500 * DAY, 360)).toEqual([]);
    expect(storage.checks.countMatching('exit code <num>')).toEqual({ errors: 0, skills: 0 });
  });

  it('keeps the last hours of a skill that fell silent', () => {
    const { storage, clock } = open(freshFolder());
    fill(storage, 'alpha', T0, 10, MINUTE);
    clock.nowMs = T0 + 50 * DAY;
    storage.retention(keep, 60_000);
    expect(storage.checks.list('alpha')).toEqual([]);
    expect(countOf(storage.checks.history('alpha', T0 - DAY, T0 + DAY, 360))).toBe(10);
    expect(storage.checks.heartbeats(T0 - DAY, T0 + DAY, 12, 'alpha')[0]?.checks).toBe(10);
    storage.checks.append('alpha', healthy(clock.nowMs));
    expect(countOf(storage.checks.history('alpha', T0 - DAY, clock.nowMs, 360))).toBe(11);
  });

  it('works in slices and says when there is more to do', () => {
    const { storage } = open(freshFolder());
    fill(storage, 'alpha', T0, 24 * 80, HOUR);
    expect(storage.retention(keep, 0)).toEqual({ done: false });
    let slices = 1;
    while (!storage.retention(keep, 0.001).done && slices < 1000) slices += 1;
    expect(slices).toBeLessThan(1000);
    expect(storage.checks.list('alpha', undefined, 1000)).toHaveLength(49);
  });

  it('takes old actions, ended incidents and runs, never an open incident', () => {
    const { storage, clock } = open(freshFolder());
    const { add } = storage.actions;
    add({ at: T0, kind: 'stopSkill', skillId: 'alpha', origin: 'user', reason: '', result: 'done' });
    clock.nowMs = T0 + 11 * DAY;
    add({
      at: clock.nowMs,
      kind: 'startSkill',
      skillId: 'alpha',
      origin: 'user',
      reason: '',
      result: 'done',
    });
    storage.retention(keep, 60_000);
    expect(storage.actions.list({}).map((action) => action.kind)).toEqual(['startSkill']);
  });
});

describe('heartbeats', () => {
  it('has a bar for every known skill, exact for few checks', () => {
    const { storage } = open(freshFolder());
    storage.skills.save(skill('alpha'));
    storage.skills.save(skill('silent'));
    fill(storage, 'alpha', T0, 10, MINUTE);
    const [alpha, silent] = storage.checks.heartbeats(T0 - 10 * MINUTE, T0, 10);
    expect(alpha).toMatchObject({ skillId: 'alpha', checks: 10, healthyShare: 0.9, p50Ms: 14 });
    expect(alpha?.cells.at(-1)).toMatchObject({ index: 9, healthy: 2 });
    expect(silent).toEqual({
      skillId: 'silent',
      cells: [],
      checks: 0,
      healthyShare: null,
      p50Ms: null,
      p95Ms: null,
    });
  });

  it('shows the quarantine that explains why there are no checks', () => {
    const { storage } = open(freshFolder());
    storage.skills.save(quarantined('alpha'));
    const at = T0 - 5 * HOUR;
    const action = { skillId: 'alpha', origin: 'monitor', reason: 'r', result: 'done' } as const;
    storage.actions.add({ ...action, at, kind: 'quarantineSkill' });
    storage.actions.add({ ...action, at: at + HOUR, kind: 'releaseSkill' });
    storage.actions.add({ ...action, at: T0 - HOUR, kind: 'quarantineSkill' });
    const [alpha] = storage.checks.heartbeats(T0 - 10 * HOUR, T0, 10, 'alpha');
    expect(alpha?.cells.filter((cell) => cell.quarantined).map((cell) => cell.index)).toEqual([5, 6, 9]);
  });

  it('comes from roll-ups for many checks, without holes and without losing any', () => {
    const { storage } = open(freshFolder());
    fill(storage, 'alpha', T0, 20_000, 4 * 3000);
    const days = [1, 2];
    for (const day of days) {
      const [bar] = storage.checks.heartbeats(T0 - day * DAY, T0, 96, 'alpha');
      expect(bar?.cells.map((cell) => cell.index)).toEqual(Array.from({ length: 96 }, (_, index) => index));
      expect(Math.abs((bar?.checks ?? 0) - day * 7200)).toBeLessThan(80);
      expect(bar?.healthyShare).toBeCloseTo(0.9, 2);
    }
  });
});
