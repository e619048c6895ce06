import type { DesktopOrder } from './order.ts';

/** Roles Electron fills in itself, with the platform's own words and keys. */
export type MenuRole =
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'selectAll'
  | 'resetZoom'
  | 'zoomIn'
  | 'zoomOut'
  | 'togglefullscreen'
  | 'minimize'
  | 'close'
  | 'hide'
  | 'hideOthers'
  | 'unhide'
  | 'services'
  | 'toggleDevTools';

/** A native menu as plain data. `id` is unique within its menu, so that a test or a person's script can name it. */
export type MenuEntry =
  | { readonly kind: 'separator' }
  | { readonly kind: 'text'; readonly id: string; readonly label: string }
  | { readonly kind: 'role'; readonly role: MenuRole }
  | {
      readonly kind: 'item';
      readonly id: string;
      readonly label: string;
      readonly order: DesktopOrder;
      readonly accelerator?: string;
      /** Given: a check mark that is on or off. */
      readonly checked?: boolean;
      readonly enabled?: boolean;
    }
  | {
      readonly kind: 'submenu';
      readonly id: string;
      readonly label: string;
      readonly entries: readonly MenuEntry[];
    };

export const separator: MenuEntry = { kind: 'separator' };
