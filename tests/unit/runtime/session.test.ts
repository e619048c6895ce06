import { describe, expect, it } from 'vitest';
import { EventHub } from '../../../electron/runtime/event-hub.ts';
import { LineSession } from '../../../electron/runtime/line-session.ts';
import { Session } from '../../../electron/runtime/session.ts';
import { okResponse, type ResponseEnvelope } from '../../../shared/contract/index.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';

function world(dispatch: (message: unknown) => Promise<ResponseEnvelope> = async () => okResponse('r', {})) {
  const clock = new FakeClock();
  const hub = new EventHub(clock);
  const sent: { requestId?: string | null; ok?: boolean; event?: string; error?: { code: string } | null }[] =
    [];
  let closed = false;
  const ports = {
    dispatcher: { dispatch },
    hub,
    context: { trust: 'operator' } as const,
    send: (text: string) => void sent.push(JSON.parse(text)),
    close: () => {
      closed = true;
    },
  };
  return { clock, hub, sent, ports, isClosed: () => closed };
}

describe('Session', () => {
  it('answers in whatever order the answers come, each with its own id', async () => {
    let release: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { sent, ports } = world(async (message) => {
      const { requestId } = message as { requestId: string };
      if (requestId === 'slow') await slow;
      return okResponse(requestId, {});
    });
    const session = new Session(ports);
    const first = session.receive('{"v":1,"requestId":"slow","command":"host.ping","payload":{}}');
    await session.receive('{"v":1,"requestId":"fast","command":"host.ping","payload":{}}');
    release();
    await first;
    expect(sent.map((answer) => answer.requestId)).toEqual(['fast', 'slow']);
  });

  it('refuses more requests than a connection may have waiting', async () => {
    const { sent, ports } = world(() => new Promise(() => undefined));
    const session = new Session(ports);
    for (let index = 0; index < 257; index += 1) {
      void session.receive(`{"v":1,"requestId":"q${index}","command":"host.ping","payload":{}}`);
    }
    await Promise.resolve();
    expect(sent).toMatchObject([{ requestId: 'q256', error: { code: 'unavailable' } }]);
  });

  it('streams events after events.subscribe and not before, and stops when closed', async () => {
    const { clock, hub, sent, ports } = world();
    const session = new Session(ports);
    hub.publish('skill.changed', { skillId: 'a', skill: null });
    await clock.advance(200);
    expect(sent).toEqual([]);
    await session.receive('{"v":1,"requestId":"s","command":"events.subscribe","payload":{}}');
    hub.publish('skill.changed', { skillId: 'b', skill: null });
    await clock.advance(200);
    expect(sent).toMatchObject([
      { requestId: 's', ok: true, payload: { seq: 1 } },
      { event: 'skill.changed', seq: 2 },
    ]);
    session.close();
    hub.publish('skill.changed', { skillId: 'c', skill: null });
    await clock.advance(200);
    expect(sent).toHaveLength(2);
  });

  it('subscribing twice does not double the stream', async () => {
    const { clock, hub, sent, ports } = world();
    const session = new Session(ports);
    await session.receive('{"v":1,"requestId":"1","command":"events.subscribe","payload":{}}');
    await session.receive('{"v":1,"requestId":"2","command":"events.subscribe","payload":{}}');
    hub.publish('skill.changed', { skillId: 'b', skill: null });
    await clock.advance(200);
    expect(sent.filter((message) => message.event !== undefined)).toHaveLength(1);
  });
});

describe('LineSession', () => {
  it('reads requests over any chunk borders', async () => {
    const { sent, ports } = world(async (message) =>
      okResponse((message as { requestId: string }).requestId, {}),
    );
    const session = new LineSession(ports);
    const text =
      '{"v":1,"requestId":"é1","command":"host.ping","payload":{}}\r\n{"v":1,"requestId":"2","command":"host.ping","payload":{}}\n';
    for (const byte of Buffer.from(text)) session.push(Buffer.from([byte]));
    await session.end();
    expect(sent.map((answer) => answer.requestId)).toEqual(['é1', '2']);
  });

  it('answers a line over 1 MiB at once, without waiting for its end, and closes', async () => {
    const { sent, ports, isClosed } = world();
    const session = new LineSession(ports);
    session.push(Buffer.alloc(1_048_577, 'x'));
    expect(sent).toMatchObject([{ requestId: null, error: { code: 'invalid_envelope' } }]);
    expect(isClosed()).toBe(true);
  });
});
