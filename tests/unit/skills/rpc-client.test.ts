import { beforeEach, describe, expect, test } from 'vitest';
import { maxQueuedBytes, RpcClient } from '../../../electron/skills/rpc-client.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';

let clock: FakeClock;
let written: string[];
let queued: number;
let open: boolean;
let notifications: [string, unknown][];
let beforeJudging: () => void;
let rpc: RpcClient;

beforeEach(() => {
  clock = new FakeClock();
  written = [];
  queued = 0;
  open = true;
  notifications = [];
  beforeJudging = () => {};
  rpc = new RpcClient({
    clock,
    queuedBytes: () => queued,
    write: (line) => {
      if (open) written.push(line);
      return open;
    },
    afterPendingInput: (run) => {
      beforeJudging();
      run();
    },
    onNotification: (method, params) => void notifications.push([method, params]),
    answerPeer: (method) => (method === 'ping' ? { result: {} } : null),
  });
});

const result = (id: unknown, value: unknown) => ({ jsonrpc: '2.0', id, result: value });

describe('RpcClient', () => {
  test('writes compact lines in the order jsonrpc, method, params, id, and no params where there are none', () => {
    void rpc.request({ method: 'skill.health' }, 1000);
    void rpc.request({ method: 'skill.invoke', params: { id: 7, method: 'x' } }, 1000);
    rpc.notify({ method: 'notifications/initialized' });
    expect(written).toEqual([
      '{"jsonrpc":"2.0","method":"skill.health","id":1}\n',
      '{"jsonrpc":"2.0","method":"skill.invoke","params":{"id":7,"method":"x"},"id":2}\n',
      '{"jsonrpc":"2.0","method":"notifications/initialized"}\n',
    ]);
  });

  test('answers may come in any order and each is measured by itself', async () => {
    const first = rpc.request({ method: 'a' }, 1000);
    await clock.advance(10);
    const second = rpc.request({ method: 'b' }, 1000);
    await clock.advance(5);
    expect(rpc.receive(result(2, 'two'))).toBe('answer');
    await clock.advance(5);
    expect(rpc.receive({ ...result(1, null), error: { code: 1 } })).toBe('answer');
    expect(await second).toEqual({ kind: 'result', result: 'two', latencyMs: 5 });
    expect(await first).toEqual({ kind: 'result', result: null, latencyMs: 20 });
    expect(rpc.inFlight).toBe(0);
  });

  test('an error answer carries its code, message and data', async () => {
    const asked = rpc.request({ method: 'a' }, 1000);
    rpc.receive({ jsonrpc: '2.0', id: 1, error: { code: -32601, message: 'no', data: [1] } });
    expect(await asked).toEqual({ kind: 'error', code: -32601, message: 'no', data: [1], latencyMs: 0 });
  });

  test('a request times out exactly at its deadline, and its late answer is stray', async () => {
    const asked = rpc.request({ method: 'a' }, 1000);
    let over = false;
    void asked.then(() => {
      over = true;
    });
    await clock.advance(999);
    expect(over).toBe(false);
    await clock.advance(1);
    expect(await asked).toEqual({ kind: 'timeout', waitedMs: 1000 });
    expect(rpc.receive(result(1, {}))).toBe('stray');
  });

  test('an answer that was already in the pipe at the deadline is an answer', async () => {
    const asked = rpc.request({ method: 'a' }, 1000);
    beforeJudging = () => void rpc.receive(result(1, 'just in time'));
    await clock.advance(1000);
    expect(await asked).toMatchObject({ kind: 'result', result: 'just in time' });
  });

  test.each([
    ['unknown', 99],
    ['a string', '1'],
    ['null', null],
    ['a fraction', 1.5],
    ['an object', {}],
  ])('an id that is %s settles nothing', (_what, id) => {
    void rpc.request({ method: 'a' }, 1000);
    expect(rpc.receive(result(id, {}))).toBe('stray');
    expect(rpc.inFlight).toBe(1);
  });

  test('a second answer to the same request is stray', () => {
    void rpc.request({ method: 'a' }, 1000);
    expect(rpc.receive(result(1, {}))).toBe('answer');
    expect(rpc.receive(result(1, {}))).toBe('stray');
  });

  test('what is not JSON-RPC 2.0 is foreign, inherited members included', () => {
    void rpc.request({ method: 'a' }, 1000);
    const inherited = Object.create(result(1, {})) as Record<string, unknown>;
    for (const value of [
      { id: 1, result: {} },
      { jsonrpc: '1.0', id: 1, result: {} },
      { jsonrpc: '2.0', id: 1 },
      inherited,
    ]) {
      expect(rpc.receive(value)).toBe('foreign');
    }
    expect(rpc.inFlight).toBe(1);
  });

  test('notifications are passed on; a request of the skill is answered where the dialect knows it', () => {
    expect(rpc.receive({ jsonrpc: '2.0', method: 'skill.progress', params: { pct: 50 } })).toBe(
      'notification',
    );
    expect(notifications).toEqual([['skill.progress', { pct: 50 }]]);
    expect(rpc.receive({ jsonrpc: '2.0', id: 'x', method: 'ping' })).toBe('request');
    expect(written).toEqual(['{"jsonrpc":"2.0","id":"x","result":{}}\n']);
    expect(rpc.receive({ jsonrpc: '2.0', id: 'x', method: 'roots/list' })).toBe('stray');
  });

  test('closing ends what is in flight and whatever is asked later, with the first reason', async () => {
    const asked = rpc.request({ method: 'a' }, 1000);
    rpc.close({ reason: 'it died', cause: 'signal' });
    rpc.close({ reason: 'again', cause: 'exit' });
    expect(await asked).toEqual({ kind: 'gone', reason: 'it died', cause: 'signal' });
    expect(await rpc.request({ method: 'b' }, 1000)).toEqual({
      kind: 'gone',
      reason: 'it died',
      cause: 'signal',
    });
    expect(clock.pending).toBe(0);
  });

  test('a queue nobody reads is capped: the request fails at once and is not written', async () => {
    queued = maxQueuedBytes - 10;
    expect(await rpc.request({ method: 'skill.health' }, 1000)).toMatchObject({
      kind: 'gone',
      cause: 'hang',
    });
    expect(written).toEqual([]);
    queued = 0;
    void rpc.request({ method: 'big', params: { fill: 'x'.repeat(2 * maxQueuedBytes) } }, 1000);
    expect(written).toHaveLength(1);
  });

  test('a closed input is told at once', async () => {
    open = false;
    expect(await rpc.request({ method: 'a' }, 1000)).toMatchObject({ kind: 'gone', cause: 'protocol' });
    expect(rpc.inFlight).toBe(0);
  });
});
