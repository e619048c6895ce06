import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { securityHeaders } from '../../security/content-security-policy.ts';
import { readDashboardFile } from '../../security/dashboard-files.ts';
import { refusalOf } from '../../security/request-guard.ts';

// An `import` of node:http reads all it exports, and so loads its whole HTTP client: 13 MiB and a third of the start.
const { createServer } = process.getBuiltinModule('node:http');

export interface DashboardServer {
  readonly server: Server;
  readonly port: number;
  close(): Promise<void>;
}

/** Serves the built dashboard on the loopback address and nothing else. `port` 0 picks a free one. */
export async function openDashboardServer(root: string, port: number): Promise<DashboardServer> {
  const server = createServer((request, response) => {
    answer(root, boundPort(server), request, response).catch(() =>
      refuse(response, 500, 'the file could not be read'),
    );
  });
  // One page loads a handful of files; slow senders are cut off.
  server.headersTimeout = 10_000;
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    server,
    port: boundPort(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  root: string,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = refusalOf(factsOf(request), port);
  if (refusal !== null) return refuse(response, 403, refusal);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, 'only GET and HEAD');
  const [path = '/'] = (request.url ?? '/').split(/[?#]/, 1);
  const file = await readDashboardFile(root, path);
  if (file === null) return refuse(response, 404, 'no such file');
  const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': file.contentType,
    'Content-Length': file.body.length,
    'Cache-Control': cache,
  });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

/** The facts a request is judged by. */
export function factsOf(request: IncomingMessage) {
  return {
    host: request.headers.host,
    origin: request.headers.origin,
    remoteAddress: request.socket.remoteAddress,
  };
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${reason}\n`);
}

function boundPort(server: Server): number {
  return (server.address() as AddressInfo).port;
}
