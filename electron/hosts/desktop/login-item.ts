import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { autostartEntry } from './autostart-entry.ts';
import { HIDDEN_ARGUMENT } from './launch-arguments.ts';

/**
 * Makes the setting true: start with the person's session, hidden where there is a tray.
 * macOS and Windows keep login items; Linux has a file in the XDG autostart folder. Throws what the file system says.
 */
export function setStartAtLogin(wanted: boolean): void {
  if (process.platform !== 'linux') {
    // macOS tells by itself that the app was opened at login and passes no arguments.
    app.setLoginItemSettings({
      openAtLogin: wanted,
      ...(process.platform === 'win32' ? { args: [HIDDEN_ARGUMENT] } : {}),
    });
    return;
  }
  const folder = join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'autostart');
  const file = join(folder, 'skillward.desktop');
  if (!wanted) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(folder, { recursive: true });
  // An AppImage runs from a mount that is gone tomorrow; the file itself is named by APPIMAGE.
  const program = process.env.APPIMAGE ?? process.execPath;
  const checkout = app.isPackaged ? [] : [app.getAppPath()];
  writeFileSync(file, autostartEntry([program, ...checkout, HIDDEN_ARGUMENT]));
  chmodSync(file, 0o644);
}

/** Whether this start was the session's doing, so that no window should jump at the person. */
export function wasStartedAtLogin(hiddenArgument: boolean): boolean {
  return hiddenArgument || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}
