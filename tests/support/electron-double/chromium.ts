import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright';

const PORT_TIMEOUT_MS = 20_000;
let opening: Promise<BrowserContext> | null = null;
let profile: string | null = null;

/** The Chromium behind all windows of this app: started with the first of them, open to the test as well. */
export function openChromium(onEndpoint: (endpoint: string) => void): Promise<BrowserContext> {
  opening ??= open(onEndpoint);
  return opening;
}

async function open(onEndpoint: (endpoint: string) => void): Promise<BrowserContext> {
  // Where a test ends an app without asking, it removes this folder with its own.
  profile = mkdtempSync(join(process.env.ELECTRON_DOUBLE_TEMP ?? tmpdir(), 'chromium-'));
  const executablePath = process.env.SKILLWARD_BROWSER;
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--remote-debugging-port=0',
    ],
    viewport: { width: 1280, height: 840 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    // The double turns signals into an orderly quit, as Electron does.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  onEndpoint(`http://127.0.0.1:${await debuggingPort(profile)}`);
  return context;
}

/** Chromium writes the port it was given into its profile. */
async function debuggingPort(folder: string): Promise<number> {
  const endMs = performance.now() + PORT_TIMEOUT_MS;
  for (;;) {
    try {
      const port = Number(readFileSync(join(folder, 'DevToolsActivePort'), 'utf8').split('\n')[0]);
      if (port > 0) return port;
    } catch (error) {
      if (performance.now() > endMs) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Removes the profile; the browser itself ends with the process that started it. */
export function closeChromium(): void {
  if (profile !== null) rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
}
