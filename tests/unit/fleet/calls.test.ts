import { errors, type NatsConnection, type RequestOptions } from '@nats-io/transport-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { linkOff } from '../../../electron/core/fleet/link-state.ts';
import { loadNats } from '../../../electron/fleet/nats.ts';
import { packJson } from '../../../electron/fleet/packing.ts';
import { type CallPorts, callHost, callMany } from '../../../electron/fleet/view/calls.ts';
import { okResponse } from '../../../shared/contract/index.ts';
import { settle } from '../../support/harness/fake-clock.ts';

const HOUR_MS = 3_600_000;

type Answer = (hostId: string, request: { requestId: string; command: string }) => unknown;

/** A broker on which `answer` says what the hosts say; what it throws is what went wrong on the way. */
function ports(answer: Answer) {
  const subjects: string[] = [];
  /** What each request says of how long it is good for, ms. */
  const goodUntil: string[] = [];
  const request = async (subject: string, data: Uint8Array, asked: RequestOptions) => {
    subjects.push(subject);
    goodUntil.push(asked.headers?.get('Skillward-Until') ?? '');
    const said = await answer(subject.split('.')[1] ?? '', JSON.parse(new TextDecoder().decode(data)));
    return { data: await packJson(said) };
  };
  const connection = { request, info: { max_payload: 1_048_576 } } as unknown as NatsConnection;
  const clock = { nowMs: 0 };
  const made: CallPorts = {
    hostId: 'a',
    monotonicMs: () => clock.nowMs,
    session: () => ({ connection, keepsEvents: true }),
    link: () => linkOff(0).link,
    me: () => ({ hostId: 'a', name: 'A\r\nSkillward-From: b' }),
    known: (hostId) => (hostId === 'b' ? { name: 'Bee', silentSince: 0, clockSkewMs: HOUR_MS } : null),
    nowMs: () => 1000,
  };
  return { ...made, subjects, goodUntil, clock };
}
const here = () => Promise.reject(new Error('nobody here was asked'));
const targets = (count: number) => Array.from({ length: count }, (_, n) => ({ hostId: `h${n}` }));

beforeAll(async () => {
  await loadNats();
});

describe('orders over the fleet', () => {
  it('asks at most 32 hosts at once, and gives the answers in the order of the targets', async () => {
    let underway = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    const asked = ports(async (hostId, { requestId }) => {
      underway += 1;
      most = Math.max(most, underway);
      await new Promise<void>((resolve) => void waiting.unshift(resolve));
      underway -= 1;
      return okResponse(requestId, { hostId });
    });
    const order = callMany(asked, { command: 'host.ping', targets: targets(100) }, here);
    while (asked.subjects.length < 100 || waiting.length > 0) {
      await settle();
      // The last asked answers first.
      waiting.shift()?.();
    }
    const { results } = await order;
    expect(most).toBe(32);
    expect(results.map(({ answer }) => answer.payload)).toEqual(targets(100));
  });

  it('reads less of each once what came fills what it can hold', async () => {
    const asked = ports((_hostId, { requestId }) => okResponse(requestId, { long: 'x'.repeat(3000) }));
    const order = { command: 'logs.read', targets: targets(50) };
    const limits = { each: 4000, together: 20_000, afterwards: 500 };
    const { results } = await callMany(asked, order, here, limits);
    const refused = results.filter(({ answer }) => answer.error?.message.includes('longer than 500'));
    expect(results[0]?.answer.ok).toBe(true);
    // At most those under way when it was full came on top of it.
    expect(refused.length).toBeGreaterThanOrEqual(50 - 7 - 32);
  });

  it('ends while whoever sent it still waits, and says who was not asked', async () => {
    const asked = ports((_hostId, { requestId }) => {
      asked.clock.nowMs += 1000;
      return okResponse(requestId, {});
    });
    const { results } = await callMany(asked, { command: 'skill.stop', targets: targets(80) }, here);
    const left = results.filter(({ answer }) => answer.error?.message.startsWith('This host was not asked'));
    expect(left.length).toBe(results.length - asked.subjects.length);
    expect(left.length).toBeGreaterThan(20);
  });

  it.each([
    [
      'nobody listens',
      new errors.RequestError('', { cause: new errors.NoRespondersError('x') }),
      'unavailable',
    ],
    ['nobody answers', new errors.TimeoutError(), 'timeout'],
    [
      'the broker forbids it',
      new errors.RequestError('', { cause: new errors.PermissionViolationError('no', 'publish', 'x') }),
      'not_allowed',
    ],
    ['the connection ends', new errors.ClosedConnectionError(), 'unavailable'],
  ])('says it as an envelope when %s', async (_what, error, code) => {
    const asked = ports(() => {
      throw error;
    });
    const answer = await callHost(asked, { hostId: 'b', command: 'skill.stop' }, here);
    expect(answer).toMatchObject({ ok: false, error: { code } });
    expect(answer.error?.message).toContain('"Bee"');
  });

  it('says of an order, by the clock of who is to carry it out, until when it is waited for', async () => {
    const asked = ports((_hostId, { requestId }) => okResponse(requestId, {}));
    for (const [hostId, command] of [
      ['b', 'skill.stop'],
      ['b', 'skill.list'],
      ['stranger', 'skill.stop'],
    ] as const)
      await callHost(asked, { hostId, command, timeoutMs: 5000 }, here);
    // Looking late does no harm; and whose clock is not known is not told a time.
    expect(asked.goodUntil).toEqual([String(1000 + HOUR_MS + 5000 + 1000), '', '']);
  });

  it('asks where the command belongs, and not at all what is longer than the fleet carries', async () => {
    const asked = ports((_hostId, { requestId }) => okResponse(requestId, {}));
    for (const command of ['skill.list', 'skill.stop', 'config.patch', 'invented.later'])
      await callHost(asked, { hostId: 'b', command }, here);
    expect(asked.subjects.map((subject) => subject.split('.')[2])).toEqual([
      'view',
      'operate',
      'view',
      'operate',
    ]);
    const payload = { text: 'x'.repeat(2_000_000) };
    const refused = await callHost(asked, { hostId: 'b', command: 'fix.record', payload }, here);
    expect(refused.error?.code).toBe('invalid_payload');
    expect(asked.subjects).toHaveLength(4);
  });
});
