import { formatClock, formatClockSeconds, formatDay, sameDay } from '../components/format.ts';

const MINUTE = 60_000;

/**
 * Two moments as one stretch, the day said once and only when it is not today's: `14:00 – 14:05`,
 * `22 Nov 23:55 – 23 Nov 00:00`, with seconds when it is shorter than a minute. All epoch ms.
 */
export function stretchText(from: number, to: number, now: number): string {
  if (to - from >= MINUTE) return `${formatClock(from, now)} – ${formatClock(to, from)}`;
  return `${clockText(from, now)} – ${formatClockSeconds(to)}`;
}

/** A moment to the second: `14:05:11`, with the day when it is not today's. Both epoch ms. */
export function clockText(at: number, now: number): string {
  const time = formatClockSeconds(at);
  return sameDay(at, now) ? time : `${formatDay(at, now)} ${time}`;
}
