import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Up to this many rows all are drawn, so that the browser's own search finds them. */
const DRAW_ALL = 60;
/** Rows drawn beyond what can be seen: few in the first frames, which are to come soon, then enough to scroll into. */
const OVERSCAN = { first: 2, later: 12 } as const;
/** What a screen's head takes at least, px: rows beyond the window need not be in the first frame. */
const LEAST_ABOVE = 140;
/** Long enough for the first frame to be on the screen, too short for a hand to reach the wheel, ms. */
const LATER_MS = 150;

export interface VisibleRows {
  readonly ids: readonly string[];
  /** Index of the first drawn row. */
  readonly first: number;
  /** Space in px that stands for the rows above and below. */
  readonly above: number;
  readonly below: number;
  readonly scrollTo: (index: number) => void;
}

/**
 * The rows near what can be seen: a table of hundreds costs what one of forty does. `above` is what stands over it,
 * `rowHeight` px.
 */
export function useVisibleRows(
  ids: readonly string[],
  above: RefObject<HTMLElement | null>,
  rowHeight: number,
): VisibleRows {
  const many = ids.length > DRAW_ALL;
  const [margin, setMargin] = useState(0);
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), LATER_MS);
    return () => clearTimeout(timer);
  }, []);
  const virtual = useVirtualizer({
    count: ids.length,
    enabled: many,
    getScrollElement: scroller,
    estimateSize: () => rowHeight,
    overscan: settled ? OVERSCAN.later : OVERSCAN.first,
    scrollMargin: margin,
    initialRect: { width: window.innerWidth, height: window.innerHeight - LEAST_ABOVE },
    observeElementRect,
  });
  // Another view has rows of another height. The first one needs no measuring, and would be drawn twice by it.
  const measured = useRef(rowHeight);
  useLayoutEffect(() => {
    if (measured.current === rowHeight) return;
    measured.current = rowHeight;
    virtual.measure();
  }, [rowHeight, virtual]);
  // What stands above the table grows and shrinks with what is wrong. Until something is scrolled its height is not needed.
  useLayoutEffect(() => {
    const over = above.current;
    if (!many || !settled || over === null) return;
    const observer = new ResizeObserver(() => setMargin(over.offsetHeight));
    observer.observe(over);
    return () => observer.disconnect();
  }, [many, settled, above]);
  const items = virtual.getVirtualItems();
  const start = items[0];
  const end = items.at(-1);
  if (!many || start === undefined || end === undefined) {
    return { ids, first: 0, above: 0, below: 0, scrollTo: () => undefined };
  }
  return {
    ids: ids.slice(start.index, end.index + 1),
    first: start.index,
    above: start.index * rowHeight,
    below: (ids.length - end.index - 1) * rowHeight,
    scrollTo: (index) => virtual.scrollToIndex(index),
  };
}

function scroller(): HTMLElement | null {
  return document.getElementById('screen');
}

/**
 * Tells the size of what scrolls, when the first frame is out and whenever it changes. The library's own asks for it at
 * once, in the middle of drawing: the page would be laid out twice before it is seen for the first time.
 */
function observeElementRect(
  { scrollElement }: Virtualizer<HTMLElement, Element>,
  tell: (rect: { width: number; height: number }) => void,
): (() => void) | undefined {
  if (scrollElement === null) return;
  const observer = new ResizeObserver(() =>
    tell({ width: scrollElement.clientWidth, height: scrollElement.clientHeight }),
  );
  const timer = setTimeout(() => observer.observe(scrollElement), LATER_MS);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}
