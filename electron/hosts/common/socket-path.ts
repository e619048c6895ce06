import { createHash } from 'node:crypto';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { findStandIn } from '../../runtime/stand-in-folder.ts';

const SOCKET = 'host.sock';

/**
 * Where the control socket of a data folder is: `<data-dir>/host.sock`, on Windows a named pipe that only
 * this user and this folder share (one fixed name for all users is how other supervisors got it wrong).
 */
export function controlSocketPath(dataDir: string): string {
  if (process.platform !== 'win32') return join(dataDir, SOCKET);
  const id = createHash('sha256').update(`${userInfo().username}\0${dataDir}`).digest('hex').slice(0, 24);
  return `\\\\.\\pipe\\skillward-${id}`;
}

/** Where a host of this data folder may be listening, likeliest first: the last is where it goes when its folder takes no socket. */
export function controlSocketPaths(dataDir: string): readonly string[] {
  const standIn = findStandIn(dataDir);
  const own = controlSocketPath(dataDir);
  return standIn === null || process.platform === 'win32' ? [own] : [own, join(standIn, SOCKET)];
}

/** The longest path the kernel takes for a local socket, in bytes, without its closing NUL (108 on Linux, 104 on macOS). */
export const MAX_SOCKET_PATH_BYTES = process.platform === 'darwin' ? 103 : 107;
