import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectSocket, type SocketLike } from '../../../renderer/bridge/socket-bridge.ts';
import type { ResponseEnvelope, SequencedEvent } from '../../../shared/contract/index.ts';

class FakeSocket implements SocketLike {
  readonly sent: { requestId: string; command: string; payload: unknown; v: number }[] = [];
  readonly protocols: readonly string[];
  onopen: ((event: never) => unknown) | null = null;
  onmessage: ((event: never) => unknown) | null = null;
  onclose: ((event: never) => unknown) | null = null;
  constructor(protocols: readonly string[]) {
    this.protocols = protocols;
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.drop(1000);
  }
  open(): void {
    this.onopen?.({} as never);
  }
  receive(message: unknown): void {
    this.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) } as never);
  }
  drop(code = 1006): void {
    this.onclose?.({ code } as never);
  }
  /** Answers the latest request of this command. */
  answer(command: string, payload: unknown): void {
    const request = this.sent.findLast((one) => one.command === command);
    this.receive({ v: 1, requestId: request?.requestId ?? '?', ok: true, payload, error: null });
  }
}

const event = (seq: number) => ({
  v: 1,
  seq,
  event: 'host.notice',
  payload: { notice: { at: 1, level: 'info', code: 'x', message: 'y' } },
});

function stage(options: { token?: string | null; there?: boolean } = {}) {
  const sockets: FakeSocket[] = [];
  const bridge = connectSocket({
    url: 'ws://host/ws',
    token: options.token === undefined ? 'secret-token-0123456789' : options.token,
    openSocket: (_url, protocols) => {
      const socket = new FakeSocket(protocols);
      sockets.push(socket);
      return socket;
    },
    probeHost: async () => options.there ?? false,
  });
  const latest = (): FakeSocket => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error('no socket was opened');
    return socket;
  };
  const batches: number[][] = [];
  bridge.onEvents((batch: readonly SequencedEvent[]) => batches.push(batch.map((one) => one.seq)));
  async function goLive(seq: number, complete = true): Promise<void> {
    latest().open();
    latest().answer('events.subscribe', { seq, complete });
    await vi.advanceTimersByTimeAsync(0);
  }
  return { bridge, sockets, latest, batches, goLive };
}

describe('connectSocket', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('carries the token as a subprotocol and is live once the subscription is answered', async () => {
    const { bridge, latest, goLive } = stage();
    expect(latest().protocols).toEqual(['skillward.v1', 'token.secret-token-0123456789']);
    expect(bridge.connection().kind).toBe('connecting');
    await goLive(10);
    expect(bridge.connection()).toEqual({ kind: 'live', resumed: false });
    expect(latest().sent[0]).toMatchObject({ v: 1, command: 'events.subscribe', payload: {} });
  });

  it('opens nothing without a token', () => {
    const { bridge, sockets } = stage({ token: null });
    expect(bridge.connection().kind).toBe('unauthorized');
    expect(sockets).toHaveLength(0);
  });

  it('gives each answer to its request, in whatever order, and drops strangers', async () => {
    const { bridge, latest, goLive } = stage();
    await goLive(1);
    const ping = bridge.commands['host.ping']({});
    const version = bridge.commands['host.version']({});
    latest().receive({ v: 1, requestId: 'nobody', ok: true, payload: 'stray', error: null });
    latest().receive('not JSON');
    latest().answer('host.version', 'second');
    latest().answer('host.ping', 'first');
    expect((await ping).payload).toBe('first');
    expect((await version).payload).toBe('second');
  });

  it('passes events on and resumes from the last one after a break', async () => {
    const { bridge, latest, batches, goLive } = stage();
    await goLive(4);
    latest().receive(event(5));
    latest().receive(event(6));
    expect(batches).toEqual([[5], [6]]);
    latest().drop();
    expect(bridge.connection().kind).toBe('lost');
    await vi.advanceTimersByTimeAsync(250);
    latest().open();
    expect(latest().sent[0]).toMatchObject({ command: 'events.subscribe', payload: { since: 6 } });
    latest().answer('events.subscribe', { seq: 9, complete: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(bridge.connection()).toEqual({ kind: 'live', resumed: true });
  });

  it.each([
    ['events were dropped', { seq: 9, complete: false }],
    ['the host counts from one again', { seq: 2, complete: true }],
  ])('does not claim to have resumed when %s', async (_what, answer) => {
    const { bridge, latest, goLive } = stage();
    await goLive(4);
    latest().receive(event(5));
    latest().drop();
    await vi.advanceTimersByTimeAsync(250);
    latest().open();
    latest().answer('events.subscribe', answer);
    await vi.advanceTimersByTimeAsync(0);
    expect(bridge.connection()).toEqual({ kind: 'live', resumed: false });
  });

  it('answers what was open with unavailable when the connection breaks, and new requests too', async () => {
    const { bridge, latest, goLive } = stage();
    await goLive(1);
    const open = bridge.commands['host.ping']({});
    latest().drop();
    expect((await open).error?.code).toBe('unavailable');
    expect((await bridge.commands['host.ping']({})).error?.code).toBe('unavailable');
  });

  it('gives up on an answer after 30 s, and drops it when it comes late', async () => {
    const { bridge, latest, goLive } = stage();
    await goLive(1);
    const settled: ResponseEnvelope[] = [];
    void bridge.commands['host.ping']({}).then((response) => settled.push(response));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(settled).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    latest().answer('host.ping', 'late');
    expect(settled.map((response) => response.error?.code)).toEqual(['timeout']);
  });

  it('waits longer each time, 0.25 s to 5 s, and starts over after a success', async () => {
    const { sockets, latest, goLive } = stage();
    const waits: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      const before = sockets.length;
      latest().drop();
      let waited = 0;
      while (sockets.length === before && waited < 20_000) {
        await vi.advanceTimersByTimeAsync(250);
        waited += 250;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
    await goLive(1);
    latest().drop();
    const before = sockets.length;
    await vi.advanceTimersByTimeAsync(250);
    expect(sockets.length).toBe(before + 1);
  });

  it('is unauthorized when the host is there but refuses, and stops trying', async () => {
    const refused = stage({ there: true });
    refused.latest().drop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refused.bridge.connection().kind).toBe('unauthorized');
    expect(refused.sockets).toHaveLength(1);

    const closed = stage();
    await closed.goLive(1);
    closed.latest().drop(4401);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(closed.bridge.connection().kind).toBe('unauthorized');
    expect(closed.sockets).toHaveLength(1);
  });

  it('tries at once when asked', async () => {
    const { bridge, sockets, latest, goLive } = stage();
    await goLive(1);
    latest().drop();
    bridge.reconnect();
    expect(sockets).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sockets).toHaveLength(2);
  });
});
