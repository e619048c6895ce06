/** What the command key is called here: `⌘` on a Mac, `Ctrl` elsewhere. */
export const modKey: string = /mac/i.test(navigator.platform) ? '⌘' : 'Ctrl';
