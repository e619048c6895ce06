import type { ScheduledTask, TaskRunOutcome } from '../../../shared/model/schedule.ts';
import type { DisplayState } from '../../components/display-state.ts';

export interface TaskState extends DisplayState {
  /** A sentence that says more than the word, null where the word says it all. */
  readonly detail: string | null;
}

/** How a task stands, by shape and word. A task paused by its own failures says so: nobody paused it. */
export function taskState(task: ScheduledTask): TaskState {
  const { enabled, failureStreak, lastError, maxFailureStreakBeforePause, running } = task;
  if (running) return { state: 'busy', word: 'Running', detail: null };
  if (!enabled) {
    return failureStreak >= maxFailureStreakBeforePause
      ? {
          state: 'bad',
          word: 'Paused',
          detail: `after ${failureStreak} failed runs in a row${said(lastError)}. Enabling it starts the count again.`,
        }
      : { state: 'off', word: 'Paused', detail: null };
  }
  if (failureStreak > 0) {
    return {
      state: 'warn',
      word: 'Failing',
      detail: `${failureStreak} of ${maxFailureStreakBeforePause} failed runs in a row${said(lastError)}`,
    };
  }
  return { state: 'ok', word: 'On schedule', detail: null };
}

const outcomes: Readonly<Record<TaskRunOutcome, DisplayState>> = {
  success: { state: 'ok', word: 'Done' },
  error: { state: 'bad', word: 'Failed' },
  skipped: { state: 'off', word: 'Skipped' },
};

export function outcomeState(outcome: TaskRunOutcome): DisplayState {
  return outcomes[outcome];
}

function said(lastError: string | null): string {
  return lastError === null ? '' : `: ${lastError}`;
}
