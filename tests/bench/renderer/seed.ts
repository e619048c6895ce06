import { openStorage, type Storage } from '../../../electron/storage/storage.ts';
import type { Check } from '../../../shared/model/health.ts';
import { seeded } from '../../support/corpus/hostile.ts';

const EVERY_MS = 300_000;
const DAY_MS = 86_400_000;

/** A past for skills that a host will find in its data folder: their checks, and what one of them wrote. */
export function seedPast(
  dataDir: string,
  ids: readonly string[],
  { days, logLines }: { readonly days: number; readonly logLines: number },
): void {
  const storage = openStorage({ dataDir, nowMs: Date.now, logFiles: 5, logFileBytes: 2_097_152 });
  const random = seeded(7);
  const nowMs = Date.now();
  for (let at = nowMs - days * DAY_MS; at < nowMs; at += EVERY_MS) {
    for (const [index, id] of ids.entries()) storage.checks.append(id, check(at + index * 1000, random));
  }
  storage.checks.flush();
  const [chatty] = ids;
  if (chatty !== undefined) writeLog(storage, chatty, nowMs, logLines);
  storage.close();
}

function check(at: number, random: () => number): Check {
  const dice = random();
  if (dice < 0.985) return { at, outcome: { kind: 'healthy' }, latencyMs: 5 + random() * 60 };
  if (dice < 0.99) return { at, outcome: { kind: 'degraded', detail: 'the feed is slow' }, latencyMs: 900 };
  const error = 'exited with code 1: TimeoutError: the feed did not answer';
  const signature = 'timeouterror: the feed did not answer';
  return {
    at,
    outcome: { kind: 'unreachable', reason: error, cause: 'exit' },
    latencyMs: null,
    error,
    signature,
  };
}

function writeLog(storage: Storage, skillId: string, nowMs: number, lines: number): void {
  for (let line = 0; line < lines; line += 1) {
    const level = line % 50 === 0 ? 'error' : 'info';
    const text = `\u001b[3${line % 8}m${level.toUpperCase()}\u001b[0m request ${line} took ${line % 97} ms: GET /feed?page=${line % 13}`;
    storage.logs.append({ skillId, at: nowMs - (lines - line) * 500, stream: 'stderr', level, text });
  }
}
