import { app, type BrowserWindow, dialog } from 'electron';
import { CrashPolicy } from './crash-policy.ts';

const choices = ['Load again', 'Close the window', 'Quit Skillward'] as const;

/** The page is only a view: when it dies the skills do not notice, and it is loaded again; twice in a minute, it asks first. */
export function recoverFromCrashes(
  window: BrowserWindow,
  report: (message: string, error: unknown) => void,
): void {
  const policy = new CrashPolicy();
  const { webContents } = window;
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    report(`the dashboard's process is gone: ${reason}, code ${exitCode}`, null);
    if (reason === 'clean-exit') return;
    if (policy.crashed(performance.now()) === 'reload') webContents.reload();
    else void ask();
  });
  window.on('unresponsive', () => report('the dashboard does not answer', null));
  window.on('responsive', () => report('the dashboard answers again', null));

  async function ask(): Promise<void> {
    // Without a parent window: the one it would hang on has nothing to show.
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: 'The dashboard has crashed twice within a minute.',
      detail: 'Your skills are still supervised. Load the dashboard again, or leave it closed.',
      buttons: [...choices],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    });
    if (response === 0) {
      if (!window.isDestroyed()) webContents.reload();
    } else if (response === 1) window.destroy();
    else app.quit();
  }
}
