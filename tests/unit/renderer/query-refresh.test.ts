import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge, ConnectionState } from '../../../renderer/bridge/connection.ts';
import { createListeners } from '../../../renderer/bridge/listeners.ts';
import { startQueryRefresh } from '../../../renderer/state/query-refresh.ts';
import type { SequencedEvent } from '../../../shared/contract/index.ts';
import { makeSkill } from './make-skill.ts';

function checked(skillId: string): SequencedEvent {
  const { health: record } = makeSkill(skillId);
  return {
    v: 1,
    seq: 1,
    event: 'health.checked',
    payload: { skillId, at: 1, outcome: { kind: 'healthy' }, latencyMs: 1, record },
  };
}

describe('startQueryRefresh', () => {
  const events = createListeners<readonly SequencedEvent[]>();
  const states = createListeners<ConnectionState>();
  const bridge = { onEvents: events.add, onConnection: states.add } as unknown as Bridge;
  let client: QueryClient;
  let page: { hidden: boolean; addEventListener: () => void; removeEventListener: () => void };
  let end: () => void;
  let endWatch: () => void;
  let fetched: Record<string, number>;

  beforeEach(async () => {
    vi.useFakeTimers();
    fetched = {};
    client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, networkMode: 'always' } } });
    page = { hidden: false, addEventListener: () => undefined, removeEventListener: () => undefined };
    end = startQueryRefresh(bridge, client, page);
    const watch = (queryKey: readonly unknown[], refreshMs: number) =>
      new QueryObserver(client, {
        queryKey: [...queryKey],
        queryFn: async () => {
          const name = String(queryKey[1]);
          fetched[name] = (fetched[name] ?? 0) + 1;
          return fetched[name];
        },
        meta: { refreshMs },
      }).subscribe(() => undefined);
    const ends = [
      watch(['checks', 'a'], 1000),
      watch(['checks', 'b'], 1000),
      watch(['heartbeats', null], 10_000),
    ];
    endWatch = () => {
      for (const one of ends) one();
    };
    await vi.advanceTimersByTimeAsync(1500);
  });
  afterEach(() => {
    endWatch();
    end();
    client.clear();
    vi.useRealTimers();
  });

  it('fetches again what a check made old, and nothing of other skills', async () => {
    events.tell([checked('a')]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(fetched).toMatchObject({ a: 2, b: 1 });
  });

  it('fetches at most once a second however many events come', async () => {
    for (let round = 0; round < 30; round += 1) {
      events.tell([checked('a'), checked('a')]);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(fetched.a).toBeLessThanOrEqual(4);
    expect(fetched.a).toBeGreaterThanOrEqual(3);
  });

  it('keeps to a slower pace where the query asks for it, and does not forget', async () => {
    events.tell([checked('a')]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(fetched.null).toBe(1);
    await vi.advanceTimersByTimeAsync(6000);
    expect(fetched.null).toBe(2);
  });

  it('rests while nobody looks', async () => {
    page.hidden = true;
    events.tell([checked('a')]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(fetched.a).toBe(1);
    page.hidden = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect(fetched.a).toBe(2);
  });

  it('asks for everything again after a connection that could not resume', async () => {
    states.tell({ kind: 'live', resumed: false });
    await vi.advanceTimersByTimeAsync(0);
    expect(fetched).toMatchObject({ a: 2, b: 2, null: 2 });
    states.tell({ kind: 'live', resumed: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(fetched.a).toBe(2);
  });
});
