import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as Electron from 'electron';
import { closeChromium } from './chromium.ts';
import { InstanceLock } from './instance-lock.ts';

/** Marks what the parts of the double have among themselves; nothing of it is a member of Electron. */
export const inner = Symbol('the double alone');

/** A preventable event. */
export function preventable(): { preventDefault(): void; readonly defaultPrevented: boolean } {
  const event = {
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}

/** The windows of the app, as the app module has to see them: who is open decides when it ends. */
export interface OpenWindows {
  all(): readonly { close(): void; destroy(): void; isDestroyed(): boolean }[];
}

/** Electron's `app`: paths, the instance lock, and the order of events from ready to quit. */
export class App extends EventEmitter {
  readonly isPackaged = false;
  badgeCount = 0;
  readonly #root = process.cwd();
  readonly #paths = new Map<string, string>();
  readonly #package = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as {
    version: string;
    productName?: string;
    name: string;
  };
  readonly #whenReady = Promise.withResolvers<void>();
  #ready = false;
  #loaded = false;
  #sandboxed = false;
  #quitting = false;
  #lock: InstanceLock | null = null;
  #windows: OpenWindows = { all: () => [] };
  #loginItem = false;

  constructor() {
    super();
    // Electron turns these signals into an orderly quit.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => this.quit());
  }

  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.#sandboxed = true;
  }
  getName(): string {
    return this.#package.productName ?? this.#package.name;
  }
  getVersion(): string {
    return this.#package.version;
  }
  getAppPath(): string {
    return this.#root;
  }
  getPath(name: string): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`The Electron double knows no path "${name}": set it first.`);
    return path;
  }
  setPath(name: string, path: string): void {
    mkdirSync(path, { recursive: true });
    this.#paths.set(name, path);
  }
  setAppUserModelId(_id: string): void {}
  setAsDefaultProtocolClient(_scheme: string): boolean {
    return true;
  }
  setBadgeCount(count?: number): boolean {
    this.badgeCount = count ?? 0;
    return true;
  }
  getLoginItemSettings(): { openAtLogin: boolean; wasOpenedAtLogin: boolean } {
    return { openAtLogin: this.#loginItem, wasOpenedAtLogin: false };
  }
  setLoginItemSettings(settings: Electron.Settings): void {
    this.#loginItem = settings.openAtLogin ?? false;
  }

  requestSingleInstanceLock(): boolean {
    this.#lock ??= new InstanceLock(this.getPath('userData'), (argv, cwd) =>
      this.emit('second-instance', preventable(), argv, cwd, undefined),
    );
    return this.#lock.take(process.argv, process.cwd());
  }

  whenReady(): Promise<void> {
    return this.#whenReady.promise;
  }
  isReady(): boolean {
    return this.#ready;
  }

  quit(): void {
    if (!this.#loaded) {
      // Before the entry has been read to its end there is nothing to ask: Electron ends when it has.
      this.#quitting = true;
      return;
    }
    const event = preventable();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    for (const window of this.#windows.all()) window.close();
    if (this.#windows.all().length > 0) {
      this.#quitting = false;
      return;
    }
    this.#willQuit();
  }

  exit(code?: number): void {
    for (const window of this.#windows.all()) window.destroy();
    this.#end(code ?? 0);
  }

  #willQuit(): void {
    const event = preventable();
    this.emit('will-quit', event);
    if (!event.defaultPrevented) this.#end(0);
  }

  #end(code: number): void {
    this.emit('quit', preventable(), code);
    this.#lock?.release();
    closeChromium();
    process.exit(code);
  }

  /** For the rest of the double; no member of Electron, so behind a symbol. */
  readonly [inner] = {
    sandboxed: (): boolean => this.#sandboxed,
    setWindows: (windows: OpenWindows): void => {
      this.#windows = windows;
    },
    windowClosed: (): void => {
      if (this.#quitting || this.#windows.all().length > 0) return;
      if (!this.emit('window-all-closed')) this.quit();
    },
    /** The entry module has been read to its end: only now does Electron say ready. */
    entryLoaded: (): void => {
      this.#loaded = true;
      if (this.#quitting) {
        this.#willQuit();
        return;
      }
      this.#ready = true;
      this.emit('ready', preventable(), {});
      this.#whenReady.resolve();
    },
  };
}
