import type { MenuItemConstructorOptions } from 'electron';
import type { MenuEntry } from './menu-model.ts';
import type { DesktopOrder } from './order.ts';

/** Turns a menu's plain data into what Electron builds a menu from. */
export function menuTemplate(
  entries: readonly MenuEntry[],
  carryOut: (order: DesktopOrder) => void,
): MenuItemConstructorOptions[] {
  return entries.map((entry) => templateOf(entry, carryOut));
}

function templateOf(entry: MenuEntry, carryOut: (order: DesktopOrder) => void): MenuItemConstructorOptions {
  switch (entry.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'text':
      return { id: entry.id, label: escaped(entry.label), enabled: false };
    case 'role':
      return { role: entry.role };
    case 'submenu':
      return { id: entry.id, label: escaped(entry.label), submenu: menuTemplate(entry.entries, carryOut) };
    case 'item':
      return {
        id: entry.id,
        label: escaped(entry.label),
        enabled: entry.enabled ?? true,
        ...(entry.accelerator === undefined ? {} : { accelerator: entry.accelerator }),
        ...(entry.checked === undefined ? {} : { type: 'checkbox' as const, checked: entry.checked }),
        click: () => carryOut(entry.order),
      };
  }
}

/** An ampersand marks a mnemonic on Windows and Linux; in our words it is a letter. */
function escaped(label: string): string {
  return label.replaceAll('&', '&&');
}
