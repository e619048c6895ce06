import type { Connection } from '../database.ts';

/** A stretch of time, epoch ms, both ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** When each skill was in quarantine up to `to`, told from the actions; one still open lasts until `to`. */
export function quarantineSpans(
  dbs: readonly Connection[],
  to: number,
): ReadonlyMap<string, readonly Span[]> {
  const rows = dbs.flatMap((db) =>
    db.tuples(
      `SELECT skill_id, at, kind FROM actions
       WHERE kind IN ('quarantineSkill', 'releaseSkill') AND skill_id IS NOT NULL AND at <= ?
       ORDER BY skill_id, at, id`,
      to,
    ),
  );
  const spans = new Map<string, Span[]>();
  for (const [skillId, ofSkill] of Map.groupBy(rows, (row) => String(row[0]))) {
    let since: number | null = null;
    const found: Span[] = [];
    for (const [, at, kind] of ofSkill) {
      if (kind === 'quarantineSkill') {
        since ??= Number(at);
      } else if (since !== null) {
        found.push({ from: since, to: Number(at) });
        since = null;
      }
    }
    if (since !== null) found.push({ from: since, to });
    spans.set(skillId, found);
  }
  return spans;
}
