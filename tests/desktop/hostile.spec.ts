import { join } from 'node:path';
import type { ResponseEnvelope } from '../../shared/contract/index.ts';
import { healthySkill } from '../support/python-skills.ts';
import { type Desktop, expect, test } from './desktop.ts';
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

test('the page goes nowhere and opens nothing', async ({ house: desktop }) => {
  const page = await desktop.page();
  const before = await desktop.window();
  await page.evaluate(() => {
    const { document, location, open } = globalThis as unknown as {
      location: { href: string };
      open(address: string): unknown;
      document: {
        createElement(name: string): { href: string; target: string; src: string; click(): void };
        body: { append(node: unknown): void };
      };
    };
    open('https://evil.example/new-window');
    open('about:blank');
    const link = document.createElement('a');
    link.href = 'https://evil.example/blank';
    link.target = '_blank';
    document.body.append(link);
    link.click();
    const frame = document.createElement('iframe');
    frame.src = 'https://evil.example/frame';
    document.body.append(frame);
    location.href = 'https://evil.example/gone';
  });
  for (const address of [
    'https://evil.example/again',
    'skillward-app://dashboard/assets/',
    'file:///etc/passwd',
  ]) {
    await page
      .evaluate((target) => {
        (globalThis as unknown as { location: { href: string } }).location.href = target;
      }, address)
      .catch(() => undefined);
  }
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await desktop.healthy('weather');
  expect((await desktop.window())?.address).toBe(before?.address);
  await expect
    .poll(() => desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length))
    .toBe(1);
  await expect
    .poll(async () => (await desktop.app.pages()).filter((other) => /evil|passwd/.test(other.url())))
    .toEqual([]);
  expect((await desktop.seen()).openedAddresses).toEqual([]);
});

test('the page runs under the policy: no inline script, no eval, no connection, no foreign picture', async ({
  house: desktop,
}) => {
  const page = await desktop.page();
  const tried = await page.evaluate(async () => {
    const world = globalThis as unknown as {
      ran?: boolean;
      eval(code: string): unknown;
      setTimeout(run: () => void, delayMs: number): void;
      fetch(address: string): Promise<unknown>;
      document: {
        createElement(name: string): { textContent: string; src: string; onload: unknown; onerror: unknown };
        body: { append(node: unknown): void };
      };
    };
    const script = world.document.createElement('script');
    script.textContent = 'globalThis.ran = true';
    world.document.body.append(script);
    const fails = async (run: () => unknown) => {
      try {
        await run();
        return 'done';
      } catch {
        return 'refused';
      }
    };
    const picture = world.document.createElement('img');
    const loaded = new Promise((resolve) => {
      picture.onload = () => resolve('done');
      picture.onerror = () => resolve('refused');
    });
    picture.src = 'https://evil.example/pixel.png';
    world.document.body.append(picture);
    return {
      inline: world.ran ?? false,
      // From a timer: a debugger's own code may evaluate whatever the page's policy says, what follows from it may not.
      eval: await new Promise((resolve) => {
        world.setTimeout(() => resolve(fails(() => world.eval('1'))), 0);
      }),
      fetch: await fails(() => world.fetch('https://evil.example/')),
      picture: await loaded,
    };
  });
  expect(tried).toEqual({ inline: false, eval: 'refused', fetch: 'refused', picture: 'refused' });
});

test('every permission is denied but putting text on the clipboard', async ({ house: desktop }) => {
  const page = await desktop.page();
  await page.bringToFront();
  const asked = await page.evaluate(async () => {
    const { navigator, Notification } = globalThis as unknown as {
      navigator: {
        permissions: { query(what: { name: string }): Promise<{ state: string }> };
        clipboard: { readText(): Promise<string>; writeText(text: string): Promise<void> };
        mediaDevices: { getUserMedia(what: object): Promise<unknown> };
        geolocation: { getCurrentPosition(yes: () => void, no: () => void): void };
      };
      Notification: { requestPermission(): Promise<string> };
    };
    const result = (asking: Promise<unknown>) =>
      asking.then(
        (value) => (typeof value === 'string' && value === 'denied' ? 'denied' : 'granted'),
        () => 'denied',
      );
    return {
      geolocation: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          () => resolve('denied'),
        ),
      ),
      camera: await result(navigator.mediaDevices.getUserMedia({ video: true })),
      notifications: await result(Notification.requestPermission()),
      readClipboard: await result(navigator.clipboard.readText()),
      queries: await Promise.all(
        ['geolocation', 'camera', 'microphone', 'notifications', 'clipboard-read', 'midi'].map(
          async (name) => (await navigator.permissions.query({ name })).state,
        ),
      ),
    };
  });
  expect(asked).toEqual({
    geolocation: 'denied',
    camera: 'denied',
    notifications: 'denied',
    readClipboard: 'denied',
    queries: Array<string>(6).fill('denied'),
  });
});

/** The app's own parts, not the page, decide: the same attempts again, asked of the main process. */
test('the dashboard is served by name only, with every header', async ({ house: desktop }) => {
  await desktop.page();
  const found = await statuses(desktop, [
    '/',
    '/index.html',
    '/../main/main.js',
    '/%2e%2e/main/main.js',
    '/..%2fmain/main.js',
    '/assets/..\\..\\main\\main.js',
    '/index.html%00.png',
    '/.stamp',
    '/no-such.js',
  ]);
  expect(found).toEqual([200, 200, ...Array<number>(7).fill(404)]);
});

async function statuses(desktop: Desktop, paths: readonly string[]): Promise<number[]> {
  const page = await desktop.page();
  return page.evaluate(
    (given) =>
      Promise.all(
        given.map(async (path) => {
          const { fetch } = globalThis as unknown as { fetch(address: string): Promise<{ status: number }> };
          return (await fetch(path)).status;
        }),
      ),
    paths,
  );
}
