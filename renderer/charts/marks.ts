import type { HistoryMark } from '../../shared/model/history.ts';
import type { TimeWindow } from '../state/ranges.ts';

/** What a mark on the time axis stands for, by shape and word. */
export type MarkKind = 'restart' | 'quarantine' | 'release' | 'start' | 'pause' | 'disable';

/** Marks too close to be told apart, drawn as one. */
export interface MarkGroup {
  /** Epoch ms of the first of them. */
  readonly at: number;
  /** The weightiest of them: quarantine before release before restart. */
  readonly kind: MarkKind;
  readonly marks: readonly HistoryMark[];
  /** Words for the label: `restart`, `3 restarts`, `quarantined`. */
  readonly label: string;
  /** Whether there is room for the label. The line is drawn in any case. */
  readonly labelled: boolean;
}

/** Heavier wins when marks fall together. */
const WEIGHT: Record<MarkKind, number> = {
  quarantine: 4,
  release: 3,
  restart: 2,
  disable: 1,
  pause: 1,
  start: 0,
};
const MERGE_PX = 10;
const LABEL_PX = 74;

/** What a mark is called on the axis; null for what is not drawn (a notice, a recorded fix). */
export function markKindOf(mark: HistoryMark): MarkKind | null {
  switch (mark.kind) {
    case 'restartSkill':
      return 'restart';
    case 'quarantineSkill':
      return 'quarantine';
    case 'releaseSkill':
      return 'release';
    case 'startSkill':
    case 'activateSkill':
      return 'start';
    case 'stopSkill':
      return 'pause';
    case 'disableSkill':
      return 'disable';
    default:
      return null;
  }
}

/** Marks inside the window, gathered into groups at least `MERGE_PX` apart on a plot `widthPx` wide. */
export function groupMarks(
  marks: readonly HistoryMark[],
  window: TimeWindow,
  widthPx: number,
): readonly MarkGroup[] {
  const msPerPx = (window.to - window.from) / Math.max(1, widthPx);
  const drawn = marks
    .filter((mark) => markKindOf(mark) !== null && mark.at >= window.from && mark.at <= window.to)
    .sort((one, other) => one.at - other.at);
  const gathered: HistoryMark[][] = [];
  for (const mark of drawn) {
    const group = gathered.at(-1);
    const first = group?.[0];
    if (group && first && mark.at - first.at < MERGE_PX * msPerPx) group.push(mark);
    else gathered.push([mark]);
  }
  let labelEnds = Number.NEGATIVE_INFINITY;
  return gathered.map((group) => {
    const at = group[0]?.at ?? window.from;
    const labelled = at >= labelEnds;
    if (labelled) labelEnds = at + LABEL_PX * msPerPx;
    return { at, marks: group, labelled, ...headingOf(group) };
  });
}

function headingOf(group: readonly HistoryMark[]): { kind: MarkKind; label: string } {
  const kinds = group.map(markKindOf).filter((kind) => kind !== null);
  const kind = kinds.reduce((best, next) => (WEIGHT[next] > WEIGHT[best] ? next : best), 'start');
  const count = kinds.filter((one) => one === kind).length;
  return { kind, label: wordOf(kind, count) };
}

/** Marks in words, counted by kind, in the order they came: `2 restarts, quarantined`. */
export function marksText(marks: readonly HistoryMark[]): string {
  const counts = new Map<MarkKind, number>();
  for (const kind of marks.map(markKindOf)) {
    if (kind !== null) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => wordOf(kind, count)).join(', ');
}

function wordOf(kind: MarkKind, count: number): string {
  switch (kind) {
    case 'restart':
      return count === 1 ? 'restart' : `${count} restarts`;
    case 'quarantine':
      return 'quarantined';
    case 'release':
      return 'released';
    case 'start':
      return 'started';
    case 'pause':
      return 'paused';
    case 'disable':
      return 'disabled';
  }
}
