import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type * as Electron from 'electron';
import { loud } from './loud.ts';
import type { Menu } from './menu.ts';

/** A picture: only whether it is there and what it is for. A missing one is loud, where Electron shows nothing at all. */
export class NativeImage {
  readonly #path: string;
  #template = false;

  constructor(path: string) {
    this.#path = path;
  }
  isEmpty(): boolean {
    return !existsSync(this.#path);
  }
  setTemplateImage(option: boolean): void {
    this.#template = option;
  }
  isTemplateImage(): boolean {
    return this.#template;
  }
}

export class NativeImageModule {
  createFromPath(path: string): NativeImage {
    if (!existsSync(path)) throw new Error(`There is no picture ${path}.`);
    return loud('NativeImage', new NativeImage(path));
  }
}

export class Tray extends EventEmitter {
  #destroyed = false;

  constructor(image: Electron.NativeImage | NativeImage | string) {
    super();
    if (typeof image !== 'string' && image.isEmpty()) throw new Error('A tray needs a picture.');
    // biome-ignore lint/correctness/noConstructorReturn: every use of the tray is to be loud
    return loud('Tray', this);
  }
  setImage(image: Electron.NativeImage | NativeImage | string): void {
    if (typeof image !== 'string' && image.isEmpty()) throw new Error('A tray needs a picture.');
  }
  setToolTip(_toolTip: string): void {}
  setTitle(_title: string): void {}
  setContextMenu(_menu: Menu | Electron.Menu | null): void {}
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  destroy(): void {
    this.#destroyed = true;
  }
}

export class Notification extends EventEmitter {
  readonly title: string;
  readonly body: string;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    // biome-ignore lint/correctness/noConstructorReturn: every use of the notification is to be loud
    return loud('Notification', this);
  }
  static isSupported(): boolean {
    return true;
  }
  show(): void {
    this.emit('show');
  }
  close(): void {
    this.emit('close');
  }
}

/** Nobody sits before the screen: a dialog waits for ever, as a real one would, unless a test answers in its place. */
export class Dialog {
  showMessageBox(...args: unknown[]): Promise<Electron.MessageBoxReturnValue> {
    return unanswered('showMessageBox', args);
  }
  showOpenDialog(...args: unknown[]): Promise<Electron.OpenDialogReturnValue> {
    return unanswered('showOpenDialog', args);
  }
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`electron-double: error box: ${title}: ${content}\n`);
  }
}

function unanswered<T>(name: string, args: readonly unknown[]): Promise<T> {
  const options = args.at(-1) as { message?: string };
  process.stderr.write(`electron-double: ${name} waits for an answer: ${options.message}\n`);
  return new Promise<T>(() => undefined);
}

/** A machine without a keychain, as the machines that run the tests are. */
export class SafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean> {
    return Promise.resolve(false);
  }
}

export class Shell {
  openPath(path: string): Promise<string> {
    return Promise.resolve(existsSync(path) ? '' : `${path} does not exist`);
  }
}

export class NativeTheme extends EventEmitter {
  themeSource: 'system' | 'light' | 'dark' = 'system';
}

export class PowerMonitor extends EventEmitter {}
