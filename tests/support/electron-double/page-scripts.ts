import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The preload script's own world in a page. The page's scripts can neither see nor reach it. */
export const PRELOAD_WORLD = 'electron-double-preload';
/** How that world speaks to the main process; bound there and nowhere else. */
export const TELL = 'electronDoubleTell';
/** Where that world keeps what the main process calls. */
export const INNER = 'electronDoubleInner';

const part = (name: string) =>
  readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8').replaceAll(/^export /gm, '');
const wire = part('wire.js');
const bridgeHalf = part('bridge-half.js');
const preloadWorld = part('preload-world.js');
const permissions = part('permissions.js');

export interface PageScripts {
  /** Runs in the page's world of every document, before its own scripts. */
  readonly page: string;
  /** Runs in the preload world of every document. */
  readonly preload: string;
}

/** The scripts of one window. `preload` is the text of its preload script; subframes get neither. */
export function pageScripts(preload: string): PageScripts {
  const channel = randomBytes(16).toString('hex');
  const wrap = (body: string) => `(() => { 'use strict'; if (window !== window.top) return;\n${body}\n})();`;
  return {
    page: wrap(`${wire}\n${bridgeHalf}\n${permissions}
      guardPermissions(installBridgeHalf('page', '${channel}', { encode, decode }).inner);`),
    preload: wrap(`${wire}\n${bridgeHalf}\n${preloadWorld}
      const wire = { encode, decode };
      const world = makePreloadWorld(globalThis.${TELL}, installBridgeHalf('preload', '${channel}', wire), wire);
      globalThis.${INNER} = world;
      world.watchTitle();
      (function (require, module, exports, process) {\n${preload}\n})(
        world.require, { exports: {} }, {}, { platform: '${process.platform}', sandboxed: true, contextIsolated: true, type: 'renderer', env: {} });`),
  };
}
