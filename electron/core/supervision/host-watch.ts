/** One tick of the host's own pulse. */
export interface HostTick {
  readonly monotonicMs: number;
  /** Epoch ms. */
  readonly wallMs: number;
  /** When this tick should have come, counted from the one before, ms. */
  readonly expectedGapMs: number;
}

/** Why the host could not judge others: its event loop stood still, the machine slept, or the wall clock was set. */
export type HostGapKind = 'blocked' | 'asleep' | 'clock-jump';

export interface HostGap {
  readonly kind: HostGapKind;
  /** The stretch nobody can vouch for, on the monotonic clock. */
  readonly fromMonotonicMs: number;
  readonly toMonotonicMs: number;
  /** The same stretch by the wall clock, epoch ms. */
  readonly fromWallMs: number;
  readonly toWallMs: number;
  /** How far the wall clock moved beyond (or, negative, behind) the monotonic one, ms. */
  readonly wallDriftMs: number;
}

/** Later than this and the event loop was blocked, ms (DESIGN.md §4 rule 7). */
const BLOCKED_AFTER_MS = 1000;
/** A gap longer than this, ms, is taken for sleep: no event loop stands still that long by itself. */
const ASLEEP_AFTER_MS = 10_000;
/** Wall and monotonic clock may drift apart by this between two ticks, ms, before it counts as a jump. */
const CLOCK_JUMP_MS = 2000;
/** Older gaps are forgotten; no check is open for longer than the latest of them. */
const MAX_GAPS = 64;

/** Judges the host itself, so that no skill is blamed for what the host slept through (DESIGN.md §4 rule 7). */
export class HostWatch {
  #last: HostTick | null = null;
  #gaps: readonly HostGap[] = [];

  /** Feeds one tick. Returns what was wrong since the last one, or null. */
  tick(tick: HostTick): HostGap | null {
    const last = this.#last;
    this.#last = tick;
    if (last === null) return null;
    const gapMs = tick.monotonicMs - last.monotonicMs;
    const wallDriftMs = tick.wallMs - last.wallMs - gapMs;
    const kind = judge(gapMs, gapMs - tick.expectedGapMs, wallDriftMs);
    if (kind === null) return null;
    const gap: HostGap = {
      kind,
      fromMonotonicMs: last.monotonicMs,
      toMonotonicMs: tick.monotonicMs,
      fromWallMs: last.wallMs,
      toWallMs: tick.wallMs,
      wallDriftMs,
    };
    this.#gaps = [...this.#gaps, gap].slice(-MAX_GAPS);
    return gap;
  }

  /**
   * Whether the host was at fault at any moment between the two, both ends included. A tick that is overdue at
   * `toMonoMs` counts as well: after a gap other timers may fire before the tick that reveals it.
   */
  hostAtFaultBetween(fromMonoMs: number, toMonoMs: number): boolean {
    return (
      this.#isOverdueAt(toMonoMs) ||
      this.#gaps.some((gap) => gap.fromMonotonicMs <= toMonoMs && fromMonoMs <= gap.toMonotonicMs)
    );
  }

  #isOverdueAt(monotonicMs: number): boolean {
    const last = this.#last;
    return last !== null && monotonicMs - last.monotonicMs - last.expectedGapMs > BLOCKED_AFTER_MS;
  }
}

/**
 * Whether nobody was there to look after the skills, so that their history is marked asleep. The monotonic clock of some
 * systems stands still while the machine sleeps: then only the wall clock tells, and a clock set forward looks the same.
 */
export function wasAway({ kind, wallDriftMs }: HostGap): boolean {
  return kind === 'asleep' || (kind === 'clock-jump' && wallDriftMs > ASLEEP_AFTER_MS);
}

function judge(gapMs: number, lateMs: number, wallDriftMs: number): HostGapKind | null {
  if (lateMs > BLOCKED_AFTER_MS) return gapMs > ASLEEP_AFTER_MS ? 'asleep' : 'blocked';
  return Math.abs(wallDriftMs) > CLOCK_JUMP_MS ? 'clock-jump' : null;
}
