import { join } from 'node:path';
import { systemProcessTree } from '../../skills/system-process-tree.ts';
import { inspectFile, openForReading } from '../../storage/inspect.ts';
import { readMeta } from '../../storage/tables/meta.ts';
import type { Examination, Finding } from './finding.ts';

/**
 * Tells of skill processes that outlived their host, by their run ids. They are left to the next start, which knows their
 * records and ends them politely before it starts anything.
 */
export async function examineOrphans({ dataDir }: Examination): Promise<readonly Finding[]> {
  const instanceId = readInstanceId(join(dataDir, 'skillward.db'));
  if (instanceId === null) return [];
  const carriers = await systemProcessTree().carriers();
  const pids = [...carriers].flatMap(([runId, found]) => (runId.startsWith(`${instanceId}.`) ? found : []));
  const what = 'processes';
  if (pids.length === 0) return [{ what, level: 'ok', message: 'no skill has outlived its host' }];
  const message = `skills of a host that was killed still run (pid ${pids.join(', ')}); the next start ends them`;
  return [{ what, level: 'warning', message }];
}

function readInstanceId(path: string): string | null {
  if (inspectFile(path, { thorough: false }).kind !== 'sound') return null;
  const db = openForReading(path);
  try {
    return readMeta(db, 'instanceId');
  } finally {
    db.close();
  }
}
