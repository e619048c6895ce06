import type { Heartbeat } from '../../../shared/model/history.ts';
import type { Connection } from '../database.ts';
import { readPoints } from '../tables/checks.ts';
import { completeFrom } from '../tables/meta.ts';
import { countRolledUp, readRollUps } from '../tables/roll-ups.ts';
import { allKeys } from '../tables/skill-keys.ts';
import { COARSE_MS, SLOT_MS, startOf } from './bucket-plan.ts';
import { HeartbeatBar } from './heartbeat-bar.ts';
import type { Span } from './quarantine-spans.ts';

/** The most raw checks one overview is made from, all skills together: about 10 ms. Above it roll-ups are exact enough. */
const MAX_RAW_CHECKS = 10_000;

export interface HeartbeatQuery {
  /** Epoch ms, both ends included. */
  readonly from: number;
  readonly to: number;
  /** 1 to 360, all of the same width. */
  readonly cells: number;
  readonly skillIds: readonly string[];
  /** When each skill was in quarantine: such a cell is there even without checks, since that is why there are none. */
  readonly quarantines: ReadonlyMap<string, readonly Span[]>;
}

/** One heartbeat bar per skill asked for, in that order; a skill without checks has a bar without cells. */
export function queryHeartbeats(dbs: readonly Connection[], query: HeartbeatQuery): Heartbeat[] {
  const { from, to, cells, skillIds, quarantines } = query;
  if (to < from) return [];
  const bars = new Map(skillIds.map((skillId) => [skillId, new HeartbeatBar(from, to, cells)]));
  for (const db of dbs) addDatabase(db, bars, query);
  return [...bars].map(([skillId, bar]) => bar.heartbeat(skillId, quarantines.get(skillId) ?? []));
}

function addDatabase(
  db: Connection,
  bars: ReadonlyMap<string, HeartbeatBar>,
  { from, to, cells }: HeartbeatQuery,
): void {
  const end = to + 1;
  const keys = allKeys(db);
  const asked = [...bars].flatMap(([id, bar]) => {
    const key = keys.get(id);
    return key === undefined ? [] : [{ key, bar }];
  });
  if (from >= completeFrom(db, 'rawFrom') && fewChecks(db, asked, from, end)) {
    for (const { key, bar } of asked) {
      for (const { at, outcome, latency } of readPoints(db, key, from, end))
        bar.addCheck(at, outcome, latency);
    }
    return;
  }
  const coarseOnly = from < completeFrom(db, 'slotsFrom');
  const coarse = coarseOnly || (to - from) / cells >= COARSE_MS;
  const rollFrom = startOf(from, coarseOnly ? COARSE_MS : SLOT_MS);
  for (const { key, bar } of asked) {
    for (const rollUp of readRollUps(db, key, rollFrom, end, coarse)) bar.addRollUp(rollUp);
  }
}

/** Stops counting as soon as there are too many. */
function fewChecks(
  db: Connection,
  asked: readonly { readonly key: number }[],
  from: number,
  end: number,
): boolean {
  let left = MAX_RAW_CHECKS;
  return asked.every(({ key }) => {
    left -= countRolledUp(db, key, from, end);
    return left >= 0;
  });
}
