import type { Action, ActionKind } from '../../../shared/model/action.ts';
import type { LogLine } from '../../../shared/model/log.ts';
import { logLineKey } from '../../../shared/model/log-text.ts';

/** One row of the log: a line, or something that happened to the skill between two lines. */
export type LogRow =
  | { readonly kind: 'line'; readonly key: string; readonly line: LogLine }
  | { readonly kind: 'mark'; readonly key: string; readonly action: Action };

/** What is marked between lines. */
export const markKinds = [
  'startSkill',
  'stopSkill',
  'restartSkill',
  'quarantineSkill',
  'releaseSkill',
] as const satisfies readonly ActionKind[];

/**
 * Lines with the marks that fall between them; marks before the first line are left out, and those after the last too
 * unless the end of the log is shown.
 */
export function rowsOf(
  lines: readonly LogLine[],
  actions: readonly Action[],
  live: boolean,
): readonly LogRow[] {
  const first = lines[0];
  const last = lines.at(-1);
  const marks = actions
    .flatMap((action) => {
      const wanted = markKinds.some((kind) => kind === action.kind);
      const begun = first !== undefined && action.at >= first.at;
      const inside = begun && (live || (last !== undefined && action.at <= last.at));
      return wanted && inside ? [{ kind: 'mark' as const, key: `mark:${action.id}`, action }] : [];
    })
    .sort((a, b) => a.action.at - b.action.at || a.action.id - b.action.id);
  if (marks.length === 0) return lines.map(lineRow);
  const rows: LogRow[] = [];
  let next = 0;
  for (const line of lines) {
    for (let mark = marks[next]; mark !== undefined && mark.action.at < line.at; mark = marks[next]) {
      rows.push(mark);
      next += 1;
    }
    rows.push(lineRow(line));
  }
  return [...rows, ...marks.slice(next)];
}

function lineRow(line: LogLine): LogRow {
  return { kind: 'line', key: logLineKey(line), line };
}
