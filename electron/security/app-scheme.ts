import { protocol, type Session } from 'electron';
import { answerRequest } from './app-response.ts';
import { APP_SCHEME } from './app-url.ts';

/** Must run before the app is ready, and once. Never grants `bypassCSP` (checklist item 18). */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        bypassCSP: false,
        allowServiceWorkers: false,
      },
    },
  ]);
}

/** Serves the built dashboard from `root` under our scheme. */
export function serveDashboard(session: Session, root: string): void {
  session.protocol.handle(APP_SCHEME, (request) => answerRequest(request, root));
}
