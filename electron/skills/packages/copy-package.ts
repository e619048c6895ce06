import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, open, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { liesInside, statOf } from '../catalog-files.ts';
import { isLeftOut } from './staged-path.ts';

/** A package larger than this is no skill but data that lies beside one. Bytes, files, folders in each other. */
const MAX_BYTES = 1_073_741_824;
const MAX_FILES = 50_000;
const MAX_DEPTH = 40;
/** How many files are forced to the disk one by one; of what is more, the system's own pace is enough. */
const MAX_SYNCED = 2000;

/** A package that cannot be copied as it is. The message names the file, relative, and says what to do. */
export class PackageCopyError extends Error {
  override readonly name = 'PackageCopyError';
}

/**
 * Copies a skill, a folder or one file, to `target`, which must not exist; on disk when it resolves. What tools keep
 * beside it (`.venv`, `.git`, `__pycache__`) stays behind. A link that leads to a file inside becomes that file.
 * Files keep whether they may be executed and lose every right of others. Throws PackageCopyError, or what the disk says.
 */
export async function copyPackage(source: string, target: string): Promise<void> {
  const walk: Walk = { root: await realpath(source), bytes: 0, files: 0, synced: 0 };
  const stats = await lstat(walk.root);
  if (stats.isDirectory()) await copyFolder(walk, walk.root, target, 1);
  else {
    await mkdir(target, { mode: 0o700 });
    await copyOne(walk, walk.root, path.join(target, path.basename(source)), path.basename(source));
    await syncPath(target);
  }
}

interface Walk {
  readonly root: string;
  bytes: number;
  files: number;
  synced: number;
}

async function copyFolder(walk: Walk, from: string, to: string, depth: number): Promise<void> {
  const shown = path.relative(walk.root, from) || '.';
  if (depth > MAX_DEPTH) throw new PackageCopyError(`${shown} lies more than ${MAX_DEPTH} folders deep`);
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (isLeftOut(entry.name)) continue;
    const source = path.join(from, entry.name);
    const name = path.relative(walk.root, source);
    if (entry.isDirectory()) await copyFolder(walk, source, path.join(to, entry.name), depth + 1);
    else if (entry.isFile()) await copyOne(walk, source, path.join(to, entry.name), name);
    else if (entry.isSymbolicLink())
      await copyOne(walk, await linkedFile(walk, source, name), path.join(to, entry.name), name);
    // Pipes, sockets and devices hold nothing that could be copied.
  }
  await syncPath(to);
}

/** A link out of the package would make it something else on the day its target changes. */
async function linkedFile(walk: Walk, link: string, name: string): Promise<string> {
  const wayOut = 'put the files themselves there, or install with a link to the folder';
  const stats = await statOf(link);
  if (stats === null || stats instanceof Error)
    throw new PackageCopyError(`${name} is a symbolic link that leads nowhere: remove it`);
  if (!stats.isFile()) throw new PackageCopyError(`${name} is a symbolic link to a folder: ${wayOut}`);
  if (!(await liesInside(link, walk.root)))
    throw new PackageCopyError(`${name} is a symbolic link that leads out of the skill's folder: ${wayOut}`);
  return realpath(link);
}

async function copyOne(walk: Walk, from: string, to: string, name: string): Promise<void> {
  const stats = await lstat(from);
  if (!stats.isFile()) throw new PackageCopyError(`${name} changed while it was copied: try again`);
  walk.files += 1;
  walk.bytes += stats.size;
  if (walk.files > MAX_FILES || walk.bytes > MAX_BYTES) {
    throw new PackageCopyError(
      `the folder holds more than a skill (over ${MAX_FILES} files or 1 GiB): take out what does not belong to it, or install with a link`,
    );
  }
  await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  await using handle = await open(to, 'r+').catch(() => open(to, 'r'));
  await handle.chmod((stats.mode & 0o100) === 0 ? 0o600 : 0o700);
  if (walk.synced < MAX_SYNCED) {
    walk.synced += 1;
    await handle.sync();
  }
}

/** Makes the entries of a folder durable. Windows cannot do that to a folder and does not need it. */
export async function syncPath(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
