import type { Schedule, Weekday } from '../../../shared/model/schedule.ts';

const weekdayNames: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
const weekOrder: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const units = [
  { secs: 86_400, one: 'day', many: 'days' },
  { secs: 3600, one: 'hour', many: 'hours' },
  { secs: 60, one: 'minute', many: 'minutes' },
  { secs: 1, one: 'second', many: 'seconds' },
] as const;
const days = new Intl.ListFormat('en', { type: 'conjunction' });

/** A schedule as a person would say it. Times of day are local, on a 24-hour clock. */
export function scheduleInWords(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'interval':
      return `Every ${intervalInWords(schedule.secs)}`;
    case 'daily':
      return `Every day at ${timeOfDay(schedule)}`;
    case 'weekly':
      return `${daysInWords(schedule.days)} at ${timeOfDay(schedule)}`;
    case 'cron':
      return cronInWords(schedule.expression) ?? `Cron ${schedule.expression}`;
  }
}

/** The plain expressions as a person would say them; null for the others, which had better be shown as they are. */
function cronInWords(expression: string): string | null {
  const [minute = '', hour = '', date, month, day, ...more] = expression.trim().split(/\s+/);
  if (date !== '*' || month !== '*' || day === undefined || more.length > 0) return null;
  const every = /^\*\/([2-9]|[1-5]\d)$/.exec(minute)?.[1];
  if (hour === '*' && day === '*') {
    if (minute === '*') return 'Every minute';
    // Of an hour that it does not divide, the last stretch is shorter: then it is not "every".
    if (every !== undefined) return 60 % Number(every) === 0 ? `Every ${every} minutes` : null;
    return isNumber(minute, 59) ? `Every hour at :${minute.padStart(2, '0')}` : null;
  }
  if (!isNumber(minute, 59) || !isNumber(hour, 23)) return null;
  const at = `at ${timeOfDay({ hour: Number(hour), minute: Number(minute) })}`;
  if (day === '*') return `Every day ${at}`;
  if (day === '1-5') return `On weekdays ${at}`;
  if (!/^[0-6]$/.test(day)) return null;
  const name = weekOrder[(Number(day) + 6) % 7];
  return name === undefined ? null : `Every ${weekdayNames[name]} ${at}`;
}

function isNumber(text: string, most: number): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) <= most;
}

/** `5 minutes`, `hour`, `1 hour 30 minutes`: what follows "every". At most two units; fractions of a second stay. */
export function intervalInWords(secs: number): string {
  for (const [index, unit] of units.entries()) {
    const whole = Math.floor(secs / unit.secs);
    if (whole < 1) continue;
    const rest = secs - whole * unit.secs;
    if (unit.secs === 1) return secs === 1 ? 'second' : `${secs} seconds`;
    if (rest === 0) return whole === 1 ? unit.one : `${whole} ${unit.many}`;
    const smaller = units[index + 1] ?? unit;
    const parts = Math.round(rest / smaller.secs);
    if (parts * smaller.secs === rest) return `${count(whole, unit)} ${count(parts, smaller)}`;
    // Odd lengths read best in the largest unit that divides them.
    const exact = units.find((candidate) => secs % candidate.secs === 0);
    return exact === undefined ? `${secs} seconds` : count(secs / exact.secs, exact);
  }
  return `${secs} seconds`;
}

/** The same, short enough for a narrow column: `1 min 9 s`. */
export function shortInterval(secs: number): string {
  return intervalInWords(secs)
    .replace(/(\d) seconds?/, '$1 s')
    .replace(/(\d) minutes?/, '$1 min')
    .replace(/(\d) hours?/, '$1 h');
}

function count(amount: number, unit: (typeof units)[number]): string {
  return `${amount} ${amount === 1 ? unit.one : unit.many}`;
}

function daysInWords(chosen: readonly Weekday[]): string {
  const inOrder = weekOrder.filter((day) => chosen.includes(day));
  const key = inOrder.join(' ');
  if (inOrder.length === 7) return 'Every day';
  if (key === 'mon tue wed thu fri') return 'On weekdays';
  if (key === 'sat sun') return 'At weekends';
  return `Every ${days.format(inOrder.map((day) => weekdayNames[day]))}`;
}

function timeOfDay({ hour, minute }: { hour: number; minute: number }): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
