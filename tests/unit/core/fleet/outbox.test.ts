import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_PENDING, Outbox, type Parcel } from '../../../../electron/core/fleet/outbox.ts';

const parcel = (text: string, bytes = 10): Parcel => ({ text, bytes });
const MOST_BYTES = 100;

describe('the outbox', () => {
  it('numbers what comes in and hands it over in batches of at most so many bytes', () => {
    const outbox = new Outbox(MOST_BYTES);
    for (const text of 'abcde') outbox.put(parcel(text, 40));
    expect(outbox.take(MOST_BYTES)).toEqual({ from: 1, parcels: [parcel('a', 40), parcel('b', 40)] });
    // Until it is confirmed, it is this one and no other.
    expect(outbox.take(MOST_BYTES)?.from).toBe(1);
    outbox.confirm();
    expect(outbox.take(MOST_BYTES)?.from).toBe(3);
    outbox.confirm();
    expect(outbox.take(MOST_BYTES)).toEqual({ from: 5, parcels: [parcel('e', 40)] });
    outbox.confirm();
    expect(outbox.take(MOST_BYTES)).toBeNull();
    expect(outbox).toMatchObject({ published: 5, dropped: 0, pending: 0, last: 5 });
  });

  it('gives up the oldest when the broker stays away, and never what is under way', () => {
    const outbox = new Outbox(MOST_BYTES);
    outbox.put(parcel('first'));
    outbox.take(MOST_BYTES);
    for (let count = 0; count < MOST_PENDING + 1; count += 1) outbox.put(parcel('x'));
    expect(outbox.take(MOST_BYTES)?.from).toBe(1);
    expect(outbox.pending).toBeLessThanOrEqual(MOST_PENDING);
    expect(outbox.dropped).toBeGreaterThan(0);
    outbox.confirm();
    // The hole is seen: the next batch does not begin at 2.
    expect(outbox.take(MOST_BYTES)?.from).toBe(2 + outbox.dropped);
  });

  it('gives up what could never travel, with what waits before it, so that the hole is at the end of a batch', () => {
    const outbox = new Outbox(MOST_BYTES);
    outbox.put(parcel('a'));
    outbox.put(parcel('huge', MOST_BYTES + 1));
    outbox.put(parcel('b'));
    expect(outbox.take(MOST_BYTES)).toEqual({ from: 3, parcels: [parcel('b')] });
    expect(outbox.dropped).toBe(2);
  });

  it('leaves a number out for a time in which nothing was handed in', () => {
    const outbox = new Outbox(MOST_BYTES);
    outbox.put(parcel('a'));
    outbox.take(MOST_BYTES);
    outbox.skip();
    outbox.put(parcel('b'));
    expect(outbox.take(MOST_BYTES)?.from).toBe(3);
  });

  it('tells everything once and in order, or shows a hole; and counts what it gave up', () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ kind: fc.constant('put' as const), bytes: fc.integer({ min: 1, max: 130 }) }),
      },
      { weight: 3, arbitrary: fc.constantFrom({ kind: 'send' as const }, { kind: 'lose' as const }) },
      { weight: 1, arbitrary: fc.constantFrom({ kind: 'refuse' as const }, { kind: 'skip' as const }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const outbox = new Outbox(MOST_BYTES);
        const arrived: number[] = [];
        let put = 0;
        let skips = 0;
        const take = () => {
          const batch = outbox.take(MOST_BYTES);
          const bytes = batch?.parcels.reduce((sum, one) => sum + one.bytes, 0) ?? 0;
          expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
          return batch;
        };
        const send = () => {
          const batch = take();
          if (batch === null) return;
          // A parcel is called by the number it must have.
          for (const [index, { text }] of batch.parcels.entries()) {
            expect(Number(text)).toBe(batch.from + index);
            arrived.push(batch.from + index);
          }
          outbox.confirm();
        };
        for (const one of steps) {
          if (one.kind === 'put') {
            put += 1;
            outbox.put(parcel(String(put + skips), one.bytes));
          } else if (one.kind === 'send') send();
          else if (one.kind === 'lose') take();
          else if (one.kind === 'refuse') {
            if (take() !== null) outbox.refuse();
          } else {
            outbox.skip();
            skips += 1;
          }
        }
        while (take() !== null) send();
        expect(arrived).toEqual([...new Set(arrived)].sort((a, b) => a - b));
        expect(outbox.last).toBe(put + skips);
        expect(outbox.published).toBe(arrived.length);
        expect(outbox.published + outbox.dropped).toBe(put);
      }),
    );
  });
});
