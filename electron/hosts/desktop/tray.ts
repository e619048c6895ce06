import { Menu, Tray } from 'electron';
import { menuTemplate } from './menu-template.ts';
import type { DesktopOrder } from './order.ts';
import type { Resources } from './resources.ts';
import type { TrayModel, TrayState } from './tray-model.ts';

/** The icon in the system's tray. Always with a menu: Linux indicators may never report a click. */
export class AppTray {
  readonly #tray: Tray;
  readonly #carryOut: (order: DesktopOrder) => void;
  readonly #resources: Resources;
  #state: TrayState;
  #drawn = '';

  constructor(model: TrayModel, resources: Resources, carryOut: (order: DesktopOrder) => void) {
    this.#resources = resources;
    this.#carryOut = carryOut;
    this.#state = model.state;
    this.#tray = new Tray(resources.trayImage(model.state));
    this.#tray.on('click', () => {
      // On macOS a click opens the menu by itself.
      if (process.platform !== 'darwin') carryOut({ kind: 'show' });
    });
    this.show(model);
  }

  /** Draws the model; the same one twice is drawn once, so that an open menu is not taken away at every check. */
  show(model: TrayModel): void {
    const drawn = JSON.stringify(model);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    if (model.state !== this.#state) this.#tray.setImage(this.#resources.trayImage(model.state));
    this.#state = model.state;
    this.#tray.setToolTip(`Skillward: ${model.sentence}`);
    if (process.platform === 'darwin') this.#tray.setTitle(model.calling > 0 ? String(model.calling) : '');
    // A changed menu takes effect only when it is set anew.
    this.#tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(model.entries, this.#carryOut)));
  }

  /** What is going on while the app ends. */
  say(sentence: string): void {
    this.#tray.setToolTip(`Skillward: ${sentence}`);
  }

  destroy(): void {
    if (!this.#tray.isDestroyed()) this.#tray.destroy();
  }
}
