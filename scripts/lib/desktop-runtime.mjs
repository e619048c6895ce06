import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, root } from './node.mjs';

const FETCH_TIMEOUT_MS = 180_000;

/** Where the Electron program is, or null. Never starts a download. */
export function electronBinary() {
  const override = process.env.ELECTRON_EXEC_PATH;
  if (override !== undefined && existsSync(override)) return override;
  const home = join(root, 'node_modules', 'electron');
  const pathFile = join(home, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const program = join(
    process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(home, 'dist'),
    readFileSync(pathFile, 'utf8').trim(),
  );
  return existsSync(program) ? program : null;
}

export function hasDisplay() {
  if (process.platform === 'darwin' || process.platform === 'win32')
    return process.env.SSH_CONNECTION === undefined;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Electron has brought no program along since 42: it is fetched once, with the person watching. Null when it cannot be had. */
export function fetchElectron() {
  process.stderr.write('Fetching the desktop runtime (once, about 120 MB) …\n');
  spawnSync(bin('install-electron'), [], {
    cwd: root,
    stdio: 'ignore',
    timeout: FETCH_TIMEOUT_MS,
    shell: process.platform === 'win32',
  });
  return electronBinary();
}
