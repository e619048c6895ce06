import type { HistoryBucket, HistoryMark } from '../../shared/model/history.ts';
import type { TimeWindow } from '../state/ranges.ts';

/** What the state timeline can show. `asleep` is a stretch in which the host was not there to look; `none` is a stretch nobody measured: never the last state carried on. */
export type SegmentState = 'ok' | 'warn' | 'bad' | 'quar' | 'off' | 'asleep' | 'none';

/** One stretch of one state; neighbours differ. Times are epoch ms. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly state: SegmentState;
}

/** How the skill stands now, for stretches that began before the first mark the window knows. */
export interface Standing {
  readonly quarantinedSince: number | null;
  readonly pausedOrDisabled: boolean;
}

export interface SegmentsInput {
  readonly buckets: readonly HistoryBucket[];
  readonly marks: readonly HistoryMark[];
  readonly window: TimeWindow;
  /** Wall time, epoch ms: nothing is drawn after it. */
  readonly now: number;
  /** See `gapAfterMs`. */
  readonly gapMs: number;
  /** The same after a failure, ms: a skill that waits for its next attempt is still failing. */
  readonly badGapMs: number;
  readonly standing: Standing;
}

/**
 * The window up to now, cut into merged segments. Inside a bucket every state takes the share of
 * time that its checks have of the bucket's checks, so two failures among a hundred checks do not paint the whole
 * stretch; quarantine and pause lie over what the checks say.
 */
export function toSegments(input: SegmentsInput): readonly Segment[] {
  const end = Math.min(input.window.to, Math.max(input.now, input.window.from));
  const painter = new Painter(input.window.from);
  const covers = coversOf(input, end);
  const borders = bordersOf([covers, asleepIn(input, end), measured(input, end)], end);
  for (const piece of borders) painter.paint(piece.to, piece.state);
  painter.paint(end, 'none');
  return painter.segments;
}

/** Collects segments left to right, merging equal neighbours. */
class Painter {
  readonly segments: Segment[] = [];
  private at: number;
  constructor(from: number) {
    this.at = from;
  }

  paint(to: number, state: SegmentState): void {
    if (to <= this.at) return;
    const last = this.segments.at(-1);
    if (last?.state === state) this.segments[this.segments.length - 1] = { ...last, to };
    else this.segments.push({ from: this.at, to, state });
    this.at = to;
  }
}

/** What the checks say, gaps left out, cut to the window. */
function measured({ buckets, window, gapMs, badGapMs }: SegmentsInput, end: number): Segment[] {
  const pieces: Segment[] = [];
  const past = buckets.filter((bucket) => bucket.from < end);
  past.forEach((bucket, index) => {
    const next = past[index + 1]?.from ?? end;
    const holdsFor = bucket.failed + bucket.unreachable > 0 ? badGapMs : gapMs;
    const until = Math.min(next - bucket.from <= holdsFor ? next : bucket.to, end);
    // Checks come at most a gap apart, so a first one that comes in time leaves none before it.
    const inTime = index === 0 && bucket.from - window.from <= gapMs;
    const before = pieces.at(-1);
    pieces.push(
      ...divide(bucket, {
        from: inTime ? Math.min(bucket.from, window.from) : bucket.from,
        to: until,
        before: before?.to === bucket.from ? before.state : 'none',
      }),
    );
  });
  return pieces
    .map((piece) => ({ ...piece, from: Math.max(piece.from, window.from) }))
    .filter((piece) => piece.to > piece.from);
}

/** A bucket's stretch divided among its states by their share of the checks. */
function divide(bucket: HistoryBucket, room: { from: number; to: number; before: SegmentState }): Segment[] {
  const shares = sharesOf(bucket, room.before);
  const total = shares.reduce((sum, [, count]) => sum + count, 0);
  let counted = 0;
  let from = room.from;
  return shares.map(([state, count]) => {
    counted += count;
    const to = room.from + Math.round(((room.to - room.from) * counted) / total);
    const piece = { from, to, state };
    from = to;
    return piece;
  });
}

/** A bucket's states in the order they are drawn: what the stretch before ended in comes first. */
function sharesOf(bucket: HistoryBucket, before: SegmentState): [SegmentState, number][] {
  const shares: [SegmentState, number][] = [
    ['ok', bucket.healthy],
    ['warn', bucket.degraded],
    ['bad', bucket.failed + bucket.unreachable],
  ];
  if (before === 'bad') shares.reverse();
  return shares.filter(([, count]) => count > 0);
}

/** Stretches of quarantine and pause, which no check interrupts. */
function coversOf({ buckets, marks, window, standing }: SegmentsInput, end: number): Segment[] {
  const covers: Segment[] = [];
  let open: { from: number; state: 'quar' | 'off' } | null = null;
  let seen = false;
  for (const mark of [...marks].sort((one, other) => one.at - other.at)) {
    const change = changeOf(mark);
    if (change === 'none') continue;
    // The window's first mark ends something: it began before the window did.
    if (change === 'release' && !seen) open ??= { from: window.from, state: 'quar' };
    seen = true;
    if (open) covers.push({ ...open, to: mark.at });
    open = change === 'quar' || change === 'off' ? { from: mark.at, state: change } : null;
  }
  if (!open && standing.quarantinedSince !== null) {
    open = { from: Math.max(window.from, standing.quarantinedSince), state: 'quar' };
  }
  if (!open && !seen && standing.pausedOrDisabled) {
    open = { from: buckets.at(-1)?.to ?? window.from, state: 'off' };
  }
  if (open) covers.push({ ...open, to: end });
  return covers
    .map((cover) => ({ ...cover, to: Math.min(cover.to, end) }))
    .filter((cover) => cover.to > cover.from);
}

function changeOf(mark: HistoryMark): 'quar' | 'off' | 'release' | 'on' | 'none' {
  switch (mark.kind) {
    case 'quarantineSkill':
      return 'quar';
    case 'releaseSkill':
      return 'release';
    case 'stopSkill':
    case 'disableSkill':
      return 'off';
    case 'startSkill':
    case 'activateSkill':
      return 'on';
    default:
      return 'none';
  }
}

/** Stretches in which the host was away, as far as the window reaches. */
function asleepIn({ marks, window }: SegmentsInput, end: number): Segment[] {
  const spans: Segment[] = [];
  let from: number | null = null;
  let told = false;
  for (const mark of [...marks].sort((one, other) => one.at - other.at)) {
    if (mark.kind === 'hostAsleep') from = mark.at;
    else if (mark.kind === 'hostAwake') {
      // It fell asleep before the window began.
      if (from === null && !told) from = window.from;
      if (from !== null && mark.at > from) spans.push({ from, to: Math.min(mark.at, end), state: 'asleep' });
      from = null;
    } else continue;
    told = true;
  }
  return spans;
}

/** Lays the layers over one another, the first on top: each sorted, the result too, `none` where no layer has anything. */
function bordersOf(layers: readonly (readonly Segment[])[], end: number): Segment[] {
  const cuts = new Set<number>([end]);
  for (const { from, to } of layers.flat()) cuts.add(from).add(to);
  const sorted = [...cuts].sort((one, other) => one - other);
  const result: Segment[] = [];
  const at = layers.map(() => 0);
  let from = sorted[0] ?? end;
  result.push({ from, to: from, state: 'none' });
  for (const to of sorted.slice(1)) {
    let state: SegmentState = 'none';
    for (const [index, layer] of [...layers.entries()].reverse()) {
      let next = at[index] ?? 0;
      while ((layer[next]?.to ?? end) <= from && next < layer.length) next++;
      at[index] = next;
      const segment = layer[next];
      if (segment !== undefined && segment.from <= from) state = segment.state;
    }
    result.push({ from, to, state });
    from = to;
  }
  return result;
}
