/** The stretch a strip shows, epoch ms, and its width in drawing units. */
export interface LaneFrame {
  readonly fromMs: number;
  readonly toMs: number;
  readonly width: number;
}

/** Marks at the given x, or, where marks would run into each other, one band from `fromX` to the end. */
export type Lane =
  | { readonly kind: 'none' }
  | { readonly kind: 'marks'; readonly xs: readonly number[] }
  | { readonly kind: 'band'; readonly fromX: number };

/** Marks closer together than this, in drawing units, are drawn as a band. */
export const MIN_MARK_GAP = 5;

/**
 * Where the checks of one skill fall inside the frame: the next one, then one every `intervalMs`.
 * A next check that is already due stands at the left edge. `intervalMs` null means a single event.
 */
export function laneOf(nextAtMs: number | null, intervalMs: number | null, frame: LaneFrame): Lane {
  if (nextAtMs === null || nextAtMs > frame.toMs) return { kind: 'none' };
  const first = Math.max(nextAtMs, frame.fromMs);
  const x = (atMs: number) => ((atMs - frame.fromMs) / (frame.toMs - frame.fromMs)) * frame.width;
  if (intervalMs === null || intervalMs <= 0) return { kind: 'marks', xs: [x(first)] };
  const gap = (intervalMs / (frame.toMs - frame.fromMs)) * frame.width;
  if (gap < MIN_MARK_GAP) return { kind: 'band', fromX: x(first) };
  const xs: number[] = [];
  for (let atMs = first; atMs <= frame.toMs; atMs += intervalMs) xs.push(x(atMs));
  return { kind: 'marks', xs };
}

/** The same for times that are known one by one, oldest first; those outside the frame are left out. */
export function laneOfTimes(times: readonly number[], frame: LaneFrame): Lane {
  const xs = times
    .filter((at) => at >= frame.fromMs && at <= frame.toMs)
    .map((at) => ((at - frame.fromMs) / (frame.toMs - frame.fromMs)) * frame.width);
  const [first] = xs;
  if (first === undefined) return { kind: 'none' };
  const crowded = xs.some((x, index) => index > 0 && x - (xs[index - 1] ?? 0) < MIN_MARK_GAP);
  return crowded ? { kind: 'band', fromX: first } : { kind: 'marks', xs };
}

/** Full ten-minute marks of the wall clock inside the frame, for the axis under the lanes. */
export function axisTicks(frame: LaneFrame, stepMs = 600_000): readonly { atMs: number; x: number }[] {
  const ticks = [];
  for (let atMs = Math.ceil(frame.fromMs / stepMs) * stepMs; atMs <= frame.toMs; atMs += stepMs) {
    ticks.push({ atMs, x: ((atMs - frame.fromMs) / (frame.toMs - frame.fromMs)) * frame.width });
  }
  return ticks;
}
