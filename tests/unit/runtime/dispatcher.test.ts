import { describe, expect, it } from 'vitest';
import { Dispatcher, type Handlers } from '../../../electron/runtime/dispatcher.ts';
import { CommandError, commandNames } from '../../../shared/contract/index.ts';

const context = { trust: 'operator' } as const;

/** Handlers that answer with what they were given; the ones under test are replaced. */
function dispatcherWith(handlers: Partial<Handlers> = {}) {
  const reported: unknown[] = [];
  const calls: unknown[] = [];
  const all = Object.fromEntries(
    commandNames.map((name) => [
      name,
      (payload: unknown) => {
        calls.push([name, payload]);
        return {};
      },
    ]),
  ) as unknown as Handlers;
  const dispatcher = new Dispatcher({ ...all, ...handlers }, (command, error) =>
    reported.push([command, error]),
  );
  return { dispatcher, reported, calls };
}

const ask = (command: string, payload: unknown = {}) => ({ v: 1, requestId: 'r', command, payload });

describe('host commands through the command channel', () => {
  it('host.ping answers pong in an envelope with the caller’s id', async () => {
    const { dispatcher } = dispatcherWith({ 'host.ping': () => ({ pong: true }) });
    expect(await dispatcher.dispatch(ask('host.ping'), context)).toEqual({
      v: 1,
      requestId: 'r',
      ok: true,
      payload: { pong: true },
      error: null,
    });
  });

  it('skill.health.check reads an id, or none', async () => {
    const { dispatcher, calls } = dispatcherWith();
    await dispatcher.dispatch(ask('skill.health.check', { skillId: 'a' }), context);
    await dispatcher.dispatch(ask('skill.health.check'), context);
    expect(calls).toEqual([
      ['skill.health.check', { skillId: 'a' }],
      ['skill.health.check', {}],
    ]);
  });

  it('skill.quarantine without a reason is refused and its handler not called', async () => {
    const { dispatcher, calls } = dispatcherWith();
    const answer = await dispatcher.dispatch(
      ask('skill.quarantine', { skillId: 'a', reason: '  ' }),
      context,
    );
    expect(answer.error?.code).toBe('invalid_payload');
    expect(answer.error?.details).toMatchObject({ issues: [{ path: 'reason' }] });
    expect(calls).toEqual([]);
  });

  it('fix.record needs either an error or a signature, not both and not neither', async () => {
    const { dispatcher, calls } = dispatcherWith();
    for (const given of [{}, { error: 'a', errorSignature: 'b' }]) {
      const answer = await dispatcher.dispatch(ask('fix.record', { fixDescription: 'x', ...given }), context);
      expect(answer.error?.code).toBe('invalid_payload');
    }
    expect(calls).toEqual([]);
  });

  it('a missing payload is an empty one', async () => {
    const { dispatcher } = dispatcherWith({ 'host.ping': () => ({ pong: true }) });
    expect(await dispatcher.dispatch({ v: 1, requestId: 'r', command: 'host.ping' }, context)).toMatchObject({
      ok: true,
    });
  });
});

describe('what cannot be dispatched', () => {
  it.each(['__proto__', 'constructor', 'toString', 'skill', 'skill.', 'SKILL.LIST'])(
    '%s is an unknown command',
    async (name) => {
      const { dispatcher } = dispatcherWith();
      expect((await dispatcher.dispatch(ask(name), context)).error?.code).toBe('unknown_command');
    },
  );

  it('a payload cannot reach the prototype', async () => {
    const { dispatcher, calls } = dispatcherWith();
    const message = JSON.parse(
      '{"v":1,"requestId":"r","command":"config.patch","payload":{"__proto__":{"polluted":true}}}',
    );
    await dispatcher.dispatch(message, context);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(JSON.stringify(calls)).not.toContain('polluted');
  });

  it('a typed refusal keeps its code and details', async () => {
    const { dispatcher, reported } = dispatcherWith({
      'skill.list': () => {
        throw new CommandError('conflict', 'no', { use: 'x' });
      },
    });
    expect((await dispatcher.dispatch(ask('skill.list'), context)).error).toEqual({
      code: 'conflict',
      message: 'no',
      details: { use: 'x' },
    });
    expect(reported).toEqual([]);
  });

  it('an error nobody expected is internal: reported in full, told in one sentence without its text', async () => {
    const { dispatcher, reported } = dispatcherWith({
      'skill.list': () => {
        throw new TypeError('secret inside');
      },
    });
    const { error } = await dispatcher.dispatch(ask('skill.list'), context);
    expect(error?.code).toBe('internal');
    expect(error?.message).not.toContain('secret inside');
    expect(reported).toHaveLength(1);
  });

  it.each([null, 7, 'x', [], {}, { v: 1 }, { v: 1, requestId: '', command: 'host.ping' }])(
    '%j is no envelope',
    async (message) => {
      const { dispatcher } = dispatcherWith();
      expect(await dispatcher.dispatch(message, context)).toMatchObject({
        ok: false,
        requestId: null,
        error: { code: 'invalid_envelope' },
      });
    },
  );
});
