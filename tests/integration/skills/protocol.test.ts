import { afterEach, describe, expect, test } from 'vitest';
import { Bench } from '../../support/harness/bench.ts';

let bench: Bench;
afterEach(() => bench.close());

const longTimeoutMs = 10_000;

describe('the handshake', () => {
  test('answered just in time is accepted, a later one is handshake-timeout, and its late answer changes nothing', async () => {
    const restart = { handshakeTimeoutSecs: 2, stopGraceMs: 500 };
    bench = await Bench.open({
      early: { script: 'slow_handshake.py', args: ['0.5'], restart },
      late: { script: 'slow_handshake.py', args: ['30'], restart },
    });
    const late = expect(bench.supervisor.start('late')).rejects.toMatchObject({
      code: 'timeout',
      cause: { kind: 'handshake-timeout' },
    });
    await bench.supervisor.start('early');
    await late;
    expect(bench.supervisor.process('early').state).toBe('running');
    expect(bench.supervisor.process('late').state).toBe('failed');
    expect(bench.downs.map(({ skillId, down }) => [skillId, down.outcome.kind])).toEqual([
      ['late', 'unreachable'],
    ]);
  });

  test.each([
    ['another name', '{"name":"somebody","version":"1"}', /calls itself "somebody", expected "answers"/],
    ['no name', '{"version":"1"}', /has no `name`/],
    ['no version', '{"name":"answers"}', /has no `version`/],
    ['no object', '"hello"', /is not an object/],
    ['a name that hides in the prototype', '{"__proto__":{"name":"answers","version":"1"}}', /has no `name`/],
    ['no known dialect', '!{"code":-32601,"message":"unknown"}', /neither dialect/],
  ])('with %s is a configuration error', async (_what, handshake, message) => {
    bench = await Bench.open({ answers: { script: 'answers.py', args: [handshake] } });
    await expect(bench.supervisor.start('answers')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(message),
      cause: { kind: 'configuration' },
    });
    expect(bench.supervisor.process('answers').state).toBe('failed');
    expect(bench.downs).toHaveLength(1);
  });

  test('refused by the skill itself may work another time', async () => {
    bench = await Bench.open({
      answers: { script: 'answers.py', args: ['!{"code":-32000,"message":"the service is down"}'] },
    });
    await expect(bench.supervisor.start('answers')).rejects.toMatchObject({
      cause: { kind: 'handshake-refused', message: expect.stringContaining('-32000: the service is down') },
    });
  });
});

describe('dialects', () => {
  test('the unprefixed one is found by itself', async () => {
    bench = await Bench.open({ old: { script: 'unprefixed.py' } });
    await bench.supervisor.start('old');
    expect(await bench.supervisor.askHealth('old', longTimeoutMs)).toMatchObject({
      kind: 'answered',
      healthy: true,
    });
    const invoked = await bench.supervisor.invoke('old', 'invoke', { action: 'x' }, longTimeoutMs);
    expect(invoked).toEqual({ ok: true, result: { status: 'ok', action: 'x' } });
    await bench.supervisor.stop('old');
    expect(bench.supervisor.process('old').cause).toMatchObject({ kind: 'killed-by-us', exitCode: 0 });
  });

  test.each(['handshake', 'envelope'])('an MCP server of the %s era', async (era) => {
    bench = await Bench.open({ mcp: { script: 'mcp_server.py', args: [era], plan: { protocol: 'mcp' } } });
    await bench.supervisor.start('mcp');
    expect(await bench.supervisor.askHealth('mcp', longTimeoutMs)).toMatchObject({
      kind: 'answered',
      healthy: true,
      detail: null,
    });
    expect(await bench.supervisor.invoke('mcp', 'echo', { a: 1 }, longTimeoutMs)).toEqual({
      ok: true,
      result: { content: [{ type: 'text', text: "{'a': 1}" }] },
    });
    expect(await bench.supervisor.invoke('mcp', 'fail', {}, longTimeoutMs)).toMatchObject({
      ok: false,
      kind: 'skill_error',
      message: 'it did not work',
    });
    expect(bench.supervisor.process('mcp').noise.strayAnswers).toBe(0);
    await bench.supervisor.stop('mcp');
    expect(bench.supervisor.process('mcp').cause).toMatchObject({ kind: 'killed-by-us', exitCode: 0 });
    if (era === 'handshake') expect(bench.text('stdout')).toContain('[info] ready');
  });
});

describe('health answers', () => {
  test.each([
    ['ok', '{"status":"ok"}', { kind: 'answered', healthy: true, detail: null }],
    ['another word', '{"status":"busy"}', { kind: 'answered', healthy: false, detail: 'busy' }],
    [
      'a detail',
      '{"status":"degraded","detail":"no token"}',
      { kind: 'answered', healthy: false, detail: 'no token' },
    ],
    ['no status', '{"detail":"x"}', { kind: 'malformed' }],
    ['no object', 'null', { kind: 'malformed' }],
    ['an error', '!{"code":-1,"message":"boom"}', { kind: 'error', code: -1, message: 'boom' }],
    ['a status in the prototype', '{"__proto__":{"status":"ok"}}', { kind: 'malformed' }],
  ])('%s', async (_what, health, expected) => {
    const handshake = '{"name":"answers","version":"1"}';
    bench = await Bench.open({ answers: { script: 'answers.py', args: [handshake, health] } });
    await bench.supervisor.start('answers');
    expect(await bench.supervisor.askHealth('answers', longTimeoutMs)).toMatchObject(expected);
    expect(({} as Record<string, unknown>).status).toBeUndefined();
  });

  test('wrong ids are dropped and counted; the right one counts once', async () => {
    bench = await Bench.open({ stray: { script: 'stray.py', args: ['yes'] } });
    await bench.supervisor.start('stray');
    expect(await bench.supervisor.askHealth('stray', longTimeoutMs)).toMatchObject({
      kind: 'answered',
      healthy: true,
    });
    expect(await bench.supervisor.invoke('stray', 'invoke', {}, longTimeoutMs)).toEqual({
      ok: true,
      result: {},
    });
    expect(bench.supervisor.process('stray').noise.strayAnswers).toBe(6);
  });

  test('wrong ids alone are no answer', async () => {
    bench = await Bench.open({ stray: { script: 'stray.py', args: ['never'] } });
    await bench.supervisor.start('stray');
    expect(await bench.supervisor.askHealth('stray', 500)).toMatchObject({ kind: 'timeout' });
    expect(bench.supervisor.process('stray')).toMatchObject({ state: 'running', noise: { strayAnswers: 5 } });
  });
});

describe('what is not JSON on stdout', () => {
  test('is a log line and hurts nobody; too much of it a minute is degraded', async () => {
    bench = await Bench.open({ chatty: { script: 'chatty.py' } });
    const { supervisor } = bench;
    await supervisor.start('chatty');
    expect(await supervisor.invoke('chatty', 'invoke', { count: 3 }, longTimeoutMs)).toMatchObject({
      ok: true,
    });
    expect(await supervisor.askHealth('chatty', longTimeoutMs)).toMatchObject({ healthy: true });
    expect(bench.text('stdout').split('\n')).toEqual([
      '*** chatty 1.0 ***',
      'loading [=====] 100 %',
      'debug 0: still here',
      'debug 1: still here',
      'debug 2: still here',
      '{"level": "info", "message": "a log record, not a message"}',
      '{"jsonrpc": "2.0", "torn": ',
    ]);
    await supervisor.invoke('chatty', 'invoke', { count: 60 }, longTimeoutMs);
    expect(await supervisor.askHealth('chatty', longTimeoutMs)).toMatchObject({
      kind: 'answered',
      healthy: false,
      detail: 'stdout pollution: 67 lines a minute that are not JSON: print them to standard error',
    });
    expect(supervisor.process('chatty')).toMatchObject({ state: 'running', noise: { nonJsonLines: 69 } });
  });
});

describe('framing', () => {
  test('a character cut in two, packed messages, CRLF, and lines up to the limit and over it', async () => {
    bench = await Bench.open({ framing: { script: 'framing.py' } });
    const { supervisor } = bench;
    await supervisor.start('framing');
    const invoke = (params: Record<string, unknown>, timeoutMs = longTimeoutMs) =>
      supervisor.invoke('framing', 'invoke', params, timeoutMs);
    expect(await invoke({ how: 'split' })).toEqual({ ok: true, result: { text: 'zwölf Bäume' } });
    expect(await invoke({ how: 'packed' })).toEqual({ ok: true, result: { packed: true } });
    expect(bench.notifications).toHaveLength(2);
    expect(await invoke({ how: 'crlf' })).toEqual({ ok: true, result: { crlf: true } });
    for (const bytes of [102_400, 1_048_575, 1_048_576]) {
      expect(await invoke({ how: 'size', bytes })).toMatchObject({ ok: true });
    }
    expect(supervisor.process('framing').noise.droppedLines).toBe(0);
    const tooLong = invoke({ how: 'size', bytes: 1_048_577 }, 1000);
    // The next message after the dropped one is read as ever.
    expect(await invoke({ how: 'crlf' })).toMatchObject({ ok: true });
    expect(await tooLong).toMatchObject({ ok: false, kind: 'timeout' });
    expect(supervisor.process('framing')).toMatchObject({ state: 'running', noise: { droppedLines: 1 } });
    expect(bench.text('host')).toContain('a line over 1048576 bytes on stdout was dropped');
  });
});

describe('a skill that does not read', () => {
  test('makes requests fail at once when too much waits, and ends like any other', async () => {
    bench = await Bench.open({ deaf: { script: 'deaf.py' } });
    const { supervisor } = bench;
    await supervisor.start('deaf');
    const filling = Array.from({ length: 20 }, () =>
      supervisor.invoke('deaf', 'invoke', { fill: 'x'.repeat(50_000) }, 60_000),
    );
    const last = await filling.at(-1);
    expect(last).toMatchObject({ ok: false, kind: 'unavailable' });
    expect(last).toMatchObject({
      message: expect.stringMatching(/does not read its input: \d+ bytes are waiting/),
    });
    expect(await supervisor.askHealth('deaf', 1000)).toMatchObject({ kind: 'timeout' });
    await supervisor.stop('deaf');
    expect(new Set((await Promise.all(filling)).map((result) => result.ok))).toEqual(new Set([false]));
    expect(supervisor.process('deaf').state).toBe('stopped');
  });
});
