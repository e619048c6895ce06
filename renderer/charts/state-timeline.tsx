import { memo, useId } from 'react';
import type { TimeWindow } from '../state/ranges.ts';
import { laneBars } from './lane.ts';
import type { MarkGroup } from './marks.ts';
import { PLOT, plotWidth, TIMELINE_HEIGHT, xOf } from './plot.ts';
import { segmentWords } from './segment-words.ts';
import type { Segment, SegmentState } from './segments.ts';
import classes from './state-timeline.module.css';

/** Height is the second channel: what is well stays low, what is bad stands tall. Top and height, px. */
const BAR: Record<SegmentState, { readonly y: number; readonly height: number }> = {
  ok: { y: 9, height: 12 },
  warn: { y: 6, height: 18 },
  bad: { y: 3, height: 24 },
  quar: { y: 3, height: 24 },
  off: { y: 11, height: 8 },
  asleep: { y: 13, height: 4 },
  none: { y: 11, height: 8 },
};

export interface StateTimelineProps {
  readonly segments: readonly Segment[];
  readonly marks: readonly MarkGroup[];
  readonly window: TimeWindow;
  /** Of the whole drawing, px; the plot is inset as in the latency chart. */
  readonly width: number;
  /** One sentence for those who do not see it. */
  readonly label: string;
}

/** How the skill was over time, on the time axis of the latency chart above it. */
export const StateTimeline = memo(function StateTimeline(props: StateTimelineProps) {
  const { segments, marks, window, width, label } = props;
  const hatch = useId();
  const now = Date.now();
  return (
    <svg className={classes.lane} width={width} height={TIMELINE_HEIGHT} role="img" aria-label={label}>
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className={classes.hatchGround} width="5" height="5" />
          <rect className={classes.hatchLine} width="1.5" height="5" />
        </pattern>
        <clipPath id={`${hatch}-plot`}>
          <rect x={PLOT.left} y="0" width={plotWidth(width)} height={TIMELINE_HEIGHT} />
        </clipPath>
      </defs>
      <g clipPath={`url(#${hatch}-plot)`}>
        {laneBars(segments, window, width).map(({ x, width: wide, state, segment }) => (
          <rect
            key={`${segment.from}-${state}`}
            className={classes[state]}
            x={x}
            width={wide}
            {...BAR[state]}
            rx={Math.min(2.5, wide / 2)}
            {...(state === 'none' ? { fill: `url(#${hatch})` } : {})}
          >
            <title>{segmentWords(segment, now)}</title>
          </rect>
        ))}
        {marks.map(({ at, kind, marks: group }) => (
          <line
            key={`${at}-${kind}`}
            className={`${classes.mark} ${classes[kind]}`}
            x1={xOf(at, window, width)}
            x2={xOf(at, window, width)}
            y1={0}
            y2={TIMELINE_HEIGHT}
          >
            <title>{group.map((mark) => mark.reason).join('\n')}</title>
          </line>
        ))}
      </g>
    </svg>
  );
});
