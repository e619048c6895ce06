import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** 64 bits: enough to tell one person's data folders apart, and short enough for the path of a socket. */
const NAME_CHARS = 16;

/**
 * The folder that stands in for a data folder nothing can be written to: a host's lock and control socket, nothing that
 * has to last. It is in the system's folder for temporary files, which others may write to, so it only counts when it
 * and the one it is in belong to this user alone. Null when there is none, or none to be trusted.
 */
export function findStandIn(dataDir: string): string | null {
  const { parent, folder } = placeOf(dataDir);
  try {
    return isOursAlone(parent) && isOursAlone(folder) ? folder : null;
  } catch {
    // A folder for temporary files that is none, or that nobody lets us into.
    return null;
  }
}

/** Like `findStandIn`, and makes it where it is missing. */
export function makeStandIn(dataDir: string): string | null {
  const { parent, folder } = placeOf(dataDir);
  try {
    for (const path of [parent, folder]) mkdirIfMissing(path);
  } catch {
    // A temporary folder that takes nothing either: there is no place left.
    return null;
  }
  return findStandIn(dataDir);
}

function placeOf(dataDir: string): { readonly parent: string; readonly folder: string } {
  const parent = join(tmpdir(), `skillward-${userId() ?? 'user'}`);
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, NAME_CHARS);
  return { parent, folder: join(parent, name) };
}

/** Not recursive: that would follow a link somebody else has put there. */
function mkdirIfMissing(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) mkdirSync(path, { mode: 0o700 });
}

/** Throws what the file system throws. */
function isOursAlone(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isDirectory()) return false;
  const uid = userId();
  // Windows has no such rights; its folder for temporary files is the user's own.
  return uid === null || (stats.uid === uid && (stats.mode & 0o077) === 0);
}

function userId(): number | null {
  return process.getuid?.() ?? null;
}
