import {
  type ScheduledTask,
  scheduledTaskSchema,
  type TaskRun,
  taskRunSchema,
} from '../../../shared/model/schedule.ts';
import type { Connection } from '../database.ts';
import { clipped, fitting, jsonOf, readable } from './columns.ts';

/** Every task, by id. `running` is never true: nothing survives the host that ran it. */
export function allTasks(db: Connection): ScheduledTask[] {
  return readable(db.all('SELECT body FROM tasks ORDER BY id'), (row) => ({
    ...jsonOf(row, 'body', scheduledTaskSchema),
    running: false,
  }));
}

export function putTask(db: Connection, task: ScheduledTask): void {
  db.run('INSERT OR REPLACE INTO tasks (id, body) VALUES (?, ?)', task.id, JSON.stringify(task));
}

/** Forgets a task; the history of its runs stays until retention takes it. */
export function deleteTask(db: Connection, id: string): void {
  db.run('DELETE FROM tasks WHERE id = ?', id);
}

/** What a person decided about a task, as opposed to how its runs went: the part that must outlive a power cut. */
export function taskDecisions(task: ScheduledTask): string {
  const { id, name, schedule, kind, invoke, enabled } = task;
  const { maxRetries, retryBackoffSecs, maxFailureStreakBeforePause, softTimeoutSecs } = task;
  const limits = [maxRetries, retryBackoffSecs, maxFailureStreakBeforePause, softTimeoutSecs];
  return JSON.stringify([id, name, schedule, kind, invoke, enabled, limits]);
}

export function insertTaskRun(db: Connection, run: TaskRun): void {
  db.run(
    `INSERT INTO task_runs (task_id, started_at, duration_ms, outcome, soft_timeout, summary, late_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ...[run.taskId, run.startedAt, run.durationMs, run.outcome],
    ...[run.softTimeout ? 1 : 0, clipped(run.summary), run.lateByMs ?? null],
  );
}

/** Runs that began before `before` (epoch ms), newest first; of one task when `taskId` is given. */
export function listTaskRuns(
  db: Connection,
  taskId: string | undefined,
  before: number,
  limit: number,
): TaskRun[] {
  const rows =
    taskId === undefined
      ? db.all(
          'SELECT * FROM task_runs WHERE started_at < ? ORDER BY started_at DESC, id DESC LIMIT ?',
          before,
          limit,
        )
      : db.all(
          `SELECT * FROM task_runs WHERE task_id = ? AND started_at < ?
           ORDER BY started_at DESC, id DESC LIMIT ?`,
          ...[taskId, before, limit],
        );
  return readable(rows, (row) =>
    fitting(taskRunSchema, {
      taskId: row.task_id,
      startedAt: row.started_at,
      durationMs: row.duration_ms,
      outcome: row.outcome,
      softTimeout: row.soft_timeout === 1,
      summary: row.summary,
      ...(row.late_ms === null ? {} : { lateByMs: row.late_ms }),
    }),
  );
}
