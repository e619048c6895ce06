import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeStandIn } from '../../runtime/stand-in-folder.ts';

/**
 * Where Chromium keeps what it needs, the instance lock among it: in the data folder, or in the folder that stands in
 * for it when nothing can be written there: without a folder Chromium takes itself for a second instance and ends
 * without a word.
 */
export function browserFolder(dataDir: string): string {
  const own = join(dataDir, 'desktop');
  if (isUsable(own)) return own;
  const standIn = makeStandIn(dataDir);
  const other = standIn === null ? null : join(standIn, 'desktop');
  return other !== null && isUsable(other) ? other : own;
}

function isUsable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
