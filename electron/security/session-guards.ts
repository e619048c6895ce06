import type { Session, WebContents } from 'electron';
import { APP_ORIGIN, isAppUrl, isOwnBlob } from './app-url.ts';

/**
 * The one thing the page may ask the system for: putting plain text on the clipboard when a person clicks "Copy".
 * It reads nothing and needs a click. Everything else is denied, by request, by check and by device.
 */
const COPY_TEXT = 'clipboard-sanitized-write';

/**
 * Denies what a page could ask of the system (checklist items 1, 5, 8): every permission but one, every device, every
 * request that is not for our own files. Electron grants permissions unless told otherwise.
 */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) =>
    answer(permission === COPY_TEXT && details.isMainFrame && isOurPage(contents)),
  );
  session.setPermissionCheckHandler(
    (contents, permission, origin, details) =>
      permission === COPY_TEXT &&
      details.isMainFrame &&
      originOf(origin) === APP_ORIGIN &&
      isOurPage(contents),
  );
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isOurs(details.url) }));
  session.on('will-download', (event, item) => {
    // A table saved as CSV is a blob of our own page; the person chooses where it goes in the system's dialog.
    if (!isOwnBlob(item.getURL())) event.preventDefault();
  });
  session.setSpellCheckerEnabled(false);
}

function isOurPage(contents: WebContents | null): boolean {
  return contents !== null && isAppUrl(contents.getURL());
}

/** An origin, with or without the slash Chromium adds to some. */
function originOf(origin: string): string {
  return origin.endsWith('/') ? origin.slice(0, -1) : origin;
}

/** Files of the dashboard, what the page itself made, and the developer tools' own pages. */
function isOurs(url: string): boolean {
  return isAppUrl(url) || isOwnBlob(url) || url.startsWith('devtools://');
}
