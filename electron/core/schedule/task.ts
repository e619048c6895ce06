import type { Schedule, ScheduledTask } from '../../../shared/model/schedule.ts';

/** The task that asks every skill that is due (DESIGN.md §8). */
export const HEALTH_TASK_ID = 'skill_health_check';
export const HEALTH_TASK_NAME = 'Python Skill Health Checks';

/**
 * A task with the defaults of DESIGN.md §8: enabled, up to 3 retries 60 s × 2ⁿ apart, paused after 5 failures in a
 * row, a run over 300 s reported. With something to `invoke` it is a user's task, otherwise a builtin.
 */
export function scheduledTask(
  id: string,
  name: string,
  schedule: Schedule,
  extra: Partial<Omit<ScheduledTask, 'id' | 'name' | 'schedule'>> = {},
): ScheduledTask {
  return {
    kind: extra.invoke === undefined || extra.invoke === null ? 'builtin' : 'user',
    invoke: null,
    enabled: true,
    lastRunAt: null,
    nextRunAt: null,
    failureStreak: 0,
    maxRetries: 3,
    retryBackoffSecs: 60,
    maxFailureStreakBeforePause: 5,
    softTimeoutSecs: 300,
    lastError: null,
    running: false,
    ...extra,
    id,
    name,
    schedule,
  };
}

export type TaskErrorCode = 'exists' | 'not_found';

/** Why the task table refused an order. */
export class TaskError extends Error {
  override readonly name = 'TaskError';
  readonly code: TaskErrorCode;
  readonly taskId: string;

  constructor(code: TaskErrorCode, taskId: string) {
    super(code === 'exists' ? `There is already a task ${taskId}` : `There is no task ${taskId}`);
    this.code = code;
    this.taskId = taskId;
  }
}
