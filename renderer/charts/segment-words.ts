import { formatDuration, formatPercent, plural } from '../components/format.ts';
import type { Segment, SegmentState } from './segments.ts';
import { stretchText } from './stretch-text.ts';

/** What each state of the timeline is called. */
export const SEGMENT_WORDS: Readonly<Record<SegmentState, string>> = {
  ok: 'Healthy',
  warn: 'Degraded',
  bad: 'Failing',
  quar: 'Quarantined',
  off: 'Paused',
  asleep: 'Asleep',
  none: 'No data',
};

/** One stretch in words: `Failing, 14:02 – 14:05, 3 min`. */
export function segmentWords(segment: Segment, now: number): string {
  const { from, to, state } = segment;
  return `${SEGMENT_WORDS[state]}, ${stretchText(from, to, now)}, ${formatDuration(to - from)}`;
}

/** How the time divides among the states: `healthy 96.2 %, failing 3.8 %`. States that did not occur are left out. */
export function statesSummary(segments: readonly Segment[]): string {
  const sums = new Map<SegmentState, number>();
  let total = 0;
  for (const { from, to, state } of segments) {
    sums.set(state, (sums.get(state) ?? 0) + to - from);
    total += to - from;
  }
  return [...sums]
    .sort(([, one], [, other]) => other - one)
    .map(([state, ms]) => `${SEGMENT_WORDS[state].toLowerCase()} ${formatPercent(ms / total)} %`)
    .join(', ');
}

/**
 * How long the skill was not well, for the sentence above the chart: `Failing for 14 min in 2 stretches.`
 * Empty when it never was. Quarantine counts apart: nobody asked it anything then.
 */
export function troubleSentence(segments: readonly Segment[]): string {
  return [lasted('Failing', segments, 'bad'), lasted('Quarantined', segments, 'quar')]
    .filter((part) => part !== '')
    .join(' ');
}

function lasted(word: string, segments: readonly Segment[], state: SegmentState): string {
  const of = segments.filter((segment) => segment.state === state);
  if (of.length === 0) return '';
  const ms = of.reduce((sum, { from, to }) => sum + to - from, 0);
  return `${word} for ${formatDuration(ms)}${of.length === 1 ? '' : ` in ${plural(of.length, 'stretch', 'stretches')}`}.`;
}
