import { BrowserWindow } from 'electron';
import { APP_ORIGIN } from '../../security/app-url.ts';
import { windowSecurity } from '../../security/window-preferences.ts';

const MIN_WIDTH = 900;
const MIN_HEIGHT = 600;

export interface MainWindowOptions {
  readonly preload: string;
  readonly icon: string;
  /** Called for every window that is made: it is made again when it was closed for good. */
  onCreated(window: BrowserWindow): void;
  onClose(window: BrowserWindow, event: { preventDefault(): void }): void;
}

/** The one window: made when first wanted, hidden and shown, brought to pages of the dashboard. */
export class MainWindow {
  readonly #options: MainWindowOptions;
  #window: BrowserWindow | null = null;

  constructor(options: MainWindowOptions) {
    this.#options = options;
  }

  /** Null while there is none. */
  get window(): BrowserWindow | null {
    return this.#window;
  }

  /** Whether a person can be looking at it. */
  get isSeen(): boolean {
    const window = this.#window;
    return window?.isVisible() === true && !window.isMinimized() && window.isFocused();
  }

  /** Makes the window ready without showing it: at login the tray is enough. */
  prepare(): void {
    this.#window ??= this.#create(false, `${APP_ORIGIN}/`);
  }

  /** Brings the window to the front; with a route (`#/…`), at that page of the dashboard. */
  show(route: string | null = null): void {
    const address = `${APP_ORIGIN}/${route ?? ''}`;
    const window = this.#window;
    if (window === null) {
      this.#window = this.#create(true, address);
      return;
    }
    // Only the fragment differs, so the page stays and its router follows; the same address would load it anew.
    if (route !== null && window.webContents.getURL() !== address) void load(window, address);
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  #create(show: boolean, address: string): BrowserWindow {
    const window = new BrowserWindow({
      width: 1280,
      height: 840,
      minWidth: MIN_WIDTH,
      minHeight: MIN_HEIGHT,
      show: false,
      title: 'Skillward',
      backgroundColor: '#f5f4f0',
      icon: this.#options.icon,
      // Electron remembers size, place and state under this name, and mends places on screens that are gone.
      name: 'main',
      windowStatePersistence: true,
      webPreferences: windowSecurity(this.#options.preload),
    });
    window.on('close', (event) => this.#options.onClose(window, event));
    window.on('closed', () => {
      this.#window = null;
    });
    if (show)
      window.once('ready-to-show', () => {
        window.show();
        window.focus();
      });
    this.#options.onCreated(window);
    void load(window, address);
    return window;
  }
}

/** A load that is overtaken by the next one, or whose page dies, is told by its events; nobody waits for it here. */
function load(window: BrowserWindow, address: string): Promise<void> {
  return window.loadURL(address).catch(() => undefined);
}
