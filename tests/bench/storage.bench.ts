// Measures the storage figures of a long life: 100 skills, 90 days, a check every 5 minutes.
// `node tests/bench/storage.bench.ts [days]`; 90 days (2.6 million checks) by default.
// Every figure is taken as wall time and as CPU time: on a machine that is busy otherwise only the second says
// something about this program, and the verdict then says that it is about that one.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage } from '../../electron/storage/storage.ts';
import type { Check } from '../../shared/model/health.ts';

const SKILLS = 100;
const DAYS = Number(process.argv[2] ?? 90);
const EVERY_MS = 300_000;
const DAY_MS = 86_400_000;
const now = 1_760_000_000_000;

/** A small generator with a seed, so that every run stores the same. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const random = seeded(7);
const ids = Array.from({ length: SKILLS }, (_, index) => `skill-${index}`);

function check(at: number): Check {
  const dice = random();
  if (dice < 0.97) return { at, outcome: { kind: 'healthy' }, latencyMs: 5 + random() * 300 };
  const n = Math.floor(random() * 40);
  if (dice < 0.98) return { at, outcome: { kind: 'degraded', detail: `queue ${n}` }, latencyMs: 900 };
  const reason = `connection to 10.0.0.${n} refused`;
  return {
    at,
    outcome: { kind: 'unreachable', reason, cause: 'exit' },
    latencyMs: null,
    error: reason,
    signature: 'connection to <ip> refused',
  };
}

interface Took {
  readonly wall: number;
  readonly cpu: number;
}

/** How long `run` took, ms. */
function timed(run: () => unknown): Took {
  const usage = process.cpuUsage();
  const started = performance.now();
  run();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(usage);
  return { wall, cpu: (user + system) / 1000 };
}

function rank(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

const rows: Record<'figure' | 'wall' | 'cpu' | 'target' | 'verdict', string>[] = [];

/** One line of the table: the value that `share` of the runs do not exceed. */
function report(figure: string, times: readonly Took[], share: number, targetMs: number): void {
  const wall = rank(
    times.map((time) => time.wall),
    share,
  );
  const cpu = rank(
    times.map((time) => time.cpu),
    share,
  );
  const verdict = wall < targetMs ? 'reached' : cpu < targetMs ? 'reached in CPU time' : 'MISSED';
  rows.push({
    figure,
    wall: `${wall.toFixed(1)} ms`,
    cpu: `${cpu.toFixed(1)} ms`,
    target: `< ${targetMs} ms`,
    verdict,
  });
}

const dataDir = mkdtempSync(join(tmpdir(), 'skillward-bench-'));
const options = { dataDir, nowMs: () => now, logFiles: 5, logFileBytes: 2_097_152 };
try {
  let storage = openStorage(options);
  for (const skillId of ids) {
    storage.skills.save({
      skillId,
      lifecycle: 'active',
      paused: false,
      record: {
        skillId,
        lastCheck: null,
        consecutiveFailures: 0,
        totalFailures: 0,
        totalChecks: 0,
        lastError: null,
        status: { kind: 'unknown' },
      },
      healthSince: null,
      monitorState: null,
      fingerprint: null,
      updatedAt: now,
    });
  }
  const sweeps: Took[] = [];
  let checks = 0;
  const seeding = timed(() => {
    for (let at = now - DAYS * DAY_MS; at < now; at += EVERY_MS) {
      for (const [index, id] of ids.entries()) {
        storage.checks.append(id, check(at + index * 2_900 + Math.floor(random() * 200)));
        checks += 1;
      }
      // The last day as a host writes it, sweep by sweep; what came before in larger portions.
      if (at >= now - DAY_MS) sweeps.push(timed(() => storage.checks.flush()));
    }
  });
  storage.close();
  const opening = Array.from({ length: 5 }, () => {
    storage.close();
    return timed(() => {
      storage = openStorage(options);
    });
  });
  const bytes = storage.sizeBytes();
  rows.push({
    figure: 'bytes per check',
    wall: `${(bytes / checks).toFixed(1)} B`,
    cpu: '',
    target: '< 60 B',
    verdict: bytes / checks < 60 ? 'reached' : 'MISSED',
  });
  report('open, worst of 5', opening, 1, 100);
  report(`write a sweep of ${SKILLS} checks, p95`, sweeps, 0.95, 50);
  for (const [label, days, target] of [
    ['24 h', 1, 10],
    ['7 d', 7, 20],
    ['30 d', 30, 40],
  ] as const) {
    const times = ids.map((id) => timed(() => storage.checks.history(id, now - days * DAY_MS, now, 360)));
    report(`chart ${label}, p95`, times, 0.95, target);
  }
  for (const [label, days, cells, target] of [
    ['24 h', 1, 96, 50],
    ['7 d', 7, 84, 50],
    ['30 d', 30, 90, 100],
  ] as const) {
    const times = Array.from({ length: 20 }, () =>
      timed(() => storage.checks.heartbeats(now - days * DAY_MS, now, cells)),
    );
    report(`heartbeats ${label} of ${SKILLS} skills, p95`, times, 0.95, target);
  }
  const slices: Took[] = [];
  const keep = { rawCheckDays: 30, rollUpDays: 400, actionDays: 400 };
  for (let done = false; !done; ) {
    slices.push(
      timed(() => {
        done = storage.retention(keep, 20).done;
      }),
    );
  }
  report(`retention, worst of ${slices.length} slices`, slices, 1, 50);
  const old = ids.map((id) => timed(() => storage.checks.history(id, now - 90 * DAY_MS, now, 360)));
  report('chart 90 d, 60 of them rolled up, p95', old, 0.95, 40);
  const shrunk = storage.sizeBytes();
  storage.close();

  const megabytes = (size: number) => `${(size / 1e6).toFixed(0)} MB`;
  console.log(`${checks} checks of ${SKILLS} skills over ${DAYS} days: ${megabytes(bytes)}, after retention`);
  console.log(
    `${megabytes(shrunk)}. Seeded in ${(seeding.wall / 1000).toFixed(0)} s; load ${loadavg()[0]?.toFixed(1)}.`,
  );
  console.table(rows);
  if (rows.some((row) => row.verdict === 'MISSED')) process.exitCode = 1;
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
