import { type Incident, type IncidentState, incidentSchema } from '../../../shared/model/action.ts';
import type { Connection, Row, SqlValue } from '../database.ts';
import { clipped, fitting, jsonOf, readable } from './columns.ts';
import { conditionsOf } from './conditions.ts';

const columns =
  'skill_id, signature, error, state, started_at, last_seen_at, ended_at, failures, note, muted_until, quarantined, ' +
  'regressed_fix_id, extra';

/** What stands in the JSON column: members that are only ever read together with their row. */
const extraSchema = incidentSchema.pick({ acknowledged: true, ended: true, regressionOf: true });

/** Which incidents a list is of; what is absent does not restrict it. */
export interface IncidentFilter {
  readonly skillId?: string | undefined;
  readonly states?: readonly IncidentState[] | undefined;
  readonly signature?: string | undefined;
}

export function insertIncident(db: Connection, incident: Omit<Incident, 'id'>): Incident {
  const { lastId: id } = db.run(
    `INSERT INTO incidents (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...valuesOf(incident),
  );
  return { ...incident, id };
}

/** Writes the whole incident under its id, also where that row is not there: it may live in another database. */
export function putIncident(db: Connection, incident: Incident): void {
  db.run(
    `INSERT OR REPLACE INTO incidents (id, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[incident.id, ...valuesOf(incident)],
  );
}

/** Undefined where there is no such row, or none that can be read. */
export function findIncident(db: Connection, id: number): Incident | undefined {
  return readable(db.all('SELECT * FROM incidents WHERE id = ?', id), readIncident)[0];
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

/** Incidents that began before `before` (epoch ms), newest first. */
export function listIncidents(
  db: Connection,
  filter: IncidentFilter,
  before: number,
  limit: number,
): Incident[] {
  const { sql, values } = conditionsOf({
    skill_id: filter.skillId,
    state: filter.states,
    signature: filter.signature === undefined ? undefined : clipped(filter.signature),
  });
  const rows = db.all(
    `SELECT * FROM incidents WHERE started_at < ?${sql} ORDER BY started_at DESC, id DESC LIMIT ?`,
    ...[before, ...values, limit],
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
    JSON.stringify(extraSchema.parse(incident)),
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
    ...jsonOf(row, 'extra', extraSchema),
    ...(row.regressed_fix_id === null ? {} : { regressedFixId: row.regressed_fix_id }),
  });
}
