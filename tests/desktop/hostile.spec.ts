import { join } from 'node:path';
import type { ResponseEnvelope } from '../../shared/contract/index.ts';
import { healthySkill } from '../support/python-skills.ts';
import { expect, test } from './desktop.ts';
import { root } from './runtime.ts';

/** Hears an invocation and never answers it. */
const deafSkill = healthySkill.replace('answer(request, {"echo": request.get("params")})', 'pass');
const preload = join(root, 'out/preload/preload.cjs');
const quarantine = {
  v: 1,
  requestId: 'x',
  command: 'skill.quarantine',
  payload: { skillId: 'weather', reason: 'hostile' },
};

test('a window the app does not know is not heard, with the same preload script and at our own address', async ({
  house: desktop,
}) => {
  for (const address of ['skillward-app://dashboard/', 'about:blank']) {
    const answer = await desktop.app.evaluate(
      async ({ BrowserWindow }, given) => {
        const window = new BrowserWindow({
          show: false,
          webPreferences: { preload: given.preload, sandbox: true, contextIsolation: true },
        });
        await window.loadURL(given.address);
        const answered: unknown = await window.webContents.executeJavaScript(given.script);
        window.destroy();
        return answered;
      },
      {
        preload,
        address,
        script: `skillward.commands['skill.quarantine'](${JSON.stringify(quarantine.payload)})`,
      },
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
  }
  expect((await desktop.skill('weather'))?.lifecycle).toBe('active');
});

test('our own window at a foreign address is not heard', async ({ house: desktop }) => {
  const answer = await desktop.app.evaluate(
    async ({ BrowserWindow }, script) => {
      const [window] = BrowserWindow.getAllWindows();
      await window?.loadURL('about:blank');
      return window?.webContents.executeJavaScript(script) as Promise<unknown>;
    },
    `skillward.commands['skill.quarantine'](${JSON.stringify(quarantine.payload)})`,
  );
  expect(answer).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
  await desktop.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.loadURL('skillward-app://dashboard/'),
  );
  expect((await desktop.skill('weather'))?.lifecycle).toBe('active');
});

test('messages with forged senders, of any frame but the main one, are refused at the door', async ({
  house: desktop,
}) => {
  const answers = await desktop.app.evaluate(async ({ BrowserWindow, ipcMain }, message) => {
    // The handler as registered: Electron keeps it under this name, and the double as well.
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, (...args: unknown[]) => unknown> })
      ._invokeHandlers;
    const door = handlers.get('skillward:command');
    const id = BrowserWindow.getAllWindows()[0]?.webContents.id;
    const origin = 'skillward-app://dashboard';
    const forged = [
      { sender: { id }, senderFrame: { origin, parent: {} } },
      { sender: { id }, senderFrame: { origin: 'https://evil.example', parent: null } },
      { sender: { id }, senderFrame: { origin: 'skillward-app://dashboard.evil.example', parent: null } },
      { sender: { id }, senderFrame: { origin: 'null', parent: null } },
      { sender: { id }, senderFrame: null },
      { sender: { id: 999 }, senderFrame: { origin, parent: null } },
    ];
    const given = [];
    for (const event of forged) given.push(await door?.(event, message));
    return { answers: given, channels: [...handlers.keys()].sort() };
  }, quarantine);
  for (const answer of answers.answers)
    expect(answer).toMatchObject({ ok: false, requestId: null, error: { code: 'not_allowed' } });
  expect(answers.channels).toEqual(['skillward:command', 'skillward:dropped']);
  expect((await desktop.skill('weather'))?.lifecycle).toBe('active');
});

test('what is malformed, oversized or unknown is refused with its reason and changes nothing', async ({
  house: desktop,
}) => {
  const codes = await desktop.app.evaluate(async ({ BrowserWindow, ipcMain }) => {
    const door = (
      ipcMain as unknown as {
        _invokeHandlers: Map<string, (...args: unknown[]) => Promise<ResponseEnvelope>>;
      }
    )._invokeHandlers.get('skillward:command');
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const event = { sender: contents, senderFrame: { origin: 'skillward-app://dashboard', parent: null } };
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    const request = (command: string, payload: unknown) => ({ v: 1, requestId: '1', command, payload });
    const messages = [
      undefined,
      null,
      'text',
      42,
      [],
      {},
      { v: 2, requestId: '1', command: 'host.ping' },
      { v: 1, requestId: '', command: 'host.ping' },
      cycle,
      request('host.ping', { n: 10n }),
      request('host.ping', { text: 'x'.repeat(2_000_000) }),
      request('host.ping', { text: 'ä'.repeat(700_000) }),
      request('__proto__', {}),
      request('constructor', {}),
      request('no.such', {}),
      request('skill.quarantine', { skillId: '../weather', reason: 'x' }),
      request('skill.quarantine', { skillId: 'weather', reason: 'x', extra: 1 }),
      request('skill.quarantine', JSON.parse('{"skillId":"weather","reason":"x","__proto__":{"a":1}}')),
      request('config.patch', { skills: { folders: ['/'] } }),
      request('events.subscribe', {}),
    ];
    const codes = [];
    for (const message of messages) codes.push((await door?.(event, message))?.error?.code ?? 'ok');
    return codes;
  });
  expect(codes).toEqual([
    ...Array<string>(12).fill('invalid_envelope'),
    ...Array<string>(3).fill('unknown_command'),
    ...Array<string>(3).fill('invalid_payload'),
    'not_allowed',
    'not_allowed',
  ]);
  expect((await desktop.skill('weather'))?.lifecycle).toBe('active');
});

test('the page cannot flood the door, and what cannot be cloned is answered, not thrown', async ({
  start,
}) => {
  const desktop = await start({ skills: { deaf: deafSkill } });
  const page = await desktop.page();
  await desktop.healthy('deaf');
  const flood = await page.evaluate(async () => {
    interface Answer {
      readonly error: { readonly code: string } | null;
    }
    const { commands } = (
      globalThis as unknown as {
        skillward: { commands: Record<string, (payload: unknown) => Promise<Answer>> };
      }
    ).skillward;
    const ask = async (payload: unknown) => (await commands['skill.invoke']?.(payload))?.error?.code ?? 'ok';
    const request = { skillId: 'deaf', method: 'skill.invoke', timeoutMs: 5000 };
    const codes = await Promise.all(Array.from({ length: 400 }, () => ask(request)));
    return { codes, uncloneable: await ask({ ...request, params: { call: () => 'weather' } }) };
  });
  expect(new Set(flood.codes)).toEqual(new Set(['timeout', 'unavailable']));
  expect(flood.codes.filter((code) => code === 'timeout').length).toBeLessThanOrEqual(256);
  expect(flood.uncloneable).toBe('invalid_payload');
  await desktop.healthy('deaf');
});
