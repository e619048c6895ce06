import { type Incident, incidentSchema } from '../../../shared/model/action.ts';
import type { Connection, Row, SqlValue } from '../database.ts';
import { clipped, fitting, readable } from './columns.ts';

const columns =
  'skill_id, signature, error, state, started_at, last_seen_at, ended_at, failures, note, muted_until, quarantined, ' +
  'regressed_fix_id';

export function insertIncident(db: Connection, incident: Omit<Incident, 'id'>): Incident {
  const { lastId: id } = db.run(
    `INSERT INTO incidents (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...valuesOf(incident),
  );
  return { ...incident, id };
}

/** Writes the whole incident under its id, also where that row is not there: it may live in another database. */
export function putIncident(db: Connection, incident: Incident): void {
  db.run(
    `INSERT OR REPLACE INTO incidents (id, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[incident.id, ...valuesOf(incident)],
  );
}

/** Incidents that have not ended, newest first; of one skill when `skillId` is given. */
export function openIncidents(db: Connection, skillId?: string): Incident[] {
  const rows =
    skillId === undefined
      ? db.all('SELECT * FROM incidents WHERE ended_at IS NULL ORDER BY started_at DESC, id DESC')
      : db.all(
          'SELECT * FROM incidents WHERE ended_at IS NULL AND skill_id = ? ORDER BY started_at DESC, id DESC',
          skillId,
        );
  return readable(rows, readIncident);
}

/** Incidents that began before `before` (epoch ms), newest first; of one skill when `skillId` is given. */
export function listIncidents(
  db: Connection,
  skillId: string | undefined,
  before: number,
  limit: number,
): Incident[] {
  const rows =
    skillId === undefined
      ? db.all(
          'SELECT * FROM incidents WHERE started_at < ? ORDER BY started_at DESC, id DESC LIMIT ?',
          before,
          limit,
        )
      : db.all(
          `SELECT * FROM incidents WHERE skill_id = ? AND started_at < ?
           ORDER BY started_at DESC, id DESC LIMIT ?`,
          ...[skillId, before, limit],
        );
  return readable(rows, readIncident);
}

function valuesOf(incident: Omit<Incident, 'id'>): SqlValue[] {
  return [
    incident.skillId,
    clipped(incident.signature),
    clipped(incident.error),
    incident.state,
    incident.startedAt,
    incident.lastSeenAt,
    incident.endedAt,
    incident.failures,
    incident.note,
    incident.mutedUntil,
    incident.quarantined ? 1 : 0,
    incident.regressedFixId ?? null,
  ];
}

function readIncident(row: Row): Incident {
  return fitting(incidentSchema, {
    id: row.id,
    skillId: row.skill_id,
    signature: row.signature,
    error: row.error,
    state: row.state,
    startedAt: row.started_at,
    lastSeenAt: row.last_seen_at,
    endedAt: row.ended_at,
    failures: row.failures,
    note: row.note,
    mutedUntil: row.muted_until,
    quarantined: row.quarantined === 1,
    ...(row.regressed_fix_id === null ? {} : { regressedFixId: row.regressed_fix_id }),
  });
}
