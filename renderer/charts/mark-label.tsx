import classes from './latency-chart.module.css';
import type { MarkGroup } from './marks.ts';

/** Nearer than this to an edge of the drawing, px, a centred word would be cut off. */
const EDGE_PX = 44;

export interface MarkLabelProps {
  readonly mark: MarkGroup;
  /** Of the drawing, px. */
  readonly width: number;
  /** Given by the chart: where the line stands. */
  readonly viewBox?: { readonly x?: number; readonly y?: number };
}

/** The word above a mark's line, turned inwards at the edges. */
export function MarkLabel({ mark, width, viewBox }: MarkLabelProps) {
  const x = viewBox?.x ?? 0;
  const anchor = x < EDGE_PX ? 'start' : x > width - EDGE_PX ? 'end' : 'middle';
  return (
    <text
      className={`${classes.markLabel} ${classes[mark.kind]}`}
      x={x}
      y={(viewBox?.y ?? 0) - 7}
      textAnchor={anchor}
    >
      {mark.label}
    </text>
  );
}
