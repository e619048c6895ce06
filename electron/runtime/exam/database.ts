import { join } from 'node:path';
import { Backups } from '../../storage/backups.ts';
import { sizeOf } from '../../storage/files.ts';
import { inspectFile } from '../../storage/inspect.ts';
import { openDatabase } from '../../storage/open-database.ts';
import type { Examination, Finding } from './finding.ts';

const what = 'database';

/** Reads every page. A damaged file is repaired the way a start would do it: set aside, then the newest sound backup. */
export function examineDatabase({ dataDir, nowMs, repair }: Examination): readonly Finding[] {
  const path = join(dataDir, 'skillward.db');
  const found = inspectFile(path, { thorough: true });
  switch (found.kind) {
    case 'missing':
      return [{ what, level: 'ok', message: 'there is none yet; the first start makes it' }];
    case 'sound': {
      const megabytes = (sizeOf(path) / 1e6).toFixed(1);
      const message = `sound, version ${found.version}, ${megabytes} MB; ${backupInWords(dataDir)}`;
      return [{ what, level: 'ok', message }];
    }
    case 'newer': {
      const message = `written by a newer Skillward (version ${found.version}): it would only be read. Update Skillward`;
      return [{ what, level: 'warning', message }];
    }
    case 'unreachable':
      return [{ what, level: 'error', message: `${path} cannot be read: ${String(found.error)}` }];
    case 'damaged':
      return repair
        ? repairDatabase(path, dataDir, nowMs)
        : [{ what, level: 'error', message: damagedWords(path, found.why, dataDir) }];
  }
}

function repairDatabase(path: string, dataDir: string, nowMs: number): readonly Finding[] {
  const opened = openDatabase(path, { dataDir, nowMs, thorough: true });
  opened.connection?.close();
  const level = opened.writable ? 'repaired' : 'error';
  return opened.notices.map(({ message }) => ({ what, level, message }));
}

function damagedWords(path: string, why: string, dataDir: string): string {
  return `${path} cannot be used, ${why}. The next start, or doctor --repair, sets it aside; ${backupInWords(dataDir)}`;
}

function backupInWords(dataDir: string): string {
  const at = new Backups(dataDir).newestAt();
  return at === null ? 'there is no backup yet' : `the newest backup is of ${new Date(at).toISOString()}`;
}
