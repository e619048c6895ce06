import { app, type BrowserWindow, dialog } from 'electron';
import type { AskHost } from './ask-host.ts';
import { type CloseDecision, decideClose } from './close-policy.ts';
import type { HouseState } from './house-state.ts';

export interface ClosePorts {
  readonly ask: AskHost;
  readonly house: HouseState;
  isQuitting(): boolean;
  hasTray(): boolean;
}

/** What the window's close button does; the first time it says so and lets the person choose. */
export function closeHandler(
  ports: ClosePorts,
): (window: BrowserWindow, event: { preventDefault(): void }) => void {
  let asking = false;
  // The settings tell it a little after they were changed; a second close must not ask again meanwhile.
  let answered = false;
  return (window, event) => {
    const { closeKeepsRunning, closeExplained } = ports.house.config.general;
    const decision = decideClose({
      quitting: ports.isQuitting(),
      keepsRunning: closeKeepsRunning,
      explained: closeExplained || answered,
      tray: ports.hasTray(),
      platform: process.platform,
    });
    if (decision.act === 'close') return;
    event.preventDefault();
    if (asking) return;
    if (!decision.explain) {
      leave(window, decision.act);
      return;
    }
    asking = true;
    void explain(window, decision).finally(() => {
      asking = false;
    });
  };

  async function explain(window: BrowserWindow, { act }: CloseDecision): Promise<void> {
    const { response } = await dialog.showMessageBox(window, {
      type: 'info',
      message: 'Skillward keeps running',
      detail:
        act === 'hide'
          ? 'Your skills go on being supervised. The icon in the tray brings this window back. You can change this under Settings.'
          : 'Your skills go on being supervised. This desktop shows no tray icons, so the window is only minimised. You can change this under Settings.',
      buttons: ['Keep running', 'Quit when I close'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    const keepsRunning = response === 0;
    answered = true;
    await ports.ask('config.patch', {
      general: { closeExplained: true, closeKeepsRunning: keepsRunning },
    });
    if (!window.isDestroyed()) leave(window, keepsRunning ? act : 'quit');
  }
}

function leave(window: BrowserWindow, act: CloseDecision['act']): void {
  if (act === 'hide') window.hide();
  else if (act === 'minimize') window.minimize();
  else app.quit();
}
