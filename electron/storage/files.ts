import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { diskTroubleOf } from './database.ts';

/** State is its owner's alone (DESIGN.md §10). */
export const FOLDER_MODE = 0o700;
export const FILE_MODE = 0o600;

/** Makes a folder, its parents included, that only its owner may enter. Throws what the file system throws. */
export function ensureFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  restrict(folder, FOLDER_MODE);
}

/** Makes an empty file only its owner may read, unless there is one; tightens one that others may read. */
export function ensureFile(file: string): void {
  closeSync(openSync(file, 'a', FILE_MODE));
  restrict(file, FILE_MODE);
}

/** Writes a file whole or not at all, for its owner alone; it is on disk when this returns. Throws what the disk says. */
export function writeWhole(file: string, text: string): void {
  const part = `${file}.part`;
  try {
    const descriptor = openSync(part, 'w', FILE_MODE);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
}

/** Makes what was renamed in a folder durable. Windows cannot do that to a folder and does not need it. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Takes every right beyond `mode` away. A file system without rights is left as it is. */
export function restrict(path: string, mode: number): void {
  if ((statSync(path).mode & 0o777 & ~mode) === 0) return;
  try {
    chmodSync(path, mode);
  } catch (error) {
    if (diskTroubleOf(error) === null) throw error;
  }
}

export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The first `length` bytes of a file, fewer when it is shorter. */
export function headOf(file: string, length: number): Buffer {
  return bytesOf(file, 0, length);
}

/** The last `length` bytes of a file, fewer when it is shorter. */
export function tailOf(file: string, length: number): Buffer {
  return bytesOf(file, Math.max(0, sizeOf(file) - length), length);
}

/** At most `length` bytes of a file from the offset `from`. */
export function bytesOf(file: string, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  const descriptor = openSync(file, 'r');
  try {
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, from));
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Renames a file nobody can use to `<name>.corrupt-<time>` with whatever stands beside it under one of `suffixes`.
 * It is never deleted: somebody may still get something out of it. Returns the new name.
 */
export function setAside(file: string, nowMs: number, suffixes: readonly string[] = []): string {
  const stamp = new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-');
  let aside = `${file}.corrupt-${stamp}`;
  for (let again = 2; existsSync(aside); again += 1) aside = `${file}.corrupt-${stamp}-${again}`;
  for (const suffix of ['', ...suffixes]) {
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${aside}${suffix}`);
  }
  return aside;
}
