import type { Action } from '../../../shared/model/action.ts';
import { toCsv } from '../../charts/csv.ts';

/** Actions as a table for a spreadsheet, newest first. */
export function actionsCsv(actions: readonly Action[]): string {
  const rows = actions.map(({ at, kind, origin, reason, result, skillId }) => [
    new Date(at).toISOString(),
    skillId ?? '',
    kind,
    origin,
    reason,
    result,
  ]);
  return toCsv([['at', 'skill', 'kind', 'origin', 'reason', 'result'], ...rows]);
}
