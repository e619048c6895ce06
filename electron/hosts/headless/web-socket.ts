import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { MAX_REQUEST_BYTES } from '../../../shared/contract/index.ts';
import { Session } from '../../runtime/session.ts';
import type { Warden } from '../../runtime/warden.ts';
import { refusalOf, tokensMatch } from '../../security/request-guard.ts';
import { factsOf } from './http-server.ts';

/** The subprotocol both sides speak; the token travels as a second one, so it never stands in a URL. */
const PROTOCOL = 'skillward.v1';
const TOKEN_PREFIX = 'token.';
/** A dashboard this far behind is cut off and comes back with a snapshot, bytes. */
const MAX_UNSENT_BYTES = 16 * 1_048_576;
const PING_GAP_MS = 15_000;

export interface DashboardSocket {
  close(): void;
}

/** Lets the dashboard speak the contract over the HTTP server, at `/ws`, after Host, Origin and token have been checked. */
export function openDashboardSocket(
  server: Server,
  port: number,
  token: string,
  warden: Warden,
): DashboardSocket {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_REQUEST_BYTES,
    handleProtocols: (protocols) => (protocols.has(PROTOCOL) ? PROTOCOL : false),
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const [path] = (request.url ?? '').split('?', 1);
    if (path !== '/ws') return turnAway(socket, '404 Not Found', 'no such socket');
    const refusal = refusalOf(factsOf(request), port);
    if (refusal !== null) return turnAway(socket, '403 Forbidden', refusal);
    if (!tokensMatch(tokenOf(request), token)) return turnAway(socket, '401 Unauthorized', 'wrong token');
    sockets.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, warden));
  });
  return {
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

function serve(socket: WebSocket, warden: Warden): void {
  const session = new Session({
    dispatcher: warden.dispatcher,
    hub: warden.hub,
    context: { trust: 'dashboard' },
    send(text) {
      // Not with a closing word: that would wait behind everything the dashboard does not read.
      if (socket.bufferedAmount > MAX_UNSENT_BYTES) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.send(text);
    },
  });
  let answered = true;
  const ping = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, PING_GAP_MS);
  socket.on('pong', () => {
    answered = true;
  });
  socket.on('message', (data, isBinary) => {
    if (isBinary) socket.close(1003, 'text frames only');
    else void session.receive(data.toString());
  });
  socket.on('close', () => {
    clearInterval(ping);
    session.close();
  });
  // Over-long frames and broken UTF-8 arrive here; `ws` closes the connection with the matching code itself.
  socket.on('error', () => undefined);
}

function tokenOf(request: IncomingMessage): string {
  const offered = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((protocol) => protocol.trim());
  const token = offered.find((protocol) => protocol.startsWith(TOKEN_PREFIX))?.slice(TOKEN_PREFIX.length);
  return token ?? /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

function turnAway(socket: Duplex, status: string, reason: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\n\r\n${reason}\n`);
}
