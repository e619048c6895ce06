import type { Check } from '../../../shared/model/health.ts';
import type { Heartbeat, HeartbeatCell, HistoryBucket } from '../../../shared/model/history.ts';
import { type CastMember, outcomeAt } from './cast.ts';
import { seededRandom, seedOf } from './random.ts';

const HOUR = 3_600_000;
/** When photo-index was paused and how old everything else is. */
const PAUSED_FOR = 5 * HOUR;
const QUARANTINED_FOR = 90 * 60_000;

/** The checks of a skill in a stretch of time, oldest first, at most about 3000; the same whenever asked. */
export function checksOf(member: CastMember, from: number, to: number, now: number): Check[] {
  if (member.role === 'broken' || member.role === 'new') return [];
  const wanted = Math.max(member.intervalSecs * 1000, Math.ceil((to - from) / 3000));
  const step = Math.ceil(wanted / (member.intervalSecs * 1000)) * member.intervalSecs * 1000;
  const checks: Check[] = [];
  for (let at = Math.ceil(from / step) * step; at < Math.min(to, now); at += step) {
    const age = now - at;
    if (member.role === 'paused' && age < PAUSED_FOR) break;
    if (member.role === 'quarantined' && age < QUARANTINED_FOR) break;
    // The machine slept that night: a gap is a gap.
    if (age > 30 * HOUR && age < 36 * HOUR) continue;
    const random = seededRandom(seedOf(`${member.id}:${at}`));
    random();
    const outcome = outcomeAt(member, age, random());
    const wave = 1 + 0.25 * Math.sin(at / (4 * HOUR)) + (outcome.kind === 'degraded' ? 1.8 : 0);
    const latencyMs =
      outcome.kind === 'failed' || outcome.kind === 'unreachable'
        ? null
        : member.latencyMs * wave * (0.7 + random() * 0.8 + (random() > 0.95 ? 1.4 : 0));
    const error =
      outcome.kind === 'failed' ? outcome.error : outcome.kind === 'unreachable' ? outcome.reason : undefined;
    checks.push({ at, outcome, latencyMs, ...(error === undefined ? {} : { error }) });
  }
  return checks;
}

function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}

export function bucketsOf(
  checks: readonly Check[],
  from: number,
  to: number,
  points: number,
): HistoryBucket[] {
  const width = Math.ceil((to - from) / points);
  const groups = Map.groupBy(checks, (check) => Math.floor((check.at - from) / width));
  return [...groups].map(([index, group]) => {
    const latencies = group.flatMap((check) => check.latencyMs ?? []).sort((a, b) => a - b);
    const count = (kind: string) => group.filter((check) => check.outcome.kind === kind).length;
    return {
      from: from + index * width,
      to: from + (index + 1) * width,
      healthy: count('healthy'),
      degraded: count('degraded'),
      failed: count('failed'),
      unreachable: count('unreachable'),
      minMs: latencies[0] ?? null,
      maxMs: latencies.at(-1) ?? null,
      p50Ms: percentile(latencies, 0.5),
      p95Ms: percentile(latencies, 0.95),
    };
  });
}

const madeBefore = new Map<string, Heartbeat>();

/** The past does not change, so that 200 bars cost the page they are made in nothing the second time. */
export function heartbeatOf(
  member: CastMember,
  from: number,
  to: number,
  count: number,
  now: number,
): Heartbeat {
  const key = `${member.id} ${from} ${to}`;
  const known = madeBefore.get(key) ?? makeHeartbeat(member, from, to, count, now);
  madeBefore.set(key, known);
  return known;
}

function makeHeartbeat(member: CastMember, from: number, to: number, count: number, now: number): Heartbeat {
  const checks = checksOf(member, from, to, now);
  const buckets = bucketsOf(checks, from, to, count);
  const width = (to - from) / count;
  const cells: HeartbeatCell[] = buckets.map((bucket) => ({
    index: Math.round((bucket.from - from) / width),
    healthy: bucket.healthy,
    degraded: bucket.degraded,
    failed: bucket.failed,
    unreachable: bucket.unreachable,
    quarantined: false,
  }));
  if (member.role === 'quarantined') {
    for (let index = 0; index < count; index += 1) {
      const at = from + (index + 0.5) * width;
      if (at < now && now - at < QUARANTINED_FOR && !cells.some((cell) => cell.index === index)) {
        cells.push({ index, healthy: 0, degraded: 0, failed: 0, unreachable: 0, quarantined: true });
      }
    }
  }
  const good = checks.filter(
    (check) => check.outcome.kind === 'healthy' || check.outcome.kind === 'degraded',
  ).length;
  const latencies = checks.flatMap((check) => check.latencyMs ?? []).sort((a, b) => a - b);
  return {
    skillId: member.id,
    cells,
    checks: checks.length,
    healthyShare: checks.length === 0 ? null : good / checks.length,
    p50Ms: percentile(latencies, 0.5),
    p95Ms: percentile(latencies, 0.95),
  };
}
