import type { HistoryMark } from '../../shared/model/history.ts';
import { type CsvCell, toCsv } from './csv.ts';
import { SEGMENT_WORDS } from './segment-words.ts';
import type { Segment } from './segments.ts';

/** One row of the table behind the state timeline: a stretch of one state and what happened during it. */
export interface StateRow {
  readonly segment: Segment;
  readonly marks: readonly HistoryMark[];
}

/** The stretches of a timeline, newest first, each with the marks that fall into it; the last one takes its own end too. */
export function stateRows(segments: readonly Segment[], marks: readonly HistoryMark[]): readonly StateRow[] {
  const last = segments.at(-1);
  return segments
    .map((segment) => ({
      segment,
      marks: marks.filter(
        ({ at }) => at >= segment.from && (at < segment.to || (segment === last && at === segment.to)),
      ),
    }))
    .reverse();
}

/** The rows as CSV, oldest first; times in ISO 8601 UTC, the length in whole seconds. */
export function statesCsv(rows: readonly StateRow[]): string {
  const lines = [...rows]
    .reverse()
    .map(({ segment: { from, to, state }, marks }): readonly CsvCell[] => [
      new Date(from).toISOString(),
      new Date(to).toISOString(),
      Math.round((to - from) / 1000),
      SEGMENT_WORDS[state].toLowerCase(),
      marks.map((mark) => `${mark.kind}: ${mark.reason}`).join('; '),
    ]);
  return toCsv([['from', 'to', 'seconds', 'state', 'marks'], ...lines]);
}
