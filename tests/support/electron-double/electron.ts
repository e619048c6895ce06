// What `import 'electron'` gives while the double stands in for it. A name the app imports that is not here fails at once.
import type * as Electron from 'electron';
import { App, inner } from './app.ts';
import { browserWindowOf } from './browser-window.ts';
import { openChromium } from './chromium.ts';
import type { Drift, MustFit } from './conforms.ts';
import { IpcMain } from './ipc-main.ts';
import { loud } from './loud.ts';
import { Menu as MenuDouble, MenuItem as MenuItemDouble } from './menu.ts';
import { Protocol, Session } from './session.ts';
import {
  Dialog,
  type NativeImage,
  NativeImageModule,
  NativeTheme,
  Notification as NotificationDouble,
  PowerMonitor,
  SafeStorage,
  Shell,
  Tray as TrayDouble,
} from './small-parts.ts';
import type { WebContents } from './web-contents.ts';

const theApp = new App();
const theProtocol = new Protocol(new Set(), () => theApp.isReady());
const theSession = new Session(loud('protocol', theProtocol));
const theIpcMain = new IpcMain();
const WindowDouble = browserWindowOf({
  app: theApp,
  session: theSession,
  ipcMain: theIpcMain,
  openChromium: () => openChromium((endpoint) => process.send?.({ kind: 'browser', endpoint })),
});

export const app = loud('app', theApp);
export const BrowserWindow = loud('BrowserWindow', WindowDouble);
export const dialog = loud('dialog', new Dialog());
export const ipcMain = loud('ipcMain', theIpcMain);
export const Menu = loud('Menu', MenuDouble);
export const MenuItem = loud('MenuItem', MenuItemDouble);
export const nativeImage = loud('nativeImage', new NativeImageModule());
export const nativeTheme = loud('nativeTheme', new NativeTheme());
export const Notification = loud('Notification', NotificationDouble);
export const powerMonitor = loud('powerMonitor', new PowerMonitor());
export const protocol = loud('protocol', theProtocol);
export const safeStorage = loud('safeStorage', new SafeStorage());
export const session = loud('session', { defaultSession: loud('session.defaultSession', theSession) });
export const shell = loud('shell', new Shell());
export const Tray = loud('Tray', TrayDouble);

const all = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
};
// biome-ignore lint/style/noDefaultExport: electron has one, and electron-store imports it
export default loud('electron', all);

/** Called when the entry module has been read to its end. */
export const entryLoaded = (): void => theApp[inner].entryLoaded();

/** Each line fails to compile when the double has drifted from Electron's own types. */
export type Fits = [
  MustFit<Drift<App, Electron.App>>,
  MustFit<Drift<InstanceType<typeof WindowDouble>, Electron.BrowserWindow>>,
  MustFit<Drift<typeof WindowDouble, typeof Electron.BrowserWindow>>,
  MustFit<Drift<WebContents, Electron.WebContents>>,
  MustFit<Drift<Session, Electron.Session>>,
  MustFit<Drift<Protocol, Electron.Protocol>>,
  MustFit<Exclude<Drift<IpcMain, Electron.IpcMain>, ['_invokeHandlers', string]>>,
  MustFit<Drift<MenuDouble, Electron.Menu>>,
  MustFit<Drift<typeof MenuDouble, typeof Electron.Menu>>,
  MustFit<Drift<MenuItemDouble, Electron.MenuItem>>,
  MustFit<Drift<TrayDouble, Electron.Tray>>,
  MustFit<Drift<NotificationDouble, Electron.Notification>>,
  MustFit<Drift<typeof NotificationDouble, typeof Electron.Notification>>,
  MustFit<Drift<Dialog, Electron.Dialog>>,
  MustFit<Drift<Shell, Electron.Shell>>,
  MustFit<Drift<SafeStorage, Electron.SafeStorage>>,
  MustFit<Drift<NativeTheme, Electron.NativeTheme>>,
  MustFit<Drift<NativeImage, Electron.NativeImage>>,
  MustFit<Drift<NativeImageModule, typeof Electron.nativeImage>>,
];
