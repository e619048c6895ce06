import type { HistoryBucket } from '../../../shared/model/history.ts';
import type { Connection } from '../database.ts';
import { readPoints } from '../tables/checks.ts';
import { completeFrom } from '../tables/meta.ts';
import { countRolledUp, readRollUps } from '../tables/roll-ups.ts';
import { keyOf } from '../tables/skill-keys.ts';
import { COARSE_MS, planBuckets, SLOT_MS, startOf } from './bucket-plan.ts';
import { Tally } from './tally.ts';

/**
 * The most raw checks one chart is made from: about 30 ms of reading, and 30 days of a check every 52 s. Above it the
 * inner part of the range comes from roll-ups, so that a skill asked every second costs no more than any other.
 */
export const MAX_RAW_CHECKS = 50_000;

/**
 * Where one range of one database is read from: checks of `[from, rollFrom)` and of `[rollEnd, end)`, roll-ups between.
 * `unit` is what bucket bounds must be multiples of for that, ms.
 */
interface Source {
  readonly db: Connection;
  readonly key: number;
  readonly rollFrom: number;
  readonly rollEnd: number;
  readonly unit: number;
}

/**
 * The chart of one skill over `[from, to]` (epoch ms, both ends included) in at most `points` buckets (1 to 360).
 * Rows are added up here rather than by GROUP BY: measured five times as fast, and exact percentiles come with it.
 * A stretch without checks has no bucket. Where only roll-ups are left the first bucket may begin before `from`.
 */
export function queryHistory(
  dbs: readonly Connection[],
  skillId: string,
  from: number,
  to: number,
  points: number,
): HistoryBucket[] {
  if (to < from) return [];
  const end = to + 1;
  // The last bucket takes in a check of exactly `to`, without a bucket of its own.
  const chartEnd = Math.max(to, from + 1);
  const sources = dbs.flatMap((db) => sourceOf(db, skillId, from, end));
  const unit = Math.max(1, ...sources.map((source) => source.unit));
  const { origin, width } = planBuckets(from, chartEnd, points, unit);
  const tallies = new Map<number, Tally>();
  const tallyAt = (at: number): Tally => {
    const index = Math.floor((Math.min(at, chartEnd - 1) - origin) / width);
    let tally = tallies.get(index);
    if (tally === undefined) {
      tally = new Tally();
      tallies.set(index, tally);
    }
    return tally;
  };
  for (const source of sources) addUp(source, from, end, width % COARSE_MS === 0, tallyAt);

  const first = Math.min(from, ...sources.map((source) => source.rollFrom));
  return [...tallies]
    .sort(([a], [b]) => a - b)
    .map(([index, tally]) => {
      const start = origin + index * width;
      return tally.bucket(Math.max(start, first), Math.min(start + width, chartEnd));
    });
}

function sourceOf(db: Connection, skillId: string, from: number, end: number): Source[] {
  const key = keyOf(db, skillId);
  if (key === undefined) return [];
  const rawFrom = completeFrom(db, 'rawFrom');
  const tooMany = countRolledUp(db, key, Math.max(from, rawFrom), end) > MAX_RAW_CHECKS;
  if (from >= rawFrom && !tooMany) return [{ db, key, rollFrom: end, rollEnd: end, unit: 1 }];
  const unit = from >= completeFrom(db, 'slotsFrom') ? SLOT_MS : COARSE_MS;
  const rollFrom = from >= rawFrom ? startOf(from - 1, SLOT_MS) + SLOT_MS : startOf(from, unit);
  const rollEnd = tooMany ? startOf(end, SLOT_MS) : Math.min(end, rawFrom);
  return [{ db, key, rollFrom, rollEnd: Math.max(rollFrom, rollEnd), unit }];
}

function addUp(
  { db, key, rollFrom, rollEnd }: Source,
  from: number,
  end: number,
  coarse: boolean,
  tallyAt: (at: number) => Tally,
): void {
  const checks = [
    ...readPoints(db, key, from, Math.min(rollFrom, end)),
    ...readPoints(db, key, Math.max(from, rollEnd), end),
  ];
  for (const { at, outcome, latency } of checks) tallyAt(at).addCheck(outcome, latency);
  for (const { slot, tally } of readRollUps(db, key, rollFrom, rollEnd, coarse))
    tallyAt(slot).addEncoded(tally);
}
