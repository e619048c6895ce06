import type { Bridge } from './connection.ts';

let current: Bridge | null = null;

/** Sets the bridge of this page. Called once, before anything is rendered. */
export function setBridge(bridge: Bridge): void {
  current = bridge;
}

export function currentBridge(): Bridge {
  if (current === null) throw new Error('no bridge has been set');
  return current;
}
