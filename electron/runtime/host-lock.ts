import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type HeldLock, holdLock } from '../storage/data-dir-lock.ts';
import { findStandIn, makeStandIn } from './stand-in-folder.ts';

const holderSchema = z.object({
  pid: z.number().int().positive(),
  kind: z.enum(['desktop', 'headless']),
  since: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

const LOCK = 'host.lock';
const NOTE = 'host.json';

export interface HostLock {
  /**
   * False when the data folder takes no lock now. A host that locked it before it came to that holds another one than
   * this; only asking at the control socket finds out about it.
   */
  readonly certain: boolean;
  release(): void;
}

/** Another host supervises this data folder. The message says who, since when, and what to do. */
export class HostHeldError extends Error {
  override readonly name = 'HostHeldError';

  /** @param noteFolder where that host has left its note */
  constructor(dataDir: string, noteFolder: string) {
    super(describeHolder(dataDir, readHolder(join(noteFolder, NOTE))));
  }
}

/**
 * Takes the data folder for this host, or throws `HostHeldError`. The lock is the kernel's: it is gone the moment
 * its holder is, however that ended, and two hosts starting together cannot both get it. Where the data folder takes
 * nothing, the lock is held in the folder that stands in for it.
 */
export function lockDataDir(dataDir: string, kind: Holder['kind']): HostLock {
  const locks: HeldLock[] = [];
  const release = () => {
    for (const lock of locks) lock.release();
  };
  const take = (folder: string) => {
    const lock = holdLock(join(folder, LOCK));
    if (lock === null) {
      release();
      throw new HostHeldError(dataDir, folder);
    }
    locks.push(lock);
    return lock.exclusive;
  };
  const own = take(dataDir);
  // A host that started when the folder took nothing holds the other lock, and keeps it when the folder is well again.
  const standIn = own ? findStandIn(dataDir) : makeStandIn(dataDir);
  if (standIn !== null && (!own || existsSync(join(standIn, LOCK)))) take(standIn);
  const holder: Holder = { pid: process.pid, kind, since: new Date().toISOString() };
  try {
    const folder = own || standIn === null ? dataDir : standIn;
    writeFileSync(join(folder, NOTE), `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  } catch {
    // A full disk must not stop supervision: the lock holds, only its note is missing.
  }
  return { certain: own, release };
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
