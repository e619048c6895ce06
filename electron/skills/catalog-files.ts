import { createHash } from 'node:crypto';
import type { Dirent, Stats } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** The largest manifest read, in bytes. */
export const maxManifestBytes = 262_144;
/** The largest entry script whose content is read, in bytes; of a larger one only size and time are looked at. */
export const maxScriptBytes = 4_194_304;
/** How many entries of a skills folder are looked at, and how many files of one skill count for its fingerprint. */
export const maxEntries = 2_000;
const maxSourceDepth = 4;

export type TextResult =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly message: string };

/** Reads a UTF-8 file of at most `maxBytes`. A pipe or device is refused: reading one could wait for ever. */
export async function readText(file: string, maxBytes: number): Promise<TextResult> {
  const stats = await statOf(file);
  if (stats === null) return { kind: 'missing' };
  if (stats instanceof Error) return { kind: 'refused', message: `cannot be read: ${reasonOf(stats)}` };
  if (!stats.isFile()) return { kind: 'refused', message: 'is not a file' };
  if (stats.size > maxBytes) return { kind: 'refused', message: `is larger than ${maxBytes / 1024} KiB` };
  try {
    // A buffer of the largest size for each file would cost more than the reading.
    const bytes = await readStart(file, Math.min(maxBytes, stats.size));
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError)
      return { kind: 'refused', message: 'is not UTF-8 text: save it as UTF-8' };
    if (!isFileError(error)) throw error;
    return { kind: 'refused', message: `cannot be read: ${reasonOf(error)}` };
  }
}

/** The visible entries of a folder by name, at most `maxEntries` of them; an Error when it cannot be listed. */
export async function listFolder(
  folder: string,
): Promise<{ readonly entries: readonly Dirent[]; readonly cut: boolean } | NodeJS.ErrnoException> {
  try {
    const all = await readdir(folder, { withFileTypes: true });
    const entries = all
      .filter((entry) => !isHidden(entry.name))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
    return { entries: entries.slice(0, maxEntries), cut: entries.length > maxEntries };
  } catch (error) {
    if (isFileError(error)) return error;
    throw error;
  }
}

/** Stats through symbolic links; null when nothing is there. */
export async function statOf(file: string): Promise<Stats | null | NodeJS.ErrnoException> {
  try {
    return await stat(file);
  } catch (error) {
    if (!isFileError(error)) throw error;
    return error.code === 'ENOENT' || error.code === 'ENOTDIR' ? null : error;
  }
}

/** Whether `file`, symbolic links followed, lies inside `folder`. Both must exist. */
export async function liesInside(file: string, folder: string): Promise<boolean> {
  const relative = path.relative(await realpath(folder), await realpath(file));
  return relative !== '' && !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
}

/**
 * A digest of names, sizes and times of the Python files below a folder, to a bounded depth and number,
 * and of its virtual environment's stamp: making one is a change that deserves a new start.
 */
export async function digestSources(folder: string): Promise<string> {
  const hash = createHash('sha256');
  let left = maxEntries;
  const visit = async (at: string, depth: number): Promise<void> => {
    const listed = await listFolder(at);
    if (listed instanceof Error) return;
    for (const entry of listed.entries) {
      if (left === 0) return;
      const file = path.join(at, entry.name);
      if (entry.isDirectory() && depth < maxSourceDepth) await visit(file, depth + 1);
      if (!entry.isFile() || !entry.name.endsWith('.py')) continue;
      left -= 1;
      hash.update(`${path.relative(folder, file)}\0${await stampOf(file)}\n`);
    }
  };
  await visit(folder, 1);
  hash.update(await stampOf(path.join(folder, '.venv', 'pyvenv.cfg')));
  return hash.digest('hex');
}

/** Size and modification time, which change when somebody saves the file. */
export async function stampOf(file: string): Promise<string> {
  const stats = await statOf(file);
  return stats === null || stats instanceof Error ? 'gone' : `${stats.size}:${stats.mtimeMs}`;
}

export function digestOf(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest('hex');
}

/** What the operating system said, in words: `permission denied`. */
export function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'EACCES' || error.code === 'EPERM') return 'permission denied';
  if (error.code === 'ELOOP') return 'its symbolic links run in a circle';
  return error.message;
}

export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}

function isHidden(name: string): boolean {
  return name.startsWith('.') || name === '__pycache__' || name === 'node_modules';
}

/** The file may grow between looking and reading: never more than `maxBytes` are taken. */
async function readStart(file: string, maxBytes: number): Promise<Uint8Array> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
  return buffer.subarray(0, bytesRead);
}
