import { readToken, socketProtocols } from './token.ts';

// In a chunk of its own and read before everything else of the page: the socket shakes hands while the rest is being read,
// which takes longer than the host.

const inDesktop = 'skillward' in window;
const scheme = location.protocol === 'https:' ? 'wss' : 'ws';

/** The address of the host's socket. */
export const socketUrl = `${scheme}://${location.host}/ws`;
/** The token this page was opened with; null where there is none. */
export const pageToken = inDesktop ? null : readToken(location, history, sessionStorage);

let first = pageToken === null ? null : new WebSocket(socketUrl, socketProtocols(pageToken));

/** The socket that is on its way, once; null when it was taken or is past connecting, whose news would be missed. */
export function takeFirstSocket(): WebSocket | null {
  const socket = first;
  first = null;
  if (socket === null || socket.readyState === WebSocket.CONNECTING) return socket;
  socket.close();
  return null;
}
