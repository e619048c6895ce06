import { createHash } from 'node:crypto';
import { userInfo } from 'node:os';
import { join } from 'node:path';

/**
 * Where the control socket of a data folder is: `<data-dir>/host.sock`, on Windows a named pipe that only
 * this user and this folder share (one fixed name for all users is how other supervisors got it wrong).
 */
export function controlSocketPath(dataDir: string): string {
  if (process.platform !== 'win32') return join(dataDir, 'host.sock');
  const id = createHash('sha256').update(`${userInfo().username}\0${dataDir}`).digest('hex').slice(0, 24);
  return `\\\\.\\pipe\\skillward-${id}`;
}

/** The longest path the kernel takes for a local socket, in bytes, without its closing NUL (108 on Linux, 104 on macOS). */
export const MAX_SOCKET_PATH_BYTES = process.platform === 'darwin' ? 103 : 107;
