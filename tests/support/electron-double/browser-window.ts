import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type * as Electron from 'electron';
import type { BrowserContext, Page, Request } from 'playwright';
import { type App, inner, preventable } from './app.ts';
import type { IpcMain } from './ipc-main.ts';
import { loud } from './loud.ts';
import { grantEverything, type Session } from './session.ts';
import { WebContents } from './web-contents.ts';

export interface World {
  readonly app: App;
  readonly session: Session;
  readonly ipcMain: IpcMain;
  readonly openChromium: () => Promise<BrowserContext>;
}

/** Every one of these must be said as here, or left to a default that says the same. */
const secure = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
} as const;

/** Null for the first request of a window the page opened: it is asked before its frame is there. */
function pageOf(request: Request): Page | null {
  try {
    return request.frame().page();
  } catch {
    return null;
  }
}

/** Makes the class of this process: windows that are pages of one Chromium. Size and place are kept, not drawn. */
export function browserWindowOf(world: World) {
  const open = new Set<BrowserWindow>();
  let lastId = 0;
  let context: Promise<BrowserContext> | null = null;
  let focused: BrowserWindow | null = null;

  const openContext = (): Promise<BrowserContext> => {
    context ??= world.openChromium().then(async (opened) => {
      await grantEverything(opened);
      await opened.route('**/*', async (route) => {
        const owner = ownerOf(pageOf(route.request()));
        if (owner === undefined) await route.abort('blockedbyclient');
        else await owner[inner].route(route);
      });
      // What is not one of ours is a window the page opened. Its opener has been asked; here it only ends.
      opened.on('page', (page) => {
        void Promise.all([...open].map((window) => window[inner].contents[inner].settled())).then(() =>
          ownerOf(page) === undefined ? page.close().catch(() => undefined) : undefined,
        );
      });
      return opened;
    });
    return context;
  };
  const ownerOf = (page: Page | null): WebContents | undefined =>
    [...open].map((window) => window[inner].contents).find((contents) => contents[inner].owns(page));

  class BrowserWindow extends EventEmitter {
    readonly id: number;
    readonly webContents: WebContents;
    #visible: boolean;
    #minimized = false;
    #destroyed = false;
    #title: string;

    constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
      super();
      if (!world.app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
      if (!world.app[inner].sandboxed())
        throw new Error('The double only makes windows after app.enableSandbox().');
      const { preload, ...preferences } = options.webPreferences ?? {};
      for (const [name, wanted] of Object.entries(secure)) {
        const given = preferences[name as keyof typeof secure];
        if (given !== undefined && given !== wanted)
          throw new Error(`The double makes no window with ${name}: ${given}.`);
      }
      lastId += 1;
      this.id = lastId;
      this.#visible = options.show ?? true;
      this.#title = options.title ?? '';
      const contents = new WebContents({
        id: lastId,
        session: world.session,
        ipcMain: world.ipcMain,
        preload: preload === undefined ? '' : readFileSync(preload, 'utf8'),
        context: openContext,
      });
      this.webContents = loud('webContents', contents);
      this[inner] = { contents };
      contents.once('did-finish-load', () => this.emit('ready-to-show'));
      contents.on('page-title-updated', (event, title: string) => {
        this.emit('page-title-updated', event, title);
        if (!(event as { defaultPrevented: boolean }).defaultPrevented) this.#title = title;
      });
      open.add(this);
      world.app.emit('web-contents-created', preventable(), this.webContents);
      world.app.emit('browser-window-created', preventable(), this);
      // biome-ignore lint/correctness/noConstructorReturn: every use of the window is to be loud
      return loud('BrowserWindow', this);
    }

    readonly [inner]: { readonly contents: WebContents };

    static getAllWindows(): BrowserWindow[] {
      return [...open].map((window) => loud('BrowserWindow', window));
    }
    static getFocusedWindow(): BrowserWindow | null {
      return focused;
    }

    loadURL(url: string): Promise<void> {
      return this.webContents.loadURL(url);
    }
    show(): void {
      this.#visible = true;
      this.emit('show');
      this.focus();
    }
    hide(): void {
      this.#visible = false;
      if (focused === this) focused = null;
      this.emit('hide');
    }
    focus(): void {
      focused = this;
      this.emit('focus');
    }
    minimize(): void {
      this.#minimized = true;
      this.emit('minimize');
    }
    restore(): void {
      this.#minimized = false;
      this.emit('restore');
    }
    isVisible(): boolean {
      return this.#visible;
    }
    isMinimized(): boolean {
      return this.#minimized;
    }
    isFocused(): boolean {
      return focused === this;
    }
    isDestroyed(): boolean {
      return this.#destroyed;
    }
    getTitle(): string {
      return this.#title;
    }
    setTitle(title: string): void {
      this.#title = title;
    }
    setProgressBar(_progress: number): void {}
    setOverlayIcon(_overlay: Electron.NativeImage | null, _description: string): void {}
    flashFrame(_flag: boolean): void {}
    close(): void {
      const event = preventable();
      this.emit('close', event);
      if (!event.defaultPrevented) this.destroy();
    }
    destroy(): void {
      if (this.#destroyed) return;
      this.#destroyed = true;
      open.delete(this);
      if (focused === this) focused = null;
      this[inner].contents[inner].destroy();
      this.emit('closed');
      world.app[inner].windowClosed();
    }
  }

  world.app[inner].setWindows({ all: () => [...open] });
  return BrowserWindow;
}
