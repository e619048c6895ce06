import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { holdLock } from '../storage/data-dir-lock.ts';

const holderSchema = z.object({
  pid: z.number().int().positive(),
  kind: z.enum(['desktop', 'headless']),
  since: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

export interface HostLock {
  release(): void;
}

/** Another host supervises this data folder. The message says who, since when, and what to do. */
export class HostHeldError extends Error {
  override readonly name = 'HostHeldError';
}

/**
 * Takes the data folder for this host, or throws `HostHeldError`. The lock is the kernel's: it is gone the moment
 * its holder is, however that ended, and two hosts starting together cannot both get it.
 */
export function lockDataDir(dataDir: string, kind: Holder['kind']): HostLock {
  const holderFile = join(dataDir, 'host.json');
  const lock = holdLock(join(dataDir, 'host.lock'));
  if (lock === null) throw new HostHeldError(describeHolder(dataDir, readHolder(holderFile)));
  const holder: Holder = { pid: process.pid, kind, since: new Date().toISOString() };
  try {
    writeFileSync(holderFile, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  } catch {
    // A full disk must not stop supervision: the lock holds, only its note is missing.
  }
  return lock;
}

function describeHolder(dataDir: string, holder: Holder | null): string {
  const who =
    holder === null ? 'Another host' : `A ${holder.kind} host (pid ${holder.pid}, since ${holder.since})`;
  return `${who} already supervises ${dataDir}. Stop it first, or choose another folder with --data-dir.`;
}

function readHolder(file: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
