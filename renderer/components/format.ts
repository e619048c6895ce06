const number = new Intl.NumberFormat('en');
const oneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const plurals = new Intl.PluralRules('en');

let utc = false;

/** Which clock points in time are written by from now on: the setting `general.clock`. */
export function setClock(clock: 'local' | 'utc'): void {
  utc = clock === 'utc';
}

export function isUtcClock(): boolean {
  return utc;
}

/** Writes points in time, epoch ms, by whichever clock is set at that moment. */
export function clockWriter(options: Intl.DateTimeFormatOptions): (at: number) => string {
  const local = new Intl.DateTimeFormat('en-GB', options);
  const inUtc = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  return (at) => (utc ? inUtc : local).format(at);
}

const clock = clockWriter({ hour: '2-digit', minute: '2-digit' });
const clockSeconds = clockWriter({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = clockWriter({ day: 'numeric', month: 'short' });
const dayYear = clockWriter({ day: 'numeric', month: 'short', year: 'numeric' });
const year = clockWriter({ year: 'numeric' });
const exact = clockWriter({ dateStyle: 'full', timeStyle: 'long' });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function formatCount(count: number): string {
  return number.format(count);
}

/** `1 skill`, `12 skills`. */
export function plural(count: number, one: string, many: string): string {
  return `${number.format(count)} ${plurals.select(count) === 'one' ? one : many}`;
}

/** A duration in ms as people say it, at most two units: `41 ms`, `12 s`, `4 min 48 s`, `14 min`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < 10 * MINUTE) return twoUnits(ms, MINUTE, 'min', SECOND, 's');
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return twoUnits(ms, HOUR, 'h', MINUTE, 'min');
  return twoUnits(ms, DAY, 'd', HOUR, 'h');
}

function twoUnits(ms: number, big: number, bigName: string, small: number, smallName: string): string {
  const bigs = Math.floor(ms / big);
  const smalls = Math.floor((ms % big) / small);
  return smalls === 0 ? `${bigs} ${bigName}` : `${bigs} ${bigName} ${smalls} ${smallName}`;
}

/** A measured latency in ms: `2.3 ms`, `41 ms`, `1.9 s`. */
export function formatLatency(ms: number): string {
  if (ms < 10) return `${oneDecimal.format(ms)} ms`;
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  return ms < 10 * SECOND ? `${oneDecimal.format(ms / SECOND)} s` : `${Math.round(ms / SECOND)} s`;
}

/** Two latencies in one unit: `41 / 96 ms`, `1.9 / 5.4 s`. A dash when there is none. */
export function formatLatencyPair(first: number | null, second: number | null): string {
  if (first === null || second === null) return '–';
  const seconds = second >= SECOND;
  const part = (ms: number) => {
    if (seconds) return oneDecimal.format(ms / SECOND);
    return ms < 10 ? oneDecimal.format(ms) : String(Math.round(ms));
  };
  return `${part(first)} / ${part(second)} ${seconds ? 's' : 'ms'}`;
}

/** A share 0 to 1 in percent, without the sign, rounded down so that only a whole 1 reads `100`. A dash for null. */
export function formatPercent(share: number | null): string {
  if (share === null) return '–';
  return oneDecimal.format(Math.floor(share * 1000 + 1e-9) / 10);
}

/** `just now`, `12 s ago`, `3 min ago`, `2 h ago`, `3 Nov`. */
export function formatAgo(at: number, now: number): string {
  const ms = now - at;
  if (ms < 2 * SECOND) return 'just now';
  if (ms < 7 * DAY) return `${oneUnit(ms)} ago`;
  return formatDay(at, now);
}

/** For so long a host that was heard counts as there, ms (electron/core/fleet/host-list.ts). */
const HEARD_MS = 15 * SECOND;

/**
 * When a host was last heard: `just now`, then as `formatAgo`. Hosts speak every few seconds; to count these in every row
 * would draw all rows each second, and tell nobody anything.
 */
export function formatHeard(at: number, now: number): string {
  return now - at < HEARD_MS ? 'just now' : formatAgo(at, now);
}

/** `now`, `in 6 s`, `in 4 min 48 s`. */
export function formatIn(at: number, now: number): string {
  const ms = at - now;
  return ms < SECOND ? 'now' : `in ${formatDuration(ms)}`;
}

function oneUnit(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}

/** How long something has lasted, one unit: `3 min`, `19 h`. */
export function formatSince(at: number, now: number): string {
  return oneUnit(Math.max(0, now - at));
}

/** Time of day: `14:05`; with the day when it is not today's. */
export function formatClock(at: number, now: number): string {
  const time = clock(at);
  return sameDay(at, now) ? time : `${formatDay(at, now)} ${time}`;
}

/** Time with seconds: `14:05:11`. */
export function formatClockSeconds(at: number): string {
  return clockSeconds(at);
}

/** `3 Nov`, with the year when it is not this one. */
export function formatDay(at: number, now: number): string {
  return year(at) === year(now) ? day(at) : dayYear(at);
}

/** Day, date, time, seconds and zone: what a tooltip shows. */
export function formatExact(at: number): string {
  return exact(at);
}

/** Whether two moments are on one day of the clock that is set. */
export function sameDay(a: number, b: number): boolean {
  return dayYear(a) === dayYear(b);
}

/** Bytes in binary steps: `512 B`, `74 MB`, `1.2 GB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 10 && unit > 0 ? oneDecimal.format(value) : Math.round(value)} ${units[unit]}`;
}
