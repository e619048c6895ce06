import type { Bridge } from './connection.ts';
import { desktopBridge } from './desktop-bridge.ts';
import { pageSocket } from './page-socket.ts';
import { connectSocket } from './socket-bridge.ts';

/** The way to the host: the desktop's preload API where there is one, else the WebSocket of the headless host. */
export function connectBridge(): Bridge {
  const desktop = desktopBridge(window);
  if (desktop !== null) return desktop;
  return connectSocket({
    url: pageSocket.url,
    token: pageSocket.token,
    openSocket: (url, protocols) => pageSocket.take() ?? new WebSocket(url, protocols),
    probeHost: () =>
      fetch('./', { method: 'HEAD', cache: 'no-store' }).then(
        () => true,
        () => false,
      ),
  });
}
