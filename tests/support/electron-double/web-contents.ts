// Over 200 lines on purpose: one page, its two worlds and what Electron tells of it cannot be taken apart.
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { BrowserContext, CDPSession, Frame, Page, Request, Route } from 'playwright';
import { fromChromium, originOf, toChromium } from './addresses.ts';
import { inner, preventable } from './app.ts';
import type { IpcMain } from './ipc-main.ts';
import { decode, encode } from './page/wire.js';
import { INNER, PRELOAD_WORLD, pageScripts, TELL } from './page-scripts.ts';
import { type PermissionName, type Session, serve } from './session.ts';

export interface ContentsOptions {
  readonly id: number;
  readonly session: Session;
  readonly ipcMain: IpcMain;
  /** The text of the preload script. */
  readonly preload: string;
  readonly context: () => Promise<BrowserContext>;
}

type Told =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly kind: 'send'; readonly channel: string; readonly args: string }
  | {
      readonly kind: 'permission';
      readonly id: number;
      readonly how: 'request' | 'check';
      readonly permission: PermissionName;
    }
  | { readonly kind: 'title'; readonly title: string };

/** A page: a tab of the real Chromium, with the preload script in a world of its own. */
export class WebContents extends EventEmitter {
  readonly id: number;
  readonly session: Session;
  readonly #options: ContentsOptions;
  #page: Page | null = null;
  #cdp: CDPSession | null = null;
  /** The preload world of the present document. */
  #world: number | null = null;
  #opening: Promise<Page> | null = null;
  #address = '';
  /** The load the app itself asked for: it is no navigation by the page. */
  #asked: string | null = null;
  #crashed = false;
  #destroyed = false;
  #windowOpen: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: ContentsOptions) {
    super();
    this.id = options.id;
    this.session = options.session;
    this.#options = options;
  }

  getURL(): string {
    return this.#address;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  isCrashed(): boolean {
    return this.#crashed;
  }
  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.#windowOpen = handler;
  }

  async loadURL(url: string): Promise<void> {
    this.#asked = url;
    const page = await this.#open();
    if (this.#asked !== url) throw new Error('ERR_ABORTED: another load came first');
    this.#address = url;
    const sameDocument = withoutHash(fromChromium(page.url())) === withoutHash(url);
    await page.goto(toChromium(url, this.session.protocol[inner].schemes()), {
      waitUntil: 'load',
      // Electron waits for a page as long as it takes.
      timeout: 0,
    });
    if (!sameDocument) this.emit('did-finish-load');
  }

  reload(): void {
    this.loadURL(this.#address).catch((error: unknown) =>
      this.emit('did-fail-load', preventable(), -3, String(error)),
    );
  }

  forcefullyCrashRenderer(): void {
    // The answer never comes: the one who would give it is gone.
    this.#cdp?.send('Page.crash').catch(() => undefined);
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const page = await this.#open();
    return page.evaluate(code);
  }

  send(channel: string, ...args: unknown[]): void {
    const text = encode(structuredClone(args));
    this.#call(`globalThis.${INNER}.hear(${JSON.stringify(channel)}, ${JSON.stringify(text)})`);
  }

  readonly [inner] = {
    owns: (page: Page | null): boolean => page !== null && page === this.#page,
    /** A request of this page: its navigations are put to the app first. */
    route: (route: Route): Promise<void> => this.#route(route),
    /** Resolves when no page is being made for these contents. */
    settled: (): Promise<unknown> => this.#opening ?? Promise.resolve(),
    destroy: (): void => {
      if (this.#destroyed) return;
      this.#destroyed = true;
      void this.#page?.close().catch(() => undefined);
      this.emit('destroyed');
    },
  };

  /** The present page; after a crash a new one, because nothing can be asked of a crashed one any more. */
  #open(): Promise<Page> {
    if (this.#crashed) {
      const gone = this.#page;
      this.#opening = null;
      this.#crashed = false;
      void gone?.close().catch(() => undefined);
    }
    this.#opening ??= this.#attach();
    return this.#opening;
  }

  async #attach(): Promise<Page> {
    const context = await this.#options.context();
    const page = await context.newPage();
    this.#page = page;
    const cdp = await context.newCDPSession(page);
    this.#cdp = cdp;
    this.#world = null;
    const scripts = pageScripts(this.#options.preload);
    const mainFrameId = (await cdp.send('Page.getFrameTree')).frameTree.frame.id;
    cdp.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      const { frameId } = auxData as { frameId: string };
      if (name === PRELOAD_WORLD && frameId === mainFrameId) this.#world = id;
    });
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (this.#world === executionContextId) this.#world = null;
    });
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === TELL) this.#told(JSON.parse(payload) as Told, executionContextId);
    });
    cdp.on('Page.windowOpen', ({ url, windowName }) => this.#askForWindow(url, windowName));
    await cdp.send('Page.enable');
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', { name: TELL, executionContextName: PRELOAD_WORLD });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: scripts.preload,
      worldName: PRELOAD_WORLD,
    });
    page.on('crash', () => {
      this.#crashed = true;
      this.#world = null;
      this.emit('render-process-gone', preventable(), { reason: 'crashed', exitCode: 11 });
    });
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.#address = fromChromium(frame.url());
    });
    page.on('download', (download) => this.session[inner].download(download));
    return page;
  }

  async #route(route: Route): Promise<void> {
    const request = route.request();
    if (request.isNavigationRequest() && !this.#mayNavigate(request)) await route.abort('aborted');
    else await serve(route, this.session);
  }

  #mayNavigate(request: Request): boolean {
    const url = fromChromium(request.url());
    const frame: Frame = request.frame();
    const isMainFrame = frame.parentFrame() === null;
    if (isMainFrame && this.#asked !== null && withoutHash(this.#asked) === withoutHash(url)) {
      this.#asked = null;
      return true;
    }
    const event = Object.assign(preventable(), { url, isMainFrame, isSameDocument: false });
    this.emit('will-frame-navigate', event);
    if (isMainFrame) this.emit('will-navigate', event, url);
    return !event.defaultPrevented;
  }

  #askForWindow(url: string, frameName: string): void {
    const details = {
      url: fromChromium(url),
      frameName,
      features: '',
      disposition: 'foreground-tab',
      referrer: { url: '', policy: 'default' },
    };
    const answer = this.#windowOpen?.(details as Electron.HandlerDetails);
    if (answer?.action !== 'deny')
      throw new Error(`The app allowed a new window for ${url}: the double has none.`);
  }

  #told(message: Told, world: number): void {
    switch (message.kind) {
      case 'invoke':
        void this.#invoke(message, world);
        return;
      case 'send':
        this.#options.ipcMain.emit(message.channel, this.#event(), ...(decode(message.args) as unknown[]));
        return;
      case 'permission':
        void this.#permission(message, world);
        return;
      case 'title':
        this.emit('page-title-updated', preventable(), message.title, true);
    }
  }

  async #invoke({ id, channel, args }: Extract<Told, { kind: 'invoke' }>, world: number): Promise<void> {
    const handler = this.#options.ipcMain._invokeHandlers.get(channel);
    const event = this.#event();
    try {
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      const result = await handler(event, ...(await this.#withPaths(decode(args) as unknown[], world)));
      this.#settle(world, id, true, encode(structuredClone(result)));
    } catch (error) {
      // Of an error only its words cross, as with Electron.
      const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      this.#settle(world, id, false, `Error invoking remote method '${channel}': ${words}`);
    }
  }

  async #permission(
    { id, how, permission }: Extract<Told, { kind: 'permission' }>,
    world: number,
  ): Promise<void> {
    const us = this as unknown as Electron.WebContents;
    const granted =
      how === 'request'
        ? await this.session[inner].request(us, permission)
        : this.session[inner].check(us, permission, originOf(this.#address));
    this.#settle(world, id, true, encode(granted));
  }

  #event(): Electron.IpcMainInvokeEvent {
    const url = this.#address;
    // Read at once, like senderFrame: after the next navigation these are another document's facts.
    const senderFrame = {
      url,
      origin: originOf(url),
      parent: null,
      detached: false,
      isDestroyed: () => false,
    };
    return {
      type: 'frame',
      sender: this,
      senderFrame,
      frameId: 1,
      processId: 1,
    } as unknown as Electron.IpcMainInvokeEvent;
  }

  /** What the preload script got for a File is replaced by its path, which Chromium tells its debugger alone. */
  async #withPaths(args: readonly unknown[], world: number): Promise<unknown[]> {
    return Promise.all(
      args.map(async (arg) => {
        const match = typeof arg === 'string' ? /^\0electron-double-file:(\d+)$/.exec(arg) : null;
        if (match === null || this.#cdp === null) return arg;
        const { result } = await this.#cdp.send('Runtime.evaluate', {
          contextId: world,
          expression: `globalThis.${INNER}.files[${match[1]}]`,
        });
        if (result.objectId === undefined) return '';
        return (await this.#cdp.send('DOM.getFileInfo', { objectId: result.objectId })).path;
      }),
    );
  }

  #settle(world: number, id: number, ok: boolean, text: string): void {
    this.#call(`globalThis.${INNER}.settle(${id}, ${ok}, ${JSON.stringify(text)})`, world);
  }

  /** Runs in the preload world, in order; a document that is gone meanwhile misses nothing that was meant for it. */
  #call(expression: string, contextId: number | null = this.#world): void {
    const cdp = this.#cdp;
    if (cdp === null || contextId === null) return;
    this.#queue = this.#queue.then(() =>
      cdp.send('Runtime.evaluate', { contextId, expression, returnByValue: false }).catch(() => undefined),
    );
  }
}

function withoutHash(address: string): string {
  return address.split('#')[0] ?? address;
}
