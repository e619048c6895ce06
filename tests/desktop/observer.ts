import type { ElectronModule } from '../support/electron-double/launch.ts';

/** What a person would have seen beside the window. */
export interface Observed {
  readonly toolTip: string;
  readonly trayMenu: readonly Entry[];
  readonly notifications: readonly { readonly title: string; readonly body: string }[];
  readonly dialogs: readonly {
    readonly message: string;
    readonly detail: string;
    readonly buttons: readonly string[];
  }[];
  readonly errorBoxes: readonly string[];
  readonly openedPaths: readonly string[];
  readonly openedAddresses: readonly string[];
}

export interface Entry {
  readonly id: string;
  readonly label: string;
  readonly enabled: boolean;
  readonly entries: readonly Entry[];
}

/**
 * Runs in the main process, of the double and of Electron alike: puts itself between the app and the parts of the
 * screen no test can see, and answers dialogs as told (`globalThis.desktopAnswers`), else by their cancel button.
 */
export function observe({ Tray, Notification, dialog, shell }: ElectronModule): void {
  const seen = {
    toolTip: '',
    trayMenu: null as Electron.Menu | null,
    notifications: [] as Electron.Notification[],
    dialogs: [] as { message: string; detail: string; buttons: string[] }[],
    errorBoxes: [] as string[],
    openedPaths: [] as string[],
    openedAddresses: [] as string[],
    answers: [] as unknown[],
  };
  Object.assign(globalThis, { desktopSeen: seen });
  const { setContextMenu, setToolTip } = Tray.prototype;
  Tray.prototype.setContextMenu = function (menu) {
    seen.trayMenu = menu;
    setContextMenu.call(this, menu);
  };
  Tray.prototype.setToolTip = function (text) {
    seen.toolTip = text;
    setToolTip.call(this, text);
  };
  Notification.prototype.show = function () {
    seen.notifications.push(this);
  };
  const answer = (...args: unknown[]) => {
    const options = args.at(-1) as Electron.MessageBoxOptions;
    seen.dialogs.push({
      message: options.message,
      detail: options.detail ?? '',
      buttons: [...(options.buttons ?? [])],
    });
    const given = seen.answers.shift();
    return Promise.resolve({
      response: typeof given === 'number' ? given : (options.cancelId ?? 0),
      checkboxChecked: false,
    });
  };
  Object.assign(dialog, {
    showMessageBox: answer,
    showOpenDialog: () => {
      const given = seen.answers.shift();
      return Promise.resolve({
        canceled: given === undefined,
        filePaths: given === undefined ? [] : [given],
      });
    },
    showErrorBox: (title: string, content: string) => seen.errorBoxes.push(`${title}: ${content}`),
  });
  Object.assign(shell, {
    openPath: (path: string) => {
      seen.openedPaths.push(path);
      return Promise.resolve('');
    },
    openExternal: (address: string) => {
      seen.openedAddresses.push(address);
      return Promise.resolve();
    },
  });
}

/** Runs in the main process: what has been seen so far, as plain data. */
export function readObserved(): Observed {
  const seen = (
    globalThis as unknown as { desktopSeen: Record<string, never> & { trayMenu: Electron.Menu | null } }
  ).desktopSeen as unknown as {
    toolTip: string;
    trayMenu: Electron.Menu | null;
    notifications: Electron.Notification[];
    dialogs: Observed['dialogs'];
    errorBoxes: string[];
    openedPaths: string[];
    openedAddresses: string[];
  };
  const entries = (menu: Electron.Menu | null | undefined): Entry[] =>
    (menu?.items ?? []).map((item) => ({
      id: item.id,
      label: item.label,
      enabled: item.enabled,
      entries: entries(item.submenu),
    }));
  return {
    toolTip: seen.toolTip,
    trayMenu: entries(seen.trayMenu),
    notifications: seen.notifications.map(({ title, body }) => ({ title, body })),
    dialogs: seen.dialogs,
    errorBoxes: seen.errorBoxes,
    openedPaths: seen.openedPaths,
    openedAddresses: seen.openedAddresses,
  };
}
