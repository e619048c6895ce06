import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tally } from '../../../electron/storage/history/tally.ts';

const latencies = fc.array(fc.integer({ min: 0, max: 6_000_000 }), { minLength: 1, maxLength: 300 });
const points = fc.array(
  fc.record({
    outcome: fc.integer({ min: 0, max: 3 }),
    latency: fc.option(fc.integer({ min: 0, max: 6_000_000 })),
  }),
  { maxLength: 200 },
);

/** Nearest rank over every value, the plain way. */
function oracle(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.find((_value, index) => (index + 1) / sorted.length >= share) ?? Number.NaN;
}

function tallyOf(values: readonly { outcome: number; latency: number | null }[]): Tally {
  const tally = new Tally();
  for (const { outcome, latency } of values) tally.addCheck(outcome, latency);
  return tally;
}

describe('Tally', () => {
  it('gives exact nearest-rank percentiles while only checks came in', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const tally = tallyOf(values.map((latency) => ({ outcome: 0, latency })));
        const [p50, p95] = tally.percentilesMs(0.5, 0.95);
        expect(p50).toBe(oracle(values, 0.5) / 10);
        expect(p95).toBe(oracle(values, 0.95) / 10);
      }),
    );
  });

  it('is off by at most 4.5 % of the value once roll-ups are among them', () => {
    fc.assert(
      fc.property(latencies, latencies, (first, second) => {
        const tally = new Tally();
        tally.addEncoded(tallyOf(first.map((latency) => ({ outcome: 0, latency }))).encode());
        for (const latency of second) tally.addCheck(0, latency);
        for (const share of [0.5, 0.95]) {
          const exact = oracle([...first, ...second], share);
          const [found] = tally.percentilesMs(share);
          expect(Math.abs((found ?? Number.NaN) * 10 - exact)).toBeLessThanOrEqual(exact * 0.045 + 1);
        }
      }),
    );
  });

  it('counts the same whether checks come one by one, in two encoded halves, or halves of halves', () => {
    fc.assert(
      fc.property(points, points, points, (a, b, c) => {
        const whole = tallyOf([...a, ...b, ...c]);
        const half = new Tally();
        half.addEncoded(tallyOf(a).encode());
        half.addEncoded(tallyOf(b).encode());
        const merged = new Tally();
        merged.addEncoded(half.encode());
        merged.addEncoded(tallyOf(c).encode());
        expect(merged.encode()).toBe(whole.encode());
        const { p50Ms: _p50, p95Ms: _p95, ...counted } = merged.bucket(0, 1);
        expect(whole.bucket(0, 1)).toMatchObject(counted);
      }),
    );
  });

  it('never averages: the percentile of two unlike halves is not between their percentiles', () => {
    const fast = tallyOf(Array.from({ length: 99 }, () => ({ outcome: 0, latency: 100 })));
    const slow = tallyOf([{ outcome: 0, latency: 50_000 }]);
    const both = new Tally();
    both.addEncoded(fast.encode());
    both.addEncoded(slow.encode());
    const [p95] = both.percentilesMs(0.95);
    expect(p95).toBeGreaterThanOrEqual(10);
    expect(p95).toBeLessThan(11);
  });

  it('has null latencies when nothing answered, not zero', () => {
    const bucket = tallyOf([{ outcome: 3, latency: null }]).bucket(0, 1);
    expect(bucket).toMatchObject({ unreachable: 1, minMs: null, maxMs: null, p50Ms: null, p95Ms: null });
  });

  it('reads what it can of a damaged text and does not throw', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(() => new Tally().addEncoded(text)).not.toThrow();
      }),
    );
  });
});
