// Over 150 lines on purpose: the one place where the desktop's parts are bound together, so that none has to know another.
import { app, Menu, nativeTheme, session } from 'electron';
import type { Warden } from '../../runtime/warden.ts';
import { serveDashboard } from '../../security/app-scheme.ts';
import { guardContents } from '../../security/contents-guards.ts';
import { guardSession } from '../../security/session-guards.ts';
import { appMenuModel } from './app-menu-model.ts';
import { askHost } from './ask-host.ts';
import { showBadge } from './badge.ts';
import { closeHandler } from './close-window.ts';
import { readDeepLink } from './deep-link.ts';
import { HouseState } from './house-state.ts';
import { DesktopDoor } from './ipc.ts';
import { type LaunchArguments, readLaunchArguments } from './launch-arguments.ts';
import { setStartAtLogin, wasStartedAtLogin } from './login-item.ts';
import { MainWindow } from './main-window.ts';
import { menuTemplate } from './menu-template.ts';
import { showNativeNotifications } from './native-notifications.ts';
import { orderDesk } from './orders.ts';
import type { PausableClock } from './pausable-clock.ts';
import { followPower } from './power.ts';
import { stopSkillsOnQuit } from './quit.ts';
import { recoverFromCrashes } from './renderer-crash.ts';
import type { Resources } from './resources.ts';
import { installDropped } from './skill-install.ts';
import { AppTray } from './tray.ts';
import { type TrayModel, trayModel } from './tray-model.ts';
import { isUpdatable } from './updates.ts';

export interface DesktopHostOptions {
  readonly warden: Warden;
  readonly clock: PausableClock;
  readonly config: HouseState['config'];
  readonly dataDir: string;
  readonly preload: string;
  readonly dashboardRoot: string;
  readonly resources: Resources;
  readonly hasTray: boolean;
  readonly launch: LaunchArguments;
  /** Closes what stands beside the skills: control socket, lock. */
  release(): void;
  report(message: string, error: unknown): void;
}

/** Opens the desktop around a Warden: guards first, then tray, menu and window; resolves when the skills are started. */
export async function openDesktop(options: DesktopHostOptions): Promise<void> {
  const { warden, dataDir, hasTray, report, resources } = options;
  guardSession(session.defaultSession);
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  serveDashboard(session.defaultSession, options.dashboardRoot);

  const house = new HouseState(options.config);
  const ask = askHost(warden);
  let tray: AppTray | null = null;

  const quit = stopSkillsOnQuit({
    warden,
    begin() {
      options.clock.resume();
      tray?.say('stopping your skills …');
      // Indeterminate: how long a skill takes to end is its own affair, up to the budget.
      window.window?.setProgressBar(2);
      window.window?.setTitle('Skillward: stopping your skills …');
    },
    release() {
      tray?.destroy();
      options.release();
    },
    report,
  });
  const door = new DesktopDoor(warden, (contents, path) => {
    const target = window.window;
    if (target === null || target.webContents.id !== contents.id) return;
    void installDropped(target, path, { ask, house, report });
  });
  const window = new MainWindow({
    preload: options.preload,
    icon: resources.windowIcon,
    onCreated(made) {
      door.open(made.webContents);
      recoverFromCrashes(made, report);
      // The end of a Windows session cannot be put off for long: the skills are told at once.
      made.on('session-end', () => app.quit());
    },
    onClose: closeHandler({ ask, house, isQuitting: () => quit.quitting, hasTray: () => tray !== null }),
  });
  const carryOut = orderDesk({
    ask,
    house,
    window,
    resources,
    dataDir,
    report,
    letWindowsClose: () => {
      quit.quitting = true;
    },
  });

  let drawnMenu = '';
  function redraw(): void {
    if (quit.quitting) return;
    const model = draw();
    tray?.show(model);
    showBadge(window.window, model.calling, resources);
    const menu = appMenuModel({
      platform: process.platform,
      skills: house.skills(),
      packaged: app.isPackaged,
      updatable: isUpdatable(),
    });
    const drawn = JSON.stringify(menu);
    if (drawn === drawnMenu) return;
    drawnMenu = drawn;
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(menu, carryOut)));
  }
  function draw(): TrayModel {
    return trayModel({
      skills: house.skills(),
      config: house.config,
      mutedUntil: house.mutedUntil(Date.now()),
      formatTime: (epochMs) => new Date(epochMs).toLocaleTimeString(undefined, { timeStyle: 'short' }),
    });
  }
  if (hasTray) tray = new AppTray(draw(), resources, carryOut);

  followSettings(house, report);
  house.onChange(redraw);
  redraw();
  showNativeNotifications({
    hub: warden.hub,
    carryOut,
    fallback: () => {
      // Where the system shows nothing, the task bar asks for a look; the bell list has the words.
      if (!window.isSeen) window.window?.flashFrame(true);
    },
  });
  followPower({ clock: options.clock, report: (message) => report(message, null), quit: () => app.quit() });

  app.on('second-instance', (_event, argv) => window.show(readLaunchArguments(argv).route));
  app.on('activate', () => window.show());
  app.on('open-url', (event, address) => {
    event.preventDefault();
    window.show(readDeepLink(address));
  });
  app.on('child-process-gone', (_event, { type, reason }) =>
    report(`a helper process is gone: ${type}, ${reason}`, null),
  );
  app.on('window-all-closed', () => {
    // With a tray or a dock there is a way back; without one, an app nobody can see must not go on.
    if (tray === null && process.platform !== 'darwin') app.quit();
  });

  if (hasTray && wasStartedAtLogin(options.launch.hidden)) window.prepare();
  else window.show(options.launch.route);
  await house.follow(warden);
  await warden.start();
}

/** Keeps what the system knows of us as the settings say: the theme of dialogs and menus, the login item. */
function followSettings(house: HouseState, report: DesktopHostOptions['report']): void {
  // At a start with the setting on the item is written again: an AppImage may have been moved.
  let startAtLogin = false;
  const apply = () => {
    const { general } = house.config;
    nativeTheme.themeSource = general.theme;
    if (general.startAtLogin === startAtLogin) return;
    startAtLogin = general.startAtLogin;
    try {
      setStartAtLogin(startAtLogin);
    } catch (error) {
      report('the start at login could not be changed', error);
    }
  };
  apply();
  house.onChange(apply);
}
