import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BulkRun } from '../../../renderer/state/bulk-run.ts';
import type { OrderOutcome } from '../../../renderer/state/skill-actions.ts';

const host = vi.hoisted(() => ({
  asked: [] as { id: string; answer: (outcome: OrderOutcome) => void }[],
  orders: [] as unknown[],
}));
vi.mock('../../../renderer/state/skill-actions.ts', () => ({
  carryOut: (id: string, order: unknown) =>
    new Promise<OrderOutcome>((answer) => {
      host.asked.push({ id, answer });
      host.orders.push(order);
    }),
}));
/** The run as a screen would see it: zustand's hook reads the store outside React too. */
const seen = vi.hoisted(() => ({ read: (): { run: BulkRun | null } => ({ run: null }) }));
vi.mock('zustand', async (original) => {
  const real = await original<typeof import('zustand')>();
  return {
    ...real,
    create: () => (init: never) => {
      const store = real.create(init) as unknown as { getState: typeof seen.read };
      seen.read = () => store.getState();
      return store;
    },
  };
});

// Files of a worker share their modules: ours must be made with these stand-ins, and be nobody's afterwards.
vi.resetModules();
const { isUnderWay, putBulkAway, retryBulk, startBulk, stopBulk } = await import(
  '../../../renderer/state/bulk-run.ts'
);
const { setFeedback } = await import('../../../renderer/state/feedback.ts');
afterAll(() => vi.resetModules());

const told: string[] = [];
const run = () => seen.read().run;
const states = () => run()?.results.map(({ state }) => state);
const settled = () => new Promise((resolve) => setImmediate(resolve));
const ids = Array.from({ length: 7 }, (_, index) => `s${index}`);

async function answer(id: string, outcome: OrderOutcome): Promise<void> {
  const at = host.asked.findIndex((one) => one.id === id);
  host.asked.splice(at, 1)[0]?.answer(outcome);
  await settled();
}
async function answerAll(outcome: OrderOutcome): Promise<void> {
  while (host.asked.length > 0) await answer(host.asked[0]?.id ?? '', outcome);
}

beforeEach(async () => {
  await answerAll({ kind: 'done' });
  putBulkAway();
  told.length = 0;
  host.orders.length = 0;
  setFeedback({ done: (title) => told.push(title), error: () => undefined });
});

describe('an order for many', () => {
  it('asks four at a time, tells how far it is, and says one sentence when all went well', async () => {
    void startBulk(ids, () => ({ command: 'restart' }));
    expect(host.asked.map(({ id }) => id)).toEqual(['s0', 's1', 's2', 's3']);
    await answer('s1', { kind: 'done' });
    expect(host.asked.map(({ id }) => id)).toEqual(['s0', 's2', 's3', 's4']);
    expect(states()).toEqual(['running', 'done', 'running', 'running', 'running', 'waiting', 'waiting']);
    await answerAll({ kind: 'done' });
    expect(told).toEqual(['7 skills restarted']);
    expect(run()).toBeNull();
  });

  it('names what failed and tries only that again', async () => {
    void startBulk(ids.slice(0, 3), () => ({ command: 'check' }));
    await answer('s0', { kind: 'failed', error: new Error('its process is stopped') });
    await answer('s1', { kind: 'busy' });
    await answer('s2', { kind: 'done' });
    expect(run()?.results.map(({ problem }) => problem)).toEqual([
      'its process is stopped',
      'Another order for it is still being carried out.',
      null,
    ]);
    expect(told).toEqual([]);
    retryBulk();
    expect(host.asked.map(({ id }) => id)).toEqual(['s0', 's1']);
  });

  it('stops where it is told to, and leaves the rest as it was', async () => {
    void startBulk(ids, () => ({ command: 'stop' }));
    stopBulk();
    expect(states()?.slice(4)).toEqual(['left', 'left', 'left']);
    await answerAll({ kind: 'done' });
    expect(host.orders).toHaveLength(4);
    const stopped = run();
    expect(stopped !== null && isUnderWay(stopped)).toBe(false);
  });

  it('is one at a time', async () => {
    void startBulk(['a'], () => ({ command: 'check' }));
    await startBulk(['b'], () => ({ command: 'check' }));
    putBulkAway();
    expect(run()?.results.map(({ skillId }) => skillId)).toEqual(['a']);
  });

  it('carries each skill’s own decision', async () => {
    void startBulk(['a', 'b'], (id) => ({ command: 'release', mode: id === 'a' ? 'force' : 'trial' }));
    expect(host.orders).toEqual([
      { command: 'release', mode: 'force' },
      { command: 'release', mode: 'trial' },
    ]);
  });
});
