import type { TimeWindow } from '../state/ranges.ts';
import { xOf } from './plot.ts';
import type { Segment, SegmentState } from './segments.ts';

/** One bar of the state timeline, px. */
export interface LaneBar {
  readonly x: number;
  readonly width: number;
  readonly state: SegmentState;
  readonly segment: Segment;
}

/** The least width, px, of anything a person must not overlook. */
const MIN_BAD_PX = 3;
/** Air between neighbours, px. */
const AIR_PX = 1;

/**
 * Segments as bars. What is bad gets at least 3 px, taken from its neighbours' room, and is put on top:
 * bars come in drawing order, the worst last.
 */
export function laneBars(
  segments: readonly Segment[],
  window: TimeWindow,
  width: number,
): readonly LaneBar[] {
  const bars = segments.map((segment) => {
    const left = xOf(segment.from, window, width);
    const room = xOf(segment.to, window, width) - left;
    const least = isBad(segment.state) ? MIN_BAD_PX : 0;
    const wide = Math.max(room - AIR_PX, least, 0);
    // A bar wider than its stretch grows to both sides, but never out of the plot.
    const x = Math.max(xOf(window.from, window, width), left - Math.max(0, wide - room) / 2);
    return { x, width: wide, state: segment.state, segment };
  });
  return bars.filter((bar) => bar.width > 0).sort((one, other) => rank(one.state) - rank(other.state));
}

function isBad(state: SegmentState): boolean {
  return state === 'bad' || state === 'quar' || state === 'warn';
}

function rank(state: SegmentState): number {
  return ['none', 'asleep', 'off', 'ok', 'warn', 'quar', 'bad'].indexOf(state);
}
