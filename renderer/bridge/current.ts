import type { Bridge } from './connection.ts';

let home: Bridge | null = null;
let shown: Bridge | null = null;

/** Sets the bridge of this page: to the host that served it. Called once, before anything is rendered. */
export function setBridge(bridge: Bridge): void {
  home = bridge;
  shown = bridge;
}

/** From now on the page shows the host behind this bridge: its own, or another one of the fleet. */
export function showBridge(bridge: Bridge): void {
  shown = bridge;
}

/** The way to the host that is shown. */
export function currentBridge(): Bridge {
  return told(shown);
}

/** The way to the host this page belongs to, whichever is shown: the fleet is asked about through it. */
export function homeBridge(): Bridge {
  return told(home);
}

function told(bridge: Bridge | null): Bridge {
  if (bridge === null) throw new Error('no bridge has been set');
  return bridge;
}
