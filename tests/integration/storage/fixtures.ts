import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStorage, type Storage } from '../../../electron/storage/storage.ts';
import type { HostNotice } from '../../../shared/model/runtime.ts';
import { T0 } from './samples.ts';

/** An empty folder that is gone after the test. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'skillward-storage-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Opened {
  readonly storage: Storage;
  readonly heard: HostNotice[];
  /** What `nowMs` answers; move it on at will. */
  clock: { nowMs: number };
}

/** Opens a data folder; closed again after the test. */
export function open(dataDir: string, options: { logFiles?: number; logFileBytes?: number } = {}): Opened {
  const heard: HostNotice[] = [];
  const clock = { nowMs: T0 };
  const storage = openStorage({
    dataDir,
    nowMs: () => clock.nowMs,
    logFiles: 3,
    logFileBytes: 65_536,
    onNotice: (notice) => heard.push(notice),
    ...options,
  });
  onTestFinished(() => storage.close());
  return { storage, heard, clock };
}
