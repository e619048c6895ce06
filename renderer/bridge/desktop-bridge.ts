import type { BridgeApi } from '../../shared/contract/index.ts';
import type { Bridge } from './connection.ts';

declare global {
  interface Window {
    /** Put there by the preload script of the desktop app, absent in a browser. */
    readonly skillward?: BridgeApi;
  }
}

/** The API the preload script put on the page, or null in a browser. Its channel cannot break while the page lives. */
export function desktopBridge(page: Window): Bridge | null {
  const api = page.skillward;
  if (api === undefined) return null;
  return {
    hostKind: api.hostKind,
    commands: api.commands,
    onEvents: (listener) => api.onEvents(listener),
    connection: () => ({ kind: 'live', resumed: false }),
    onConnection: () => () => undefined,
    reconnect: () => undefined,
  };
}
