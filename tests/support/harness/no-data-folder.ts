import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Something that keeps a host from writing to its data folder, and the end of it. */
export interface Obstacle {
  /** Doing it twice does nothing. */
  remove(): void;
}

/** A file is where a folder above the data folder should be: it cannot be made. */
export function fileInTheWay(dataDir: string): Obstacle {
  const file = dirname(dataDir);
  rmSync(file, { recursive: true });
  writeFileSync(file, 'somebody’s notes');
  return {
    remove: () => {
      if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) rmSync(file);
    },
  };
}

/** The folder is there and takes nothing: an empty disk mounted read-only where that is allowed, else by its mode. */
export function readOnlyFolder(dataDir: string): Obstacle {
  mkdirSync(dataDir, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'none', dataDir]).status === 0;
  if (!mounted) chmodSync(dataDir, 0o500);
  return {
    remove: () => {
      if (mounted) spawnSync('umount', ['-l', dataDir]);
      else chmodSync(dataDir, 0o700);
    },
  };
}
