import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { electronBinary, hasDisplay } from '../../scripts/lib/desktop-runtime.mjs';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const mainFile = `${root}out/main/main.js`;

/** What the specs run on: the real Electron where there is one and a display, else the double. */
export type DesktopRuntime =
  | { readonly kind: 'double'; readonly because: string }
  | { readonly kind: 'electron'; readonly binary: string };

/** `SKILLWARD_DESKTOP=double|electron` decides by hand; asking for an Electron that is not there is an error. */
export function desktopRuntime(): DesktopRuntime {
  const wanted = process.env.SKILLWARD_DESKTOP;
  const binary = electronBinary();
  if (wanted === 'double') return { kind: 'double', because: 'SKILLWARD_DESKTOP asks for it' };
  if (binary !== null && (hasDisplay() || wanted === 'electron')) return { kind: 'electron', binary };
  if (wanted === 'electron')
    throw new Error('SKILLWARD_DESKTOP asks for Electron, which has no binary here.');
  return {
    kind: 'double',
    because: binary === null ? 'there is no Electron binary here' : 'there is no display here',
  };
}

export function ensureBuilt(): void {
  if (!existsSync(mainFile)) throw new Error('The app is not built: run npm run build first.');
}
