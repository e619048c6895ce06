import type { Connection } from '../database.ts';
import { numberOf, readable, textOf } from './columns.ts';

/**
 * A process that was started and has not been seen to end: pid + start time + run id tell it from a stranger with a
 * reused pid. `startTicks` is the kernel's own start time where it has one; `startedAt` is epoch ms.
 */
export interface RunRecord {
  readonly skillId: string;
  readonly pid: number;
  readonly startTicks: string | null;
  readonly runId: string;
  readonly startedAt: number;
}

export function putRun(db: Connection, run: RunRecord): void {
  db.run(
    'INSERT OR REPLACE INTO runs (skill_id, run_id, pid, start_ticks, started_at) VALUES (?, ?, ?, ?, ?)',
    ...[run.skillId, run.runId, run.pid, run.startTicks, run.startedAt],
  );
}

export function deleteRun(db: Connection, skillId: string, runId: string): void {
  db.run('DELETE FROM runs WHERE skill_id = ? AND run_id = ?', skillId, runId);
}

export function allRuns(db: Connection): RunRecord[] {
  return readable(db.all('SELECT * FROM runs ORDER BY started_at, skill_id'), (row) => ({
    skillId: textOf(row, 'skill_id'),
    pid: numberOf(row, 'pid'),
    startTicks: row.start_ticks === null ? null : textOf(row, 'start_ticks'),
    runId: textOf(row, 'run_id'),
    startedAt: numberOf(row, 'started_at'),
  }));
}
