import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import type { TimeWindow } from '../state/ranges.ts';
import { atOf, PLOT, plotWidth } from './plot.ts';
import { panBy, zoomBy, zoomTo } from './range.ts';

/** A drag shorter than this, px, is a click: it zooms nothing. */
const MIN_DRAG_PX = 6;

export interface DragZoom {
  /** What is being selected, px from the left edge; null while nothing is. */
  readonly selection: { readonly left: number; readonly width: number } | null;
  readonly handlers: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(): void;
    onKeyDownCapture(event: KeyboardEvent<HTMLElement>): void;
  };
}

/**
 * Choosing a stretch of time by dragging over a chart, and with the keyboard: + and − look closer and step back,
 * Shift with the arrow keys moves along. Escape gives a drag up.
 *
 * @param latest epoch ms no zoom goes past
 */
export function useDragZoom(
  window: TimeWindow,
  width: number,
  latest: number,
  onZoom: (window: TimeWindow) => void,
): DragZoom {
  const [drag, setDrag] = useState<{ start: number; end: number } | null>(null);
  const inside = (event: PointerEvent<HTMLElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return Math.min(PLOT.left + plotWidth(width), Math.max(PLOT.left, x));
  };
  const far = drag !== null && Math.abs(drag.end - drag.start) >= MIN_DRAG_PX;
  return {
    selection: far ? { left: Math.min(drag.start, drag.end), width: Math.abs(drag.end - drag.start) } : null,
    handlers: {
      onPointerDown(event) {
        if (event.button !== 0 || !event.isPrimary) return;
        const x = inside(event);
        setDrag({ start: x, end: x });
      },
      onPointerMove(event) {
        if (drag === null) return;
        const end = inside(event);
        // Only a real drag takes the pointer, so that a click still reaches the chart.
        if (Math.abs(end - drag.start) >= MIN_DRAG_PX) event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ ...drag, end });
      },
      onPointerUp() {
        if (far) onZoom(zoomTo(atOf(drag.start, window, width), atOf(drag.end, window, width), latest));
        setDrag(null);
      },
      onPointerCancel: () => setDrag(null),
      onKeyDownCapture(event) {
        const next = zoomOfKey(event, window, latest);
        if (event.key === 'Escape' && drag !== null) setDrag(null);
        else if (next !== null) onZoom(next);
        else return;
        event.preventDefault();
        event.stopPropagation();
      },
    },
  };
}

function zoomOfKey(event: KeyboardEvent<HTMLElement>, window: TimeWindow, latest: number): TimeWindow | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  switch (event.key) {
    case '+':
    case '=':
      return zoomBy(window, 0.5, latest);
    case '-':
      return zoomBy(window, 2, latest);
    case 'ArrowLeft':
      return event.shiftKey ? panBy(window, -0.25, latest) : null;
    case 'ArrowRight':
      return event.shiftKey ? panBy(window, 0.25, latest) : null;
    default:
      return null;
  }
}
