import type { WebContents } from 'electron';

/**
 * Keeps a page where it is (checklist items 11 to 15): no webview, no navigation of any frame, no new window.
 * Nothing is handed to the system's browser either: places are opened by name, from the main process.
 */
export function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
}
