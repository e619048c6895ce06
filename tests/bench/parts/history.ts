import { rmSync } from 'node:fs';
import { RETENTION_SLICE_MS } from '../../../electron/runtime/housekeeping.ts';
import { openStorage, type Storage } from '../../../electron/storage/storage.ts';
import type { Check } from '../../../shared/model/health.ts';
import { seeded } from '../../support/corpus/hostile.ts';
import { tempDir } from '../../support/host-process.ts';
import { below, type Figure, info, type Part } from '../lib/figures.ts';
import { quantile } from '../lib/statistics.ts';

const SKILLS = 100;
const EVERY_MS = 300_000;
const DAY_MS = 86_400_000;
const NOW_MS = 1_760_000_000_000;
/** How often a chart of one skill is drawn before its p95 is taken: every skill once. */
const HEARTBEAT_QUERIES = 20;

const ids = Array.from({ length: SKILLS }, (_, index) => `skill-${index}`);

interface Took {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** A long life in one database: what it weighs, and how fast the dashboard's questions to it are. */
export function measureHistory(days: number): Part {
  const dataDir = tempDir();
  const open = (): Storage =>
    openStorage({ dataDir, nowMs: () => NOW_MS, logFiles: 5, logFileBytes: 2_097_152 });
  try {
    const { storage: seededStorage, sweeps, checks } = seed(open(), days);
    seededStorage.close();
    const { storage, opening } = reopen(open);
    const bytes = storage.sizeBytes();
    const figures: Figure[] = [
      info({ name: 'checks stored', value: checks, unit: '' }),
      below({ name: 'bytes per check', value: bytes / checks, unit: 'B' }, 60),
      timed('open the database, worst of 5', opening, 1, 100),
      timed(`write a sweep of ${SKILLS} checks, p95`, sweeps, 0.95, 50),
      ...charts(storage),
      ...heartbeats(storage),
      retention(storage),
      info({ name: 'database after retention', value: storage.sizeBytes() / 1e6, unit: 'MB' }),
      timed(
        `chart ${days} d, most of it rolled up, p95`,
        ids.map((id) => took(() => storage.checks.history(id, NOW_MS - days * DAY_MS, NOW_MS, 360))),
        0.95,
        40,
      ),
    ];
    storage.close();
    return {
      title: 'History',
      about: [
        `${SKILLS} skills over ${days} days, a check every 5 minutes, seeded. Each chart once for every skill. Times are wall time; where`,
        'that misses and the CPU time does not, the machine was busy with something else, and the line says so.',
      ].join('\n'),
      figures,
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function seed(storage: Storage, days: number): { storage: Storage; sweeps: Took[]; checks: number } {
  const random = seeded(7);
  for (const skillId of ids) storage.skills.save(freshSkill(skillId));
  const sweeps: Took[] = [];
  let checks = 0;
  for (let at = NOW_MS - days * DAY_MS; at < NOW_MS; at += EVERY_MS) {
    for (const [index, id] of ids.entries()) {
      storage.checks.append(id, check(at + index * 2_900 + Math.floor(random() * 200), random));
      checks += 1;
    }
    // The last day as a host writes it, sweep by sweep; what came before in larger portions.
    if (at >= NOW_MS - DAY_MS) sweeps.push(took(() => storage.checks.flush()));
  }
  return { storage, sweeps, checks };
}

function freshSkill(skillId: string): Parameters<Storage['skills']['save']>[0] {
  return {
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
    cause: null,
    fingerprint: null,
    updatedAt: NOW_MS,
  };
}

function check(at: number, random: () => number): Check {
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

function reopen(open: () => Storage): { storage: Storage; opening: Took[] } {
  let storage: Storage | null = null;
  const opening = Array.from({ length: 5 }, () => {
    storage?.close();
    return took(() => {
      storage = open();
    });
  });
  if (storage === null) throw new Error('the database was never opened');
  return { storage, opening };
}

function charts(storage: Storage): Figure[] {
  return [
    { label: '24 h', days: 1, targetMs: 10 },
    { label: '7 d', days: 7, targetMs: 20 },
    { label: '30 d', days: 30, targetMs: 40 },
  ].map(({ label, days, targetMs }) =>
    timed(
      `chart ${label}, p95`,
      ids.map((id) => took(() => storage.checks.history(id, NOW_MS - days * DAY_MS, NOW_MS, 360))),
      0.95,
      targetMs,
    ),
  );
}

function heartbeats(storage: Storage): Figure[] {
  return [
    { label: '24 h', days: 1, cells: 96, targetMs: 50 },
    { label: '7 d', days: 7, cells: 84, targetMs: 50 },
    { label: '30 d', days: 30, cells: 90, targetMs: 100 },
  ].map(({ label, days, cells, targetMs }) =>
    timed(
      `heartbeats of ${SKILLS} skills, ${label}, p95`,
      Array.from({ length: HEARTBEAT_QUERIES }, () =>
        took(() => storage.checks.heartbeats(NOW_MS - days * DAY_MS, NOW_MS, cells)),
      ),
      0.95,
      targetMs,
    ),
  );
}

function retention(storage: Storage): Figure {
  const keep = { rawCheckDays: 30, rollUpDays: 400, actionDays: 400 };
  const slices: Took[] = [];
  for (let done = false; !done; ) {
    slices.push(
      took(() => {
        done = storage.retention(keep, RETENTION_SLICE_MS).done;
      }),
    );
  }
  return timed('longest pause of the retention pass', slices, 1, 50);
}

function took(run: () => unknown): Took {
  const usage = process.cpuUsage();
  const startedMs = performance.now();
  run();
  const wallMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(usage);
  return { wallMs, cpuMs: (user + system) / 1000 };
}

/** The time that `share` of the runs do not exceed. */
function timed(name: string, times: readonly Took[], share: number, targetMs: number): Figure {
  const value = quantile(
    times.map(({ wallMs }) => wallMs),
    share,
  );
  const figure = below({ name, value, unit: 'ms' }, targetMs);
  if (figure.verdict === 'met') return figure;
  const cpuMs = quantile(
    times.map((time) => time.cpuMs),
    share,
  );
  const spoilt = `${cpuMs.toFixed(1)} ms of CPU: the rest was waiting for the machine`;
  return cpuMs < targetMs ? { ...figure, note: spoilt } : figure;
}
