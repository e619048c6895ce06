import { describe, expect, it } from 'vitest';
import { type PeerMessage, PeerRequests } from '../../../electron/fleet/link/peer-requests.ts';
import type { FleetOrder } from '../../../electron/fleet/types.ts';
import { errorResponse, okResponse, type ResponseEnvelope } from '../../../shared/contract/index.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';

const envelope = { v: 1, requestId: 'r', command: 'host.ping', payload: {} };

function room(dispatch: (order: FleetOrder) => Promise<ResponseEnvelope>, maxPayload = 1000) {
  const reported: unknown[] = [];
  const clock = new FakeClock();
  const requests = new PeerRequests({
    host: {
      clock,
      hostId: 'here',
      dispatch,
      report: (message, error) => reported.push([message, error]),
      snapshot: () => {
        throw new Error('no snapshot in this test');
      },
    },
    boot: 'boot',
    seq: () => 7,
    maxPayload: () => maxPayload,
  });
  return { requests, reported, clock };
}

/** A message as the broker hands it over, and the promise of its answer. */
function message(
  reply = '_INBOX.other.1',
  from: Readonly<Record<string, string>> = { 'Skillward-From': 'other' },
) {
  const { promise, resolve } = Promise.withResolvers<ResponseEnvelope>();
  const made: PeerMessage = {
    data: Buffer.from(JSON.stringify(envelope)),
    reply,
    headers: { get: (name) => from[name] ?? '' },
    respond: (payload) => {
      resolve(JSON.parse(Buffer.from(payload).toString()));
      return true;
    },
  };
  return { made, answer: promise };
}

describe('requests of other hosts', () => {
  it('say who asks: a name that travelled as in an address, without what steers a screen', async () => {
    const orders: FleetOrder[] = [];
    const { requests } = room((order) => {
      orders.push(order);
      return Promise.resolve(okResponse('r', { pong: true }));
    });
    for (const name of ['K%C3%BCche', '%E2%80%AEnwod\u001b[2J', '100%', ' ', 'x'.repeat(500)]) {
      const { made, answer } = message('_INBOX.other.1', {
        'Skillward-From': 'other',
        'Skillward-From-Name': name,
      });
      requests.command(made, 'view');
      await answer;
    }
    expect(orders.map(({ asker }) => asker.name)).toEqual([
      'Küche',
      'nwod [2J',
      '100%',
      'other',
      'x'.repeat(100),
    ]);
    expect(orders[0]).toMatchObject({ message: envelope, subject: 'view', asker: { hostId: 'other' } });
  });

  it('are orders only as long as somebody waits for them, by the clock here', async () => {
    let carriedOut = 0;
    const { clock, requests } = room(() => {
      carriedOut += 1;
      return Promise.resolve(okResponse('r', {}));
    });
    const ask = async (until: string, subject: 'view' | 'operate' = 'operate') => {
      const { answer, made } = message(undefined, { 'Skillward-From': 'other', 'Skillward-Until': until });
      requests.command(made, subject);
      return (await answer).error?.code ?? 'done';
    };
    const nowMs = clock.nowMs();
    expect(await ask(String(nowMs - 1))).toBe('timeout');
    expect(carriedOut).toBe(0);
    for (const until of [String(nowMs), '', 'never', '1e3', '-1', '9'.repeat(40)])
      expect(await ask(until)).toBe('done');
    // Looking does no harm, however late.
    expect(await ask(String(nowMs - 1), 'view')).toBe('done');
    expect(carriedOut).toBe(7);
  });

  it('get an answer that fits the broker, or are told that it does not', async () => {
    const long = 'long '.repeat(1000).replace(/long/g, () => Math.random().toString(36));
    const { requests } = room(() => Promise.resolve(okResponse('r', { long })));
    const { made, answer } = message();
    requests.command(made, 'view');
    expect(await answer).toMatchObject({
      requestId: 'r',
      ok: false,
      error: { code: 'unavailable', message: expect.stringContaining('the broker takes 1000') },
    });
  });

  it('are carried out 64 at a time, and refused beyond that until one is answered', async () => {
    const { promise, resolve } = Promise.withResolvers<ResponseEnvelope>();
    const { requests } = room(() => promise);
    const asked = Array.from({ length: 65 }, () => message());
    for (const { made } of asked) requests.command(made, 'operate');
    expect(await asked[64]?.answer).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    resolve(errorResponse('r', { code: 'conflict', message: 'x' }));
    expect(await asked[0]?.answer).toMatchObject({ error: { code: 'conflict' } });
    await Promise.all(asked.map(({ answer }) => answer));
    // The place is free once the answer has left.
    await new Promise((resolve) => setImmediate(resolve));
    const later = message();
    requests.command(later.made, 'operate');
    expect(await later.answer).toMatchObject({ error: { code: 'conflict' } });
  });

  it('never throw into whoever delivers them, and are reported when they cannot be answered', async () => {
    const { reported, requests } = room(() => Promise.reject(new Error('unforeseen')));
    requests.command(message().made, 'operate');
    requests.snapshot(message().made);
    await new Promise((resolve) => setImmediate(resolve));
    expect(reported).toHaveLength(2);
  });
});
