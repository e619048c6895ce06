import { isAppUrl } from './app-url.ts';
import { securityHeaders } from './content-security-policy.ts';
import { readDashboardFile } from './dashboard-files.ts';

/**
 * Answers one request under our scheme: a file of the dashboard below `root` with all headers, or 403 and 404 with
 * nothing in them. GET only, our host only, every path checked (checklist items 7 and 18).
 */
export async function answerRequest(
  request: { readonly method: string; readonly url: string },
  root: string,
): Promise<Response> {
  if (request.method !== 'GET' || !isAppUrl(request.url)) return refused(403);
  const file = await readDashboardFile(root, new URL(request.url).pathname);
  if (file === null) return refused(404);
  return new Response(new Uint8Array(file.body), {
    headers: { ...securityHeaders, 'Content-Type': file.contentType },
  });
}

function refused(status: number): Response {
  return new Response(null, { status, headers: securityHeaders });
}
