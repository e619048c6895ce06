import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { loud } from './loud.ts';

let commandId = 0;

export class MenuItem {
  readonly id: string;
  readonly label: string;
  readonly type: Electron.MenuItem['type'];
  readonly role: Electron.MenuItem['role'] | undefined;
  readonly accelerator: string | null;
  readonly submenu: Menu | undefined;
  readonly commandId: number;
  enabled: boolean;
  checked: boolean;
  readonly #click: (() => void) | undefined;

  constructor(options: Electron.MenuItemConstructorOptions) {
    const { id, label, type, role, accelerator, submenu, enabled, checked, click } = options;
    if (label === undefined && role === undefined && type !== 'separator')
      throw new TypeError('Invalid menu template: must have either label, role or type');
    commandId += 1;
    this.commandId = commandId;
    this.id = id ?? '';
    this.label = label ?? '';
    this.type = type ?? (submenu === undefined ? 'normal' : 'submenu');
    this.role = role as MenuItem['role'];
    this.accelerator = accelerator ?? null;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : undefined;
    this.enabled = enabled ?? true;
    this.checked = checked ?? false;
    this.#click = click === undefined ? undefined : () => (click as () => void)();
  }

  /** A person's click: a disabled item does not react. */
  click(): void {
    if (!this.enabled) return;
    if (this.type === 'checkbox') this.checked = !this.checked;
    this.#click?.();
  }
}

let applicationMenu: Menu | null = null;

export class Menu extends EventEmitter {
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: (Electron.MenuItemConstructorOptions | Electron.MenuItem)[]): Menu {
    const menu = new Menu();
    for (const options of template)
      menu.items.push(loud('MenuItem', new MenuItem(options as Electron.MenuItemConstructorOptions)));
    return loud('Menu', menu);
  }
  static setApplicationMenu(menu: Menu | Electron.Menu | null): void {
    // Nothing but this module makes menus here.
    applicationMenu = menu as Menu | null;
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null);
      if (found !== null) return found;
    }
    return null;
  }
}
