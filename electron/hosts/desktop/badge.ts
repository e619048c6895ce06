import { app, type BrowserWindow } from 'electron';
import type { Resources } from './resources.ts';

/** Shows how many skills need somebody: on the dock or launcher, on Windows over the task bar's icon. */
export function showBadge(window: BrowserWindow | null, calling: number, resources: Resources): void {
  app.setBadgeCount(calling);
  if (process.platform !== 'win32' || window === null) return;
  if (calling === 0) window.setOverlayIcon(null, '');
  else window.setOverlayIcon(resources.trayImage('trouble'), badgeWords(calling));
}

/** Read aloud where the picture is not seen. */
export function badgeWords(calling: number): string {
  return calling === 1 ? '1 skill needs attention' : `${calling} skills need attention`;
}
