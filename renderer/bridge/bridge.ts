import type { Bridge } from './connection.ts';
import { desktopBridge } from './desktop-bridge.ts';
import { connectSocket } from './socket-bridge.ts';
import { readToken } from './token.ts';

/** The way to the host: the desktop's preload API where there is one, else the WebSocket of the headless host. */
export function connectBridge(): Bridge {
  const desktop = desktopBridge(window);
  if (desktop !== null) return desktop;
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return connectSocket({
    url: `${scheme}://${location.host}/ws`,
    token: readToken(location, history, sessionStorage),
    openSocket: (url, protocols) => new WebSocket(url, protocols),
    probeHost: () =>
      fetch('./', { method: 'HEAD', cache: 'no-store' }).then(
        () => true,
        () => false,
      ),
  });
}
