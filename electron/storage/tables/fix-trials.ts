import {
  type FixProposal,
  type FixTrial,
  fixProposalSchema,
  fixTrialSchema,
} from '../../../shared/model/fix.ts';
import type { Connection, Row } from '../database.ts';
import { clipped, fitting, jsonOf, readable } from './columns.ts';

const trialBody = fixTrialSchema.omit({ id: true, fixId: true, skillId: true, appliedAt: true, state: true });
const proposalBody = fixProposalSchema.pick({ error: true, suggestion: true });

export function insertTrial(db: Connection, trial: Omit<FixTrial, 'id'>): FixTrial {
  const { lastId: id } = db.run(
    'INSERT INTO fix_trials (fix_id, skill_id, applied_at, state, body) VALUES (?, ?, ?, ?, ?)',
    ...[trial.fixId, trial.skillId, trial.appliedAt, trial.state, JSON.stringify(trialBody.parse(trial))],
  );
  return { ...trial, id };
}

/** Writes the whole trial under its id, also where that row is not there: it may live in another database. */
export function putTrial(db: Connection, trial: FixTrial): void {
  db.run(
    'INSERT OR REPLACE INTO fix_trials (id, fix_id, skill_id, applied_at, state, body) VALUES (?, ?, ?, ?, ?, ?)',
    ...[trial.id, trial.fixId, trial.skillId, trial.appliedAt, trial.state],
    JSON.stringify(trialBody.parse(trial)),
  );
}

/** Every trial there is, oldest first. */
export function allTrials(db: Connection): FixTrial[] {
  return readable(db.all('SELECT * FROM fix_trials ORDER BY id'), (row) =>
    fitting(fixTrialSchema, {
      ...jsonOf(row, 'body', trialBody),
      id: row.id,
      fixId: row.fix_id,
      skillId: row.skill_id,
      appliedAt: row.applied_at,
      state: row.state,
    }),
  );
}

export function insertProposal(db: Connection, proposal: Omit<FixProposal, 'id'>): FixProposal {
  const { incidentId, skillId, at, state } = proposal;
  const error = clipped(proposal.error);
  const body = JSON.stringify({ error, suggestion: proposal.suggestion });
  const { lastId: id } = db.run(
    'INSERT OR REPLACE INTO fix_proposals (incident_id, skill_id, at, state, body) VALUES (?, ?, ?, ?, ?)',
    ...[incidentId, skillId, at, state, body],
  );
  return { ...proposal, error, id };
}

export function putProposal(db: Connection, proposal: FixProposal): void {
  const { id, incidentId, skillId, at, state, error, suggestion } = proposal;
  db.run(
    'INSERT OR REPLACE INTO fix_proposals (id, incident_id, skill_id, at, state, body) VALUES (?, ?, ?, ?, ?, ?)',
    ...[id, incidentId, skillId, at, state, JSON.stringify({ error, suggestion })],
  );
}

/** Every proposal there is, oldest first. */
export function allProposals(db: Connection): FixProposal[] {
  return readable(db.all('SELECT * FROM fix_proposals ORDER BY id'), (row) =>
    fitting(fixProposalSchema, {
      ...jsonOf(row, 'body', proposalBody),
      id: row.id,
      incidentId: row.incident_id,
      skillId: row.skill_id,
      at: row.at,
      state: row.state,
    }),
  );
}

/** What is remembered of a skill in trouble, so that a killed host still knows what people did: JSON of its maker. */
export interface TroubledRow {
  readonly incidentId: number;
  readonly skillId: string;
  readonly body: string;
}

export function putTroubled(db: Connection, { incidentId, skillId, body }: TroubledRow): void {
  db.run(
    'INSERT OR REPLACE INTO troubled (incident_id, skill_id, body) VALUES (?, ?, ?)',
    ...[incidentId, skillId, body],
  );
}

export function deleteTroubled(db: Connection, incidentId: number): void {
  db.run('DELETE FROM troubled WHERE incident_id = ?', incidentId);
}

export function allTroubled(db: Connection): TroubledRow[] {
  return db.all('SELECT * FROM troubled ORDER BY incident_id').map((row: Row) => ({
    incidentId: Number(row.incident_id),
    skillId: String(row.skill_id),
    body: String(row.body),
  }));
}
