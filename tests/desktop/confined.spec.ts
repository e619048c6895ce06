import { type Desktop, expect, test } from './desktop.ts';

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
      writeClipboard: await result(navigator.clipboard.writeText('copied')),
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
    writeClipboard: 'granted',
    readClipboard: 'denied',
    queries: Array<string>(6).fill('denied'),
  });
});

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
