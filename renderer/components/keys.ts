import { currentBridge } from '../bridge/current.ts';

/** What the command key is called here: `⌘` on a Mac, `Ctrl` elsewhere. */
export const modKey: string = /mac/i.test(navigator.platform) ? '⌘' : 'Ctrl';

/** The shortcut to show of several: a browser keeps Ctrl with a digit to itself, the desktop app has it in its menu. */
export function shownKeys(keys: readonly string[]): string {
  const wanted =
    currentBridge().hostKind === 'desktop' ? keys.find((one) => one.startsWith('Mod+')) : keys[0];
  return wanted ?? keys[0] ?? '';
}
