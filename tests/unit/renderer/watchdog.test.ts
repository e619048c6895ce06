import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge, ConnectionState } from '../../../renderer/bridge/connection.ts';
import { createListeners } from '../../../renderer/bridge/listeners.ts';
import { startWatchdog } from '../../../renderer/state/watchdog.ts';
import { okResponse, type SequencedEvent } from '../../../shared/contract/index.ts';

function stage() {
  const events = createListeners<readonly SequencedEvent[]>();
  const states = createListeners<ConnectionState>();
  const pings: (() => void)[] = [];
  let state: ConnectionState = { kind: 'live', resumed: false };
  const bridge = {
    commands: {
      'host.ping': () => new Promise((resolve) => pings.push(() => resolve(okResponse('p', { pong: true })))),
    },
    onEvents: events.add,
    onConnection: states.add,
    connection: () => state,
  } as unknown as Bridge;
  const reported: string[] = [];
  const end = startWatchdog(bridge, (next) => reported.push(next.kind));
  return {
    end,
    reported,
    pings,
    event: () => events.tell([]),
    lose: () => {
      state = { kind: 'lost', nextAttemptAt: 0 };
      states.tell(state);
    },
  };
}

describe('startWatchdog', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('leaves a talking host alone', async () => {
    const host = stage();
    for (let second = 0; second < 30; second += 1) {
      await vi.advanceTimersByTimeAsync(1000);
      host.event();
    }
    expect(host.pings).toHaveLength(0);
    host.end();
  });

  it('pings a silent host, and is content when it answers', async () => {
    const host = stage();
    await vi.advanceTimersByTimeAsync(8000);
    expect(host.pings).toHaveLength(1);
    host.pings[0]?.();
    await vi.advanceTimersByTimeAsync(7000);
    expect(host.reported).toEqual([]);
    host.end();
  });

  it('calls it stale when the answer is missing, and live again at the first sign', async () => {
    const host = stage();
    await vi.advanceTimersByTimeAsync(8000 + 4900);
    expect(host.reported).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(host.reported).toEqual(['stale']);
    host.event();
    expect(host.reported).toEqual(['stale', 'live']);
    host.end();
  });

  it('says nothing about a host that is not connected', async () => {
    const host = stage();
    host.lose();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(host.pings).toHaveLength(0);
    expect(host.reported).toEqual([]);
    host.end();
  });
});
