import { stretchText } from '../../charts/stretch-text.ts';
import type { TimeWindow } from '../../state/ranges.ts';

/** A stretch in words: `24 h`, or `14:00 – 14:30` for one zoomed to. `now` is epoch ms. */
export function stretchWords(rangeLabel: string, zoom: TimeWindow | null, now: number): string {
  if (zoom === null) return rangeLabel;
  return stretchText(zoom.from, zoom.to, now);
}
