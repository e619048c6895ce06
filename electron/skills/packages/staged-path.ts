import { LEFT_OUT_NAMES } from '../../../shared/model/package.ts';

/** Longest path inside a package, in characters; longest name; how deep folders may lie in each other. */
const MAX_PATH = 400;
const MAX_NAME_BYTES = 200;
const MAX_DEPTH = 12;

/** Names Windows keeps for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
/** Control characters, what Windows forbids, a colon (a drive, or a second stream of a file), and text that runs backwards. */
const FORBIDDEN = /[\p{Cc}<>:"|?*\\\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]/u;

/**
 * Why a path may not be part of a package, in words; null when it may. Decides by the text alone, and as strictly as the
 * strictest of the systems Skillward runs on: a package must mean the same everywhere.
 */
export function pathProblem(path: string): string | null {
  if (path.length > MAX_PATH) return `is longer than ${MAX_PATH} characters`;
  if (!path.isWellFormed()) return 'is not valid text';
  if (FORBIDDEN.test(path)) return 'holds a character a file name may not have';
  if (path.startsWith('/')) return 'is absolute: give it relative to the folder of the skill';
  const names = path.split('/');
  if (names.length > MAX_DEPTH) return `lies more than ${MAX_DEPTH} folders deep`;
  for (const name of names) {
    if (name === '' || name === '.' || name === '..') return 'leads through an empty name, . or ..';
    if (name.endsWith('.') || name.endsWith(' ') || name.startsWith(' '))
      return 'has a name that begins or ends with a space, or ends with a dot';
    if (DEVICE.test(name)) return 'has the name of a device';
    if (new TextEncoder().encode(name).length > MAX_NAME_BYTES) return 'has too long a name';
  }
  return null;
}

/** How a file system that knows no case, or writes accents in another way, would see a path. */
export function foldedPath(path: string): string {
  return path.normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** Whether a name is one of `LEFT_OUT_NAMES`. */
export function isLeftOut(name: string): boolean {
  return LEFT_OUT_NAMES.includes(name);
}
