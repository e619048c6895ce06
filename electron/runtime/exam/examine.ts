import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type HeldLock, holdLock } from '../../storage/data-dir-lock.ts';
import { examineDatabase } from './database.ts';
import type { Examination, Finding } from './finding.ts';
import { examineLeftovers } from './leftovers.ts';
import { examineModes } from './modes.ts';
import { examineOrphans } from './orphans.ts';

/**
 * Looks at a data folder whose host may be running, dead or never started (DESIGN.md section 7). Repairs hold the host's
 * own lock, so that no host starts meanwhile; under a running host only file modes are looked at.
 */
export async function examineDataDir(examination: Examination): Promise<readonly Finding[]> {
  const { dataDir, repair } = examination;
  if (!existsSync(dataDir)) return [];
  const lock = takeLock(join(dataDir, 'host.lock'), repair);
  if (lock === 'held') return examineModes(examination);
  try {
    return [
      ...examineModes(examination),
      ...examineLeftovers(examination),
      ...examineDatabase(examination),
      ...(await examineOrphans(examination)),
    ];
  } finally {
    lock?.release();
  }
}

/** Where no host has ever been there is no lock file, and looking must not make one. */
function takeLock(file: string, repair: boolean): HeldLock | 'held' | null {
  if (!repair && !existsSync(file)) return null;
  return holdLock(file) ?? 'held';
}
