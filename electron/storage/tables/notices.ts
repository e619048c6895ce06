import { type Notice, noticeSchema } from '../../../shared/model/action.ts';
import type { Connection } from '../database.ts';
import { clipped, fitting, readable } from './columns.ts';

export function insertNotice(db: Connection, notice: Omit<Notice, 'id'>): Notice {
  const { at, level, skillId, proposalId } = notice;
  const title = clipped(notice.title);
  const body = clipped(notice.body);
  const { lastId: id } = db.run(
    'INSERT INTO notices (at, level, title, body, skill_id, proposal_id) VALUES (?, ?, ?, ?, ?, ?)',
    ...[at, level, title, body, skillId, proposalId ?? null],
  );
  return { ...notice, id, title, body };
}

/** The newest notices, newest first. */
export function listNotices(db: Connection, limit: number): Notice[] {
  const rows = db.all('SELECT * FROM notices ORDER BY id DESC LIMIT ?', limit);
  return readable(rows, (row) =>
    fitting(noticeSchema, {
      ...row,
      skillId: row.skill_id,
      ...(row.proposal_id === null ? {} : { proposalId: row.proposal_id }),
    }),
  );
}
