import { afterEach, describe, expect, it } from 'vitest';
import { EventHub } from '../../../electron/runtime/event-hub.ts';
import { realClock } from '../../../electron/runtime/real-clock.ts';
import { RepairAdvice } from '../../../electron/runtime/repair-advice.ts';
import { noAdviceKeys, withoutOldConsent } from '../../../electron/runtime/repair-advice-keys.ts';
import { openAiProvider } from '../../../electron/runtime/repair-advice-openai.ts';
import type { AdviceDone } from '../../../shared/model/advice.ts';
import { type AppConfig, appConfigSchema } from '../../../shared/model/config.ts';
import {
  type AdviceServer,
  beginStream,
  fails,
  piece,
  says,
  startAdviceServer,
} from '../../support/advice-server.ts';

const subject = { skillId: 'bank', error: 'ValueError: bad token' };
const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Desk {
  readonly advice: RepairAdvice;
  readonly texts: string[];
  config: AppConfig['advice'];
  /** Sends what was previewed and agreed to, and waits for its end. */
  ask(): Promise<AdviceDone>;
  done(adviceId: string): Promise<AdviceDone>;
}

function deskAt(
  baseUrl: string,
  options: { readonly key?: string; readonly silenceMs?: number; readonly enabled?: boolean } = {},
): Desk {
  const hub = new EventHub(realClock);
  const ends = new Map<string, AdviceDone>();
  const waiting = new Map<string, (done: AdviceDone) => void>();
  const texts: string[] = [];
  hub.subscribe((batch) => {
    for (const { event, payload } of batch) {
      if (event === 'advice.chunk') texts.push(payload.text);
      if (event !== 'advice.done') continue;
      ends.set(payload.adviceId, payload);
      waiting.get(payload.adviceId)?.(payload);
    }
  });
  const desk: Desk = {
    texts,
    config: { ...appConfigSchema.parse({}).advice, enabled: true, baseUrl, model: 'small' },
    advice: new RepairAdvice({
      clock: realClock,
      hub,
      provider: openAiProvider,
      keys: noAdviceKeys,
      keyInEnv: options.key ?? null,
      ...(options.silenceMs === undefined ? {} : { silenceMs: options.silenceMs }),
      config: () => desk.config,
      consent: async () => {
        desk.config = { ...desk.config, consentedPreview: true };
      },
      messages: async (_skillId, error) => [
        { role: 'system', content: 'help' },
        { role: 'user', content: error },
      ],
      report: (message, error) => {
        throw new Error(message, { cause: error });
      },
    }),
    done: (adviceId) => {
      const ended = ends.get(adviceId);
      return ended !== undefined
        ? Promise.resolve(ended)
        : new Promise((resolve) => waiting.set(adviceId, resolve));
    },
    ask: async () => {
      const { digest } = await desk.advice.preview(subject.skillId, subject.error);
      const { adviceId } = await desk.advice.request({ ...subject, digest, consent: true });
      return desk.done(adviceId);
    },
  };
  closing.push(() => desk.advice.stop());
  return desk;
}

async function serving(behave: Parameters<typeof startAdviceServer>[0]): Promise<AdviceServer> {
  const server = await startAdviceServer(behave);
  closing.push(() => server.close());
  return server;
}

describe('advice', () => {
  it('streams, whole in the end, from exactly what was shown', async () => {
    const server = await serving(says('Renew', ' the', ' token.\u001b[2J'));
    const desk = deskAt(server.baseUrl, { key: 'k-123' });
    const { messages, origin } = await desk.advice.preview(subject.skillId, subject.error);
    expect(origin).toEqual({ endpoint: new URL(server.baseUrl).host, model: 'small' });
    expect(await desk.ask()).toMatchObject({
      end: 'complete',
      text: 'Renew the token.[2J',
      problem: null,
    });
    expect(desk.texts.join('')).toBe('Renew the token.[2J');
    expect(server.seen).toEqual([
      {
        url: '/v1/chat/completions',
        authorization: 'Bearer k-123',
        body: { model: 'small', messages, stream: true },
      },
    ]);
  });

  it('sends nothing before somebody has looked and agreed, and later without asking', async () => {
    const server = await serving(says('ok'));
    const desk = deskAt(server.baseUrl);
    const { digest, consented } = await desk.advice.preview(subject.skillId, subject.error);
    expect(consented).toBe(false);
    const refused = { code: 'not_allowed' };
    await expect(desk.advice.request(subject)).rejects.toMatchObject(refused);
    await expect(desk.advice.request({ ...subject, consent: true })).rejects.toMatchObject(refused);
    await expect(desk.advice.request({ ...subject, digest })).rejects.toMatchObject(refused);
    const other = { ...subject, error: 'another', digest, consent: true as const };
    await expect(desk.advice.request(other)).rejects.toMatchObject({ code: 'conflict' });
    expect(server.seen).toEqual([]);

    await desk.ask();
    const { adviceId } = await desk.advice.request(subject);
    expect(await desk.done(adviceId)).toMatchObject({ end: 'complete', text: 'ok' });
  });

  it('asks again for consent when the address changes', () => {
    const other = { advice: { baseUrl: 'https://elsewhere.example/v1', consentedPreview: true } };
    expect(withoutOldConsent(other, 'http://127.0.0.1:1/v1').advice?.consentedPreview).toBe(false);
    const same = { advice: { model: 'x' } };
    expect(withoutOldConsent(same, 'http://127.0.0.1:1/v1')).toBe(same);
  });

  it('is off until turned on, and needs a model', async () => {
    const desk = deskAt('http://127.0.0.1:9/v1');
    desk.config = { ...desk.config, model: '' };
    await expect(desk.advice.preview('bank', 'x')).rejects.toMatchObject({ code: 'unavailable' });
    desk.config = { ...desk.config, enabled: false };
    await expect(desk.advice.preview('bank', 'x')).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(desk.advice.setKey('k')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it.each([
    [401, 'bad key', 'unauthorized'],
    [404, 'no such model', 'not_found'],
    [429, 'quota', 'rate_limited'],
    [500, 'out of memory', 'server_error'],
    [400, 'too long', 'refused'],
  ] as const)('tells a %i plainly', async (status, message, code) => {
    const server = await serving(fails(status, message));
    const { end, problem } = await deskAt(server.baseUrl).ask();
    expect(end).toBe('failed');
    expect(problem?.code).toBe(code);
    expect(server.seen).toHaveLength(1);
  });

  it('tells an address where nothing answers', async () => {
    const server = await startAdviceServer(says('x'));
    await server.close();
    const { end, problem } = await deskAt(server.baseUrl).ask();
    expect({ end, code: problem?.code }).toEqual({ end: 'failed', code: 'unreachable' });
    expect(problem?.message).toContain('ECONNREFUSED');
  });

  it.each([
    ['no answer at all', (): void => undefined, ''],
    [
      'an answer that stops in the middle',
      (response: Parameters<Parameters<typeof startAdviceServer>[0]>[0]): void => {
        beginStream(response);
        response.write(piece({ content: 'Perhaps' }));
      },
      'Perhaps',
    ],
  ] as const)('gives up on %s, and keeps what came', async (_name, behave, text) => {
    const server = await serving(behave);
    const done = await deskAt(server.baseUrl, { silenceMs: 300 }).ask();
    expect(done).toMatchObject({ end: 'failed', text, problem: { code: 'slow' } });
  });

  it.each([
    ['a web page', 'text/html', '<html><body>It works!</body></html>'],
    ['JSON of another kind', 'application/json', '{"hello":"world"}'],
    ['events that are not JSON', 'text/event-stream', 'data: {{{\n\n'],
    ['events of another kind', 'text/event-stream', 'data: {"a":1}\n\ndata: [DONE]\n\n'],
    ['pieces without content', 'text/event-stream', `${piece({ content: 7 })}data: [DONE]\n\n`],
    ['nothing', 'text/event-stream', ''],
  ])('calls %s garbage', async (_name, type, body) => {
    const server = await serving((response) => {
      response.writeHead(200, { 'content-type': type });
      response.end(body);
    });
    expect(await deskAt(server.baseUrl).ask()).toMatchObject({
      end: 'failed',
      problem: { code: 'garbage' },
    });
  });

  it('tells a refusal of the model', async () => {
    const server = await serving((response) => {
      beginStream(response);
      response.end(`${piece({ refusal: 'I cannot help with that.' })}data: [DONE]\n\n`);
    });
    const { problem } = await deskAt(server.baseUrl).ask();
    expect(problem).toEqual({ code: 'refused', message: 'The model declined: I cannot help with that.' });
  });

  it('does not follow to another address', async () => {
    const elsewhere = await serving(says('caught'));
    const server = await serving((response) => {
      response.writeHead(307, { location: `${elsewhere.baseUrl}/chat/completions` });
      response.end();
    });
    expect(await deskAt(server.baseUrl).ask()).toMatchObject({ end: 'failed' });
    expect(elsewhere.seen).toEqual([]);
  });

  it('ends an answer that does not end', async () => {
    const server = await serving((response) => {
      beginStream(response);
      for (let count = 0; count < 40; count += 1) response.write(piece({ content: 'x'.repeat(1000) }));
    });
    const done = await deskAt(server.baseUrl).ask();
    expect(done).toMatchObject({ end: 'failed', problem: { code: 'too_long' } });
    expect(done.text).toHaveLength(32_768);
  });

  it('is cancelled on the wire too', async () => {
    const server = await serving((response) => {
      beginStream(response);
      response.write(piece({ content: 'Well' }));
    });
    const desk = deskAt(server.baseUrl);
    const { digest } = await desk.advice.preview(subject.skillId, subject.error);
    const { adviceId } = await desk.advice.request({ ...subject, digest, consent: true });
    await expect.poll(() => desk.texts.join('')).toBe('Well');
    expect(desk.advice.cancel(adviceId)).toBe(true);
    expect(await desk.done(adviceId)).toMatchObject({ end: 'cancelled', text: 'Well', problem: null });
    await expect.poll(() => server.dropped()).toBe(1);
    expect(desk.advice.cancel(adviceId)).toBe(false);
  });

  it('is asked for twice at once, not three times', async () => {
    const server = await serving((response) => beginStream(response));
    const desk = deskAt(server.baseUrl);
    const { digest } = await desk.advice.preview(subject.skillId, subject.error);
    await desk.advice.request({ ...subject, digest, consent: true });
    await desk.advice.request(subject);
    await expect(desk.advice.request(subject)).rejects.toMatchObject({ code: 'conflict' });
  });
});
