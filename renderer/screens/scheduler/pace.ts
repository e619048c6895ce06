import type { ScheduledTask, TaskRun } from '../../../shared/model/schedule.ts';

/** Fewer runs say nothing about how long one takes. */
const LEAST_RUNS = 5;
const SHARE = 0.95;

/**
 * How long nineteen of twenty runs of a task take at most, ms, when that is longer than the time until the next one:
 * then its runs cannot keep their pace. Null when they can, or when too little is known.
 */
export function tooLongMs(task: ScheduledTask, runs: readonly TaskRun[]): number | null {
  if (task.schedule.kind !== 'interval') return null;
  const durations = runs
    .filter(({ outcome }) => outcome !== 'skipped')
    .map(({ durationMs }) => durationMs)
    .sort((a, b) => a - b);
  if (durations.length < LEAST_RUNS) return null;
  const slow = durations[Math.ceil(durations.length * SHARE) - 1] ?? 0;
  return slow > task.schedule.secs * 1000 ? slow : null;
}
