import { chmod, mkdir } from 'node:fs/promises';
import { HostHeldError, type HostLock, lockDataDir } from '../../runtime/host-lock.ts';
import { connectToHost } from './connect-to-host.ts';

/**
 * Makes the data folder, for its owner alone, and takes it for this host. A folder that cannot be made or written to is
 * no reason not to supervise (DESIGN.md section 7): `report` is told, and storage tells people.
 * Throws `HostHeldError` when another host has it.
 */
export async function claimDataFolder(
  dataDir: string,
  kind: Parameters<typeof lockDataDir>[1],
  report: (message: string, error: unknown) => void,
): Promise<HostLock> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    if (process.platform !== 'win32') await chmod(dataDir, 0o700);
  } catch (error) {
    report('the data folder cannot be made or kept for its owner alone', error);
  }
  const lock = lockDataDir(dataDir, kind);
  if (lock.certain) return lock;
  const other = await connectToHost(dataDir);
  if (other === null) return lock;
  other.destroy();
  lock.release();
  throw new HostHeldError(dataDir, dataDir);
}
