import { SEGMENT_WORDS } from '../../charts/segment-words.ts';
import type { Segment, SegmentState } from '../../charts/segments.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import classes from './health-card.module.css';

const ORDER: readonly SegmentState[] = ['ok', 'warn', 'bad', 'quar', 'off', 'asleep', 'none'];

/** Shape, colour and word of every state the timeline shows now. */
export function HealthLegend({ segments }: { segments: readonly Segment[] }) {
  const present = new Set(segments.map((segment) => segment.state));
  return (
    <ul className={classes.states} aria-label="States in the timeline">
      {ORDER.filter((state) => present.has(state)).map((state) => (
        <li key={state}>
          {state === 'none' ? (
            <span className={classes.hatch} aria-hidden="true" />
          ) : (
            <StateIcon state={state} size={12} />
          )}
          {SEGMENT_WORDS[state]}
        </li>
      ))}
    </ul>
  );
}
