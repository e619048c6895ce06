import {
  type Action,
  type ActionKind,
  type ActionOrigin,
  actionKindSchema,
  actionOriginSchema,
} from '../../../shared/model/action.ts';
import type { HistoryMark } from '../../../shared/model/history.ts';
import type { Connection, Row } from '../database.ts';
import { clipped, fitting, numberOf, readable, textOf } from './columns.ts';
import { conditionsOf } from './conditions.ts';

/** The most marks one chart gets, the newest ones: a crash loop would otherwise paint over it. */
const MAX_MARKS = 500;

export function insertAction(db: Connection, action: Omit<Action, 'id'>): Action {
  const { at, kind, skillId, origin } = action;
  const reason = clipped(action.reason);
  const result = clipped(action.result);
  const { lastId: id } = db.run(
    'INSERT INTO actions (at, kind, skill_id, origin, reason, result) VALUES (?, ?, ?, ?, ?, ?)',
    ...[at, kind, skillId, origin, reason, result],
  );
  return { id, at, kind, skillId, origin, reason, result };
}

/** Which actions a list is of; what is absent does not restrict it. */
export interface ActionFilter {
  readonly skillId?: string | undefined;
  readonly origin?: ActionOrigin | undefined;
  readonly kinds?: readonly ActionKind[] | undefined;
}

/** Actions older than `before` (epoch ms), newest first. */
export function listActions(db: Connection, filter: ActionFilter, before: number, limit: number): Action[] {
  const { sql, values } = conditionsOf({
    skill_id: filter.skillId,
    origin: filter.origin,
    kind: filter.kinds,
  });
  const rows = db.all(
    `SELECT * FROM actions WHERE at < ?${sql} ORDER BY at DESC, id DESC LIMIT ?`,
    ...[before, ...values, limit],
  );
  return readable(rows, readAction);
}

/** What happened to one skill, or to the whole host, in `[from, to]`, oldest first. Messages to people and settings are no marks on a chart. */
export function listMarks(db: Connection, skillId: string, from: number, to: number): HistoryMark[] {
  const rows = db.all(
    `SELECT at, kind, reason, id FROM actions
     WHERE skill_id = ? AND at BETWEEN ? AND ? AND kind NOT IN ('notifyUser', 'changeConfig')
     UNION ALL SELECT at, kind, reason, id FROM actions
     WHERE skill_id IS NULL AND at BETWEEN ? AND ? AND kind IN ('hostAsleep', 'hostAwake')
     ORDER BY at DESC, id DESC LIMIT ${MAX_MARKS}`,
    ...[skillId, from, to, from, to],
  );
  return readable(rows, (row) => ({
    at: numberOf(row, 'at'),
    kind: fitting(actionKindSchema, row.kind),
    reason: textOf(row, 'reason'),
  })).reverse();
}

function readAction(row: Row): Action {
  return {
    id: numberOf(row, 'id'),
    at: numberOf(row, 'at'),
    kind: fitting(actionKindSchema, row.kind),
    skillId: row.skill_id === null ? null : textOf(row, 'skill_id'),
    origin: fitting(actionOriginSchema, row.origin),
    reason: textOf(row, 'reason'),
    result: textOf(row, 'result'),
  };
}
