import { clockWriter, isUtcClock } from '../components/format.ts';
import type { TimeWindow } from '../state/ranges.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps of a time axis, ms, each with the way it is walked: whole local hours and days survive a clock change. */
const STEPS = [
  ...[0.25, 0.5, 1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 4, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 3, 5, 7, 14, 30, 90].map((days) => days * DAY),
];

/**
 * Round times, by the clock that is set, inside a window, epoch ms, rising, at most `most` of them. Hours count from local midnight and
 * days from the calendar, so labels stay where they are while the window moves on.
 */
export function timeTicks(window: TimeWindow, most: number): readonly number[] {
  const span = window.to - window.from;
  for (const step of STEPS) {
    if (span / step > most + 1) continue;
    const ticks = ticksOf(window, step);
    if (ticks.length <= most) return ticks;
  }
  return [];
}

function ticksOf(window: TimeWindow, step: number): number[] {
  const ticks: number[] = [];
  for (let day = midnightOf(window.from); day <= window.to; day = nextDay(day)) {
    if (step >= DAY) {
      if (calendarDay(day) % (step / DAY) === 0 && day >= window.from) ticks.push(day);
      continue;
    }
    const end = nextDay(day);
    for (let slot = 0; slot * step < DAY; slot++) {
      const at = step >= HOUR ? localHour(day, (slot * step) / HOUR) : day + slot * step;
      if (at >= end) break;
      if (at >= window.from && at <= window.to) ticks.push(at);
    }
  }
  return ticks;
}

function midnightOf(at: number): number {
  return isUtcClock() ? Math.floor(at / DAY) * DAY : new Date(at).setHours(0, 0, 0, 0);
}

function nextDay(midnight: number): number {
  if (isUtcClock()) return midnight + DAY;
  const day = new Date(midnight);
  return day.setDate(day.getDate() + 1);
}

function localHour(midnight: number, hour: number): number {
  return isUtcClock() ? midnight + hour * HOUR : new Date(midnight).setHours(hour, 0, 0, 0);
}

/** Days since 1 January 1970 in the calendar of the clock that is set. */
function calendarDay(midnight: number): number {
  if (isUtcClock()) return midnight / DAY;
  const day = new Date(midnight);
  return Date.UTC(day.getFullYear(), day.getMonth(), day.getDate()) / DAY;
}

const clock = clockWriter({ hour: '2-digit', minute: '2-digit' });
const clockWithSecs = clockWriter({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const date = clockWriter({ day: 'numeric', month: 'short' });
const weekday = clockWriter({ weekday: 'short', day: 'numeric' });

/** The label of one tick: a clock time inside a day, a date on midnight and on longer windows. */
export function tickLabel(at: number, window: TimeWindow): string {
  const span = window.to - window.from;
  const midnight = midnightOf(at) === at;
  if (midnight && span > 12 * HOUR) return span > 10 * DAY ? date(at) : weekday(at);
  return at % MINUTE === 0 ? clock(at) : clockWithSecs(at);
}

/** Round values from 0 up to at least `top`, about `count` steps: what a value axis is labelled with. */
export function valueTicks(top: number, count: number): readonly number[] {
  const rough = top / count;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((unit) => unit * magnitude).find((unit) => unit >= rough) ?? rough;
  const ticks: number[] = [];
  for (let index = 0; ; index++) {
    const value = Number((index * step).toPrecision(12));
    ticks.push(value);
    if (value >= top) return ticks;
  }
}
