/** One skill's changes between well and unwell, as far as they matter. Times on the monotonic clock, ms. */
export interface Flapping {
  readonly well: boolean;
  /** The latest changes, oldest first. */
  readonly changes: readonly number[];
  /** Since it was told, until it has been calm for the whole window. */
  readonly flapping: boolean;
}

export interface FlappingLimits {
  readonly flappingChanges: number;
  readonly flappingWindowSecs: number;
}

/** A skill nobody has seen yet counts as well: its first failure is a change. */
export const steady: Flapping = Object.freeze({ well: true, changes: [], flapping: false });

/** Whether it is to be left in peace at `nowMs`: told as flapping, and not calm for the whole window yet. */
export function isFlapping(
  { flapping, changes }: Flapping,
  nowMs: number,
  { flappingWindowSecs }: FlappingLimits,
): boolean {
  return flapping && changes.some((at) => at > nowMs - flappingWindowSecs * 1000);
}

/** The state after one more judgement. `began`: it is flapping as of this one. */
export function judged(
  before: Flapping,
  well: boolean,
  nowMs: number,
  limits: FlappingLimits,
): { readonly state: Flapping; readonly began: boolean } {
  const { flappingChanges, flappingWindowSecs } = limits;
  const since = nowMs - flappingWindowSecs * 1000;
  const recent = before.changes.filter((at) => at > since);
  const changes = well === before.well ? recent : [...recent, nowMs].slice(-flappingChanges);
  const stillFlapping = isFlapping(before, nowMs, limits);
  const began = !stillFlapping && changes.length >= flappingChanges;
  return { state: { well, changes, flapping: stillFlapping || began }, began };
}
