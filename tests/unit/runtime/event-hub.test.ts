import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventHub } from '../../../electron/runtime/event-hub.ts';
import type { SequencedEvent } from '../../../shared/contract/index.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';

function hubWithEars() {
  const clock = new FakeClock();
  const hub = new EventHub(clock);
  const batches: SequencedEvent[][] = [];
  hub.subscribe((batch) => batches.push([...batch]));
  return { clock, hub, batches };
}

const gone = (skillId: string) => ({ skillId, skill: null });

describe('EventHub', () => {
  it('says when somebody begins to look or to count, and can tell them apart by then', () => {
    const told: [boolean, boolean][] = [];
    const hub: EventHub = new EventHub(new FakeClock(), () => told.push([hub.hasListeners, hub.hasCounters]));
    const endCounting = hub.subscribeQuietly(() => undefined);
    hub.subscribe(() => undefined);
    endCounting();
    expect(told).toEqual([
      [false, true],
      [true, true],
    ]);
    expect(hub.hasCounters).toBe(false);
  });

  it('sends what comes together in one batch, at most ten batches a second', async () => {
    const { clock, hub, batches } = hubWithEars();
    for (let ms = 0; ms < 1000; ms += 10) {
      hub.publish('skill.changed', gone(`s${ms}`), `s${ms}`);
      await clock.advance(10);
    }
    await clock.advance(200);
    expect(batches.flat()).toHaveLength(100);
    expect(batches.length).toBeLessThanOrEqual(12);
  });

  it('joins what is superseded within a batch and keeps the newest', async () => {
    const { clock, hub, batches } = hubWithEars();
    hub.publish('skill.changed', gone('a'), 'a');
    hub.publish('skill.changed', gone('b'), 'b');
    hub.publish('skill.changed', gone('a'), 'a');
    await clock.advance(1);
    expect(batches.flat().map(({ payload, seq }) => [seq, (payload as { skillId: string }).skillId])).toEqual(
      [
        [1, 'b'],
        [2, 'a'],
      ],
    );
  });

  it('never joins events without a key', async () => {
    const { clock, hub, batches } = hubWithEars();
    const notice = { at: 1, level: 'info' as const, code: 'x', message: 'm' };
    hub.publish('host.notice', { notice });
    hub.publish('host.notice', { notice });
    await clock.advance(1);
    expect(batches.flat()).toHaveLength(2);
  });

  it('numbers rise by one without a hole, whatever is published when', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(150)), { maxLength: 12 }),
        async (steps) => {
          const { clock, hub, batches } = hubWithEars();
          for (const [id, waitMs] of steps) {
            hub.publish('skill.changed', gone(id), id);
            await clock.advance(waitMs);
          }
          await clock.advance(500);
          const numbers = batches.flat().map((event) => event.seq);
          expect(numbers).toEqual(numbers.map((_number, index) => index + 1));
        },
      ),
    );
  });

  it('gives a returning subscriber what it missed, and says when that is no longer possible', async () => {
    const { clock, hub } = hubWithEars();
    for (let index = 0; index < 20_000; index += 1) {
      hub.publish('skill.changed', gone(`s${index}`), `s${index}`);
      if (index % 100 === 0) await clock.advance(100);
    }
    hub.flush();
    const recent = hub.since(hub.seq - 5);
    expect(recent.complete).toBe(true);
    expect(recent.events.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5].map((n) => hub.seq - 5 + n));
    expect(hub.since(1).complete).toBe(false);
    expect(hub.since(hub.seq + 1).complete).toBe(false);
    expect(hub.since(hub.seq)).toEqual({ events: [], complete: true });
  });

  it('sets no timer and keeps nothing while nothing happens', async () => {
    const clock = new FakeClock();
    const hub = new EventHub(clock);
    expect(hub.seq).toBe(0);
    expect(hub.since(0)).toEqual({ events: [], complete: true });
    expect(hub.hasListeners).toBe(false);
  });

  it('tells who only counts the same, and makes no extras for it', async () => {
    const clock = new FakeClock();
    const hub = new EventHub(clock);
    const heard: string[] = [];
    const end = hub.subscribeQuietly((batch) => heard.push(...batch.map(({ event }) => event)));
    expect(hub.hasListeners).toBe(false);
    const close = hub.subscribe(() => undefined);
    expect(hub.hasListeners).toBe(true);
    close();
    hub.publish('skill.changed', { skillId: 'a', skill: null }, 'a');
    await clock.advance(100);
    end();
    hub.publish('skill.changed', { skillId: 'a', skill: null }, 'a');
    await clock.advance(100);
    expect(heard).toEqual(['skill.changed']);
    expect(hub.hasListeners).toBe(false);
  });
});
