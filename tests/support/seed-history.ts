// `node tests/support/seed-history.ts <data folder> [days]`: a past for the example skills, so that charts and pictures
// have something to show. Run it while no host is running on that folder. The same arguments give the same past.
import { mkdirSync } from 'node:fs';
import { openStorage } from '../../electron/storage/storage.ts';
import type { Check } from '../../shared/model/health.ts';

const [dataDir, days = '1'] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('usage: seed-history.ts <data folder> [days]');

const EVERY_MS = 5 * 60_000;
const nowMs = Date.now();
const fromMs = nowMs - Number(days) * 86_400_000;

/** A small seeded generator (Lehmer), uniform in [0, 1). */
let seed = 7;
const random = () => {
  seed = (seed * 16_807) % 2_147_483_647;
  return seed / 2_147_483_647;
};

const pasts: Readonly<Record<string, (share: number) => Check['outcome']['kind']>> = {
  'disk-space': () => (random() < 0.01 ? 'degraded' : 'healthy'),
  'system-clock': () => 'healthy',
  notes: () => (random() < 0.005 ? 'degraded' : 'healthy'),
  backlog: (share) => (share > 0.55 && share < 0.72 && random() < 0.8 ? 'degraded' : 'healthy'),
  'flaky-fetch': () => (random() < 0.05 ? 'unreachable' : 'healthy'),
  'hang-on-demand': (share) => (share > 0.38 && share < 0.4 ? 'unreachable' : 'healthy'),
  'mail-token': (share) => (share > 0.9 ? 'unreachable' : 'healthy'),
};

mkdirSync(dataDir, { recursive: true, mode: 0o700 });
const storage = openStorage({ dataDir, nowMs: () => Date.now(), logFiles: 5, logFileBytes: 2_097_152 });
for (const [skillId, outcomeAt] of Object.entries(pasts)) {
  const baseMs = 4 + random() * 30;
  for (let at = fromMs; at < nowMs; at += EVERY_MS) {
    const share = (at - fromMs) / (nowMs - fromMs);
    storage.checks.append(
      skillId,
      checkOf(outcomeAt(share), Math.round(at), baseMs * (1 + 0.4 * Math.sin(share * 12) + random() * 0.8)),
    );
  }
  storage.checks.flush();
}
storage.close();

function checkOf(kind: Check['outcome']['kind'], at: number, latencyMs: number): Check {
  if (kind === 'healthy') return { at, outcome: { kind }, latencyMs };
  if (kind === 'degraded') return { at, outcome: { kind, detail: 'slow' }, latencyMs: latencyMs * 6 };
  const reason = 'exited with code 1: TimeoutError: the feed did not answer';
  return {
    at,
    outcome: { kind: 'unreachable', reason, cause: 'exit' },
    latencyMs: null,
    error: reason,
    signature: 'timeouterror: the feed did not answer',
  };
}
