import type { Connection } from './database.ts';
import { COARSE_MS, SLOT_MS, startOf } from './history/bucket-plan.ts';
import { completeFrom, type MetaName, writeMeta } from './tables/meta.ts';
import { closeSilent } from './tables/roll-ups.ts';
import { allKeys } from './tables/skill-keys.ts';

/** How long history is kept, days. Roll-ups are kept at least as long as the checks they stand for. */
export interface Retention {
  readonly rawCheckDays: number;
  readonly rollUpDays: number;
  readonly actionDays: number;
}

/** Before which moment what goes, epoch ms. */
interface Cutoffs {
  readonly raw: number;
  readonly slots: number;
  readonly coarse: number;
  readonly actions: number;
}

const DAY_MS = 86_400_000;
/** How long the 15-minute roll-ups are kept where raw checks are not kept longer; later the coarse ones are enough. */
const SLOT_DAYS = 35;
/** Rows deleted in one transaction: about 2 ms. */
const STEP_ROWS = 500;
const STEP_PAGES = 32;
const MOST_NOTICES = 1000;

/**
 * Deletes what is past its time, in small transactions, until `budgetMs` is used up. Roll-ups are kept up with every
 * insert, so nothing has to be computed before a check goes. `done` false: call again, it goes on where it stopped.
 */
export function retain(
  db: Connection,
  retention: Retention,
  nowMs: number,
  budgetMs: number,
): { readonly done: boolean } {
  const { rawCheckDays, rollUpDays, actionDays } = retention;
  const slotDays = Math.max(rawCheckDays, Math.min(SLOT_DAYS, rollUpDays));
  const cutoffs: Cutoffs = {
    raw: startOf(nowMs - rawCheckDays * DAY_MS, SLOT_MS),
    slots: startOf(nowMs - slotDays * DAY_MS, COARSE_MS),
    coarse: startOf(nowMs - Math.max(rollUpDays, slotDays) * DAY_MS, COARSE_MS),
    actions: nowMs - actionDays * DAY_MS,
  };
  // First said, then done: a chart must never count on checks that are half gone.
  raise(db, 'rawFrom', cutoffs.raw);
  raise(db, 'slotsFrom', cutoffs.slots);

  const started = performance.now();
  for (const step of stepsOf(db, cutoffs)) {
    for (let deleted = STEP_ROWS; deleted >= STEP_ROWS; ) {
      deleted = db.transaction(step);
      // Looking costs next to nothing, only deleting counts: so every call gets further, however small its budget.
      if (deleted > 0 && performance.now() - started >= budgetMs) return { done: false };
    }
  }
  return shrink(db, started, budgetMs);
}

type Step = () => number;

function raise(db: Connection, name: MetaName & ('rawFrom' | 'slotsFrom'), to: number): void {
  if (to > completeFrom(db, name)) writeMeta(db, name, String(to));
}

function stepsOf(db: Connection, cutoffs: Cutoffs): Step[] {
  const keys = [...allKeys(db).values()];
  return [
    ...keys.map((key) => () => deleteOldest(db, 'checks', 'at', key, cutoffs.raw)),
    ...keys.map((key) => () => {
      closeSilent(db, key, cutoffs.slots);
      return deleteOldest(db, 'roll_ups', 'slot', key, cutoffs.slots);
    }),
    ...keys.map((key) => () => deleteOldest(db, 'coarse_roll_ups', 'slot', key, cutoffs.coarse)),
    () => deleteById(db, 'troubles', 'last_at < ?', cutoffs.raw),
    () => db.run('DELETE FROM signature_counts WHERE last_at < ?', cutoffs.coarse).changes,
    () => deleteById(db, 'actions', 'at < ?', cutoffs.actions),
    () => deleteById(db, 'incidents', 'ended_at IS NOT NULL AND started_at < ?', cutoffs.actions),
    () => deleteById(db, 'fix_trials', "state <> 'watching' AND applied_at < ?", cutoffs.actions),
    () => deleteById(db, 'fix_proposals', 'at < ?', cutoffs.actions),
    () => deleteById(db, 'task_runs', 'started_at < ?', cutoffs.actions),
    () => deleteById(db, 'notices', 'at < ?', cutoffs.actions),
    () => deleteById(db, 'notices', 'id <= (SELECT max(id) FROM notices) - ?', MOST_NOTICES),
  ];
}

function deleteOldest(db: Connection, table: string, time: string, key: number, cutoff: number): number {
  return db.run(
    `DELETE FROM ${table} WHERE skill = ?1 AND ${time} < ?2 AND ${time} <= coalesce(
       (SELECT ${time} FROM ${table} WHERE skill = ?1 AND ${time} < ?2 ORDER BY ${time} LIMIT 1 OFFSET ${STEP_ROWS - 1}),
       ?2)`,
    ...[key, cutoff],
  ).changes;
}

function deleteById(db: Connection, table: string, condition: string, cutoff: number): number {
  return db.run(
    `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${condition} LIMIT ${STEP_ROWS})`,
    cutoff,
  ).changes;
}

/** Gives pages back to the disk once a fifth of the file is free; below that they are used again soon anyway. */
function shrink(db: Connection, started: number, budgetMs: number): { readonly done: boolean } {
  const pages = Number(db.pragma('page_count'));
  let free = Number(db.pragma('freelist_count'));
  if (free * 5 < pages) return { done: true };
  while (free > 0) {
    db.drain(`PRAGMA incremental_vacuum(${STEP_PAGES})`);
    free = Number(db.pragma('freelist_count'));
    if (free > 0 && performance.now() - started >= budgetMs) return { done: false };
  }
  return { done: true };
}
