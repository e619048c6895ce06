import type { Connection } from '../database.ts';
import { COARSE_MS, SLOT_MS, startOf } from '../history/bucket-plan.ts';
import { Tally } from '../history/tally.ts';

/** One check reduced to what a roll-up counts: outcome code, latency in tenths of a millisecond. */
export interface CheckPoint {
  readonly at: number;
  readonly outcome: number;
  readonly latency: number | null;
}

/** The encoded tally of the stretch `[slot, slot + width)`, ms. */
export interface RollUp {
  readonly slot: number;
  readonly width: number;
  readonly tally: string;
}

type Table = 'roll_ups' | 'coarse_roll_ups';

/**
 * Adds checks of one skill to the roll-ups they fall into, in the caller's transaction. A coarse one is made when its
 * stretch is over, that is when a check behind it comes in; a check that comes later than that is added to it.
 */
export function addToRollUps(db: Connection, key: number, points: readonly CheckPoint[]): void {
  const openBefore = openCoarseSlot(db, key);
  for (const [slot, inSlot] of Map.groupBy(points, (point) => startOf(point.at, SLOT_MS))) {
    addPoints(db, 'roll_ups', key, slot, inSlot);
    const coarse = startOf(slot, COARSE_MS);
    if (openBefore !== null && coarse < openBefore) addPoints(db, 'coarse_roll_ups', key, coarse, inSlot);
  }
  const slots = points.map((point) => startOf(point.at, COARSE_MS));
  const open = Math.max(openBefore ?? 0, ...slots);
  const firstClosed = openBefore ?? Math.min(...slots);
  if (firstClosed < open) closeCoarse(db, key, firstClosed, open);
}

/** Roll-ups of one skill that start in `[from, end)`: coarse ones wherever `coarse` allows and they lie within. */
export function readRollUps(
  db: Connection,
  key: number,
  from: number,
  end: number,
  coarse: boolean,
): readonly RollUp[] {
  if (from >= end) return [];
  if (!coarse) return readTable(db, 'roll_ups', key, from, end);
  const coarseFrom = Math.min(end, startOf(from - 1, COARSE_MS) + COARSE_MS);
  const closed = Math.min(startOf(end, COARSE_MS), openCoarseSlot(db, key) ?? 0);
  const coarseEnd = Math.max(coarseFrom, closed);
  return [
    ...readTable(db, 'roll_ups', key, from, coarseFrom),
    ...readTable(db, 'coarse_roll_ups', key, coarseFrom, coarseEnd),
    ...readTable(db, 'roll_ups', key, coarseEnd, end),
  ];
}

/** Closes the last coarse roll-up of a skill that fell silent, if it lies before `before`: its parts are about to go. */
export function closeSilent(db: Connection, key: number, before: number): void {
  const open = openCoarseSlot(db, key);
  if (open !== null && open < before) closeCoarse(db, key, open, open + COARSE_MS);
}

/** About how many checks of one skill there are in `[from, end)`: those of every slot that reaches into it. */
export function countRolledUp(db: Connection, key: number, from: number, end: number): number {
  const coarseFrom = Math.min(end, startOf(from - 1, COARSE_MS) + COARSE_MS);
  const coarseEnd = Math.max(coarseFrom, Math.min(startOf(end, COARSE_MS), openCoarseSlot(db, key) ?? 0));
  return (
    countTable(db, 'roll_ups', key, startOf(from, SLOT_MS), coarseFrom) +
    countTable(db, 'coarse_roll_ups', key, coarseFrom, coarseEnd) +
    countTable(db, 'roll_ups', key, coarseEnd, end)
  );
}

/**
 * The coarse slot that still grows: the one of the skill's newest check, or the one after the newest coarse roll-up
 * where that is later. Null for a skill without history.
 */
function openCoarseSlot(db: Connection, key: number): number | null {
  const row = db.get(
    `SELECT (SELECT max(slot) FROM roll_ups WHERE skill = ?1) AS fine,
            (SELECT max(slot) FROM coarse_roll_ups WHERE skill = ?1) AS coarse`,
    key,
  );
  const fine = typeof row?.fine === 'number' ? startOf(row.fine, COARSE_MS) : null;
  if (typeof row?.coarse !== 'number') return fine;
  return Math.max(fine ?? 0, row.coarse + COARSE_MS);
}

function addPoints(
  db: Connection,
  table: Table,
  key: number,
  slot: number,
  points: readonly CheckPoint[],
): void {
  const tally = new Tally();
  const before = db.get(`SELECT tally FROM ${table} WHERE skill = ? AND slot = ?`, key, slot)?.tally;
  if (typeof before === 'string') tally.addEncoded(before);
  for (const { outcome, latency } of points) tally.addCheck(outcome, latency);
  writeRollUp(db, table, key, slot, tally);
}

function closeCoarse(db: Connection, key: number, from: number, end: number): void {
  const rows = readTable(db, 'roll_ups', key, from, end);
  for (const [coarse, inCoarse] of Map.groupBy(rows, (row) => startOf(row.slot, COARSE_MS))) {
    const tally = new Tally();
    for (const row of inCoarse) tally.addEncoded(row.tally);
    writeRollUp(db, 'coarse_roll_ups', key, coarse, tally);
  }
}

function writeRollUp(db: Connection, table: Table, key: number, slot: number, tally: Tally): void {
  db.run(
    `INSERT OR REPLACE INTO ${table} (skill, slot, checks, tally) VALUES (?, ?, ?, ?)`,
    ...[key, slot, tally.total, tally.encode()],
  );
}

function readTable(db: Connection, table: Table, key: number, from: number, end: number): RollUp[] {
  if (from >= end) return [];
  const width = table === 'roll_ups' ? SLOT_MS : COARSE_MS;
  const sql = `SELECT slot, tally FROM ${table} WHERE skill = ? AND slot >= ? AND slot < ? ORDER BY slot`;
  return db
    .tuples(sql, key, from, end)
    .map(([slot, tally]) => ({ slot: Number(slot), width, tally: String(tally) }));
}

function countTable(db: Connection, table: Table, key: number, from: number, end: number): number {
  if (from >= end) return 0;
  const sql = `SELECT sum(checks) AS checks FROM ${table} WHERE skill = ? AND slot >= ? AND slot < ?`;
  return Number(db.get(sql, key, from, end)?.checks ?? 0);
}
