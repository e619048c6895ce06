import type { TimeWindow } from '../state/ranges.ts';

/** Space around the plot, px: the same for chart and timeline, so that one moment is one x in both. */
export const PLOT = { left: 54, right: 16, top: 20, bottom: 26 } as const;
export const CHART_HEIGHT = 236;
export const TIMELINE_HEIGHT = 30;

/** Width of the plot itself, px, at least 1. */
export function plotWidth(width: number): number {
  return Math.max(1, width - PLOT.left - PLOT.right);
}

/** Where a moment is drawn, px from the left edge. Moments outside the window land outside the plot. */
export function xOf(at: number, window: TimeWindow, width: number): number {
  return PLOT.left + ((at - window.from) / (window.to - window.from)) * plotWidth(width);
}

/** The moment under an x, epoch ms, kept inside the window. */
export function atOf(x: number, window: TimeWindow, width: number): number {
  const share = Math.min(1, Math.max(0, (x - PLOT.left) / plotWidth(width)));
  return window.from + share * (window.to - window.from);
}
