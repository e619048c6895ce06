import { type Notice, noticeSchema } from '../../../shared/model/action.ts';
import type { Connection, SqlValue } from '../database.ts';
import { clipped, fitting, jsonOf, readable } from './columns.ts';

const columns = 'at, level, title, body, skill_id, proposal_id, extra';

/** What stands in the JSON column: members that are only ever read together with their row. */
const extraSchema = noticeSchema.pick({ key: true, incidentId: true, silent: true, skillIds: true });

export function insertNotice(db: Connection, notice: Omit<Notice, 'id'>): Notice {
  const kept = { ...notice, title: clipped(notice.title), body: clipped(notice.body) };
  const { lastId: id } = db.run(
    `INSERT INTO notices (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ...valuesOf(kept),
  );
  return { ...kept, id };
}

/** Writes the whole notice under its id, also where that row is not there: it may live in another database. */
export function putNotice(db: Connection, notice: Notice): Notice {
  const kept = { ...notice, title: clipped(notice.title), body: clipped(notice.body) };
  db.run(
    `INSERT OR REPLACE INTO notices (id, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[kept.id, ...valuesOf(kept)],
  );
  return kept;
}

/** The newest notices, newest first. */
export function listNotices(db: Connection, limit: number): Notice[] {
  const rows = db.all('SELECT * FROM notices ORDER BY id DESC LIMIT ?', limit);
  return readable(rows, (row) =>
    fitting(noticeSchema, {
      ...row,
      skillId: row.skill_id,
      ...(row.proposal_id === null ? {} : { proposalId: row.proposal_id }),
      ...jsonOf(row, 'extra', extraSchema),
    }),
  );
}

function valuesOf(notice: Omit<Notice, 'id'>): SqlValue[] {
  const { at, level, title, body, skillId, proposalId } = notice;
  return [at, level, title, body, skillId, proposalId ?? null, JSON.stringify(extraSchema.parse(notice))];
}
