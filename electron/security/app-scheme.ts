import { protocol, type Session } from 'electron';
import { securityHeaders } from './content-security-policy.ts';
import { readDashboardFile } from './dashboard-files.ts';

/** The dashboard's own scheme (checklist item 18): no file://, one host, GET only, every path checked. */
export const APP_SCHEME = 'skillward-app';
const APP_HOST = 'dashboard';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** Must run before the app is ready, and once. Never grants `bypassCSP`. */
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

/** One request under our scheme: a file of the dashboard with all headers, 403 or 404 with nothing in it. */
export async function answerRequest(
  request: Pick<Request, 'method' | 'url'>,
  root: string,
): Promise<Response> {
  if (request.method !== 'GET' || !isAppUrl(request.url)) return refused(403);
  const file = await readDashboardFile(root, new URL(request.url).pathname);
  if (file === null) return refused(404);
  return new Response(new Uint8Array(file.body), {
    headers: { ...securityHeaders, 'Content-Type': file.contentType },
  });
}

/** Whether an address is under our scheme and host, with nothing odd about it. Never by its first letters alone. */
export function isAppUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return (
    url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST && url.username === '' && url.password === ''
  );
}

function refused(status: number): Response {
  return new Response(null, { status, headers: securityHeaders });
}
