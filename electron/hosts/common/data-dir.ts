import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The data folder when none is given: `SKILLWARD_DATA_DIR`, else the platform's place for application data. */
export function defaultDataDir(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const given = env.SKILLWARD_DATA_DIR;
  if (given !== undefined && given !== '') return resolve(given);
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Skillward');
  if (process.platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Skillward');
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'skillward');
}
