import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog } from 'electron';

/**
 * Whether this build knows where newer ones are: packaged, with a feed built in. A checkout and a build without a feed
 * never ask anybody.
 */
export function isUpdatable(): boolean {
  return app.isPackaged && existsSync(join(process.resourcesPath, 'app-update.yml'));
}

/**
 * Looks for a newer version because a person asked, and says what came of it. Nothing is fetched without a yes, nothing
 * installed without another. Signatures are checked by electron-updater: the publisher's on Windows, the app's on macOS,
 * the feed's SHA-512 on Linux. Installing quits the way every quit goes: skills first.
 */
export async function checkForUpdates(
  report: (message: string, error: unknown) => void,
  letWindowsClose: () => void,
): Promise<void> {
  if (!isUpdatable()) return;
  try {
    const { default: updater } = await import('electron-updater');
    const { autoUpdater } = updater;
    autoUpdater.autoDownload = false;
    autoUpdater.autoInstallOnAppQuit = false;
    autoUpdater.allowDowngrade = false;
    autoUpdater.logger = null;
    const found = await autoUpdater.checkForUpdates();
    if (found === null || !found.isUpdateAvailable) {
      await tell('This is the newest version.', `Skillward ${app.getVersion()}`);
      return;
    }
    if (!(await agree(`Skillward ${found.updateInfo.version} is there.`, 'Download it now?', 'Download')))
      return;
    await autoUpdater.downloadUpdate();
    if (
      !(await agree(
        'The new version is ready.',
        'Installing it stops your skills and starts them again.',
        'Install and restart',
      ))
    )
      return;
    // macOS closes the windows before it quits: one that only hides would hold the update up for good.
    letWindowsClose();
    autoUpdater.quitAndInstall();
  } catch (error) {
    report('looking for a newer version', error);
    await tell(
      'The newer version could not be fetched.',
      error instanceof Error ? error.message : String(error),
    );
  }
}

async function tell(message: string, detail: string): Promise<void> {
  await dialog.showMessageBox({ type: 'info', message, detail, buttons: ['OK'] });
}

async function agree(message: string, detail: string, yes: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message,
    detail,
    buttons: [yes, 'Later'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
