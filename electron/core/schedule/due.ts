import type { Schedule, Weekday } from '../../../shared/model/schedule.ts';

/**
 * The first moment of a cron expression strictly after `afterMs` (both epoch ms), or null when there is none. It may
 * throw for an expression that cannot be read: adding or changing a task then throws too, before anything is changed.
 */
export type CronNext = (expression: string, afterMs: number) => number | null;

const weekdays: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** Two weeks hold at least one slot of every weekly schedule; two more for slots that fall into a clock change. */
const SEARCH_DAYS = 28;

/**
 * When a schedule is next due, strictly after `afterMs` (epoch ms); null when never (DESIGN.md §8). Hours and minutes
 * are local time: a slot inside a clock-change gap is skipped, of an hour that happens twice the first counts.
 */
export function nextRunAfter(schedule: Schedule, afterMs: number, cronNext: CronNext): number | null {
  switch (schedule.kind) {
    case 'interval':
      return afterMs + Math.max(1, Math.round(schedule.secs * 1000));
    case 'daily':
      return nextLocalSlot(schedule, () => true, afterMs);
    case 'weekly':
      return nextLocalSlot(schedule, (weekday) => schedule.days.includes(weekday), afterMs);
    case 'cron': {
      const next = cronNext(schedule.expression, afterMs);
      return next !== null && next > afterMs ? next : null;
    }
  }
}

/** The first `count` runs of a schedule after `afterMs`, epoch ms; fewer when it ends. */
export function upcomingRuns(
  schedule: Schedule,
  afterMs: number,
  count: number,
  cronNext: CronNext,
): readonly number[] {
  const runs: number[] = [];
  let next = nextRunAfter(schedule, afterMs, cronNext);
  while (next !== null && runs.length < count) {
    runs.push(next);
    next = nextRunAfter(schedule, next, cronNext);
  }
  return runs;
}

function nextLocalSlot(
  time: { readonly hour: number; readonly minute: number },
  isWanted: (weekday: Weekday) => boolean,
  afterMs: number,
): number | null {
  const from = new Date(afterMs);
  // From the day before: where the date line moved, the local date can go back.
  for (let ahead = -1; ahead <= SEARCH_DAYS; ahead += 1) {
    const day = calendarDay(from.getFullYear(), from.getMonth(), from.getDate() + ahead);
    if (!isWanted(day.weekday)) continue;
    const slot = new Date(day.year, day.month, day.date, time.hour, time.minute);
    if (slot.getTime() > afterMs && saysSo(slot, day.date, time)) return slot.getTime();
  }
  return null;
}

/** A day of the calendar without any time zone in it. */
function calendarDay(year: number, month: number, date: number) {
  const day = new Date(Date.UTC(year, month, date));
  return {
    year: day.getUTCFullYear(),
    month: day.getUTCMonth(),
    date: day.getUTCDate(),
    weekday: weekdays[day.getUTCDay()] ?? 'sun',
  };
}

/** False for a moment that the local clock skipped: `Date` then lands on another one. */
function saysSo(slot: Date, date: number, time: { readonly hour: number; readonly minute: number }): boolean {
  return slot.getDate() === date && slot.getHours() === time.hour && slot.getMinutes() === time.minute;
}
