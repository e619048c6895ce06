import { examineDataDir } from '../../runtime/exam/examine.ts';
import type { Finding } from '../../runtime/exam/finding.ts';
import { controlSocketPath } from './socket-path.ts';

/** What is wrong with a data folder, and with `repair` what was done about it. */
export function examineDataFolder(dataDir: string, repair: boolean): Promise<readonly Finding[]> {
  return examineDataDir({ dataDir, socketPath: controlSocketPath(dataDir), nowMs: Date.now(), repair });
}
