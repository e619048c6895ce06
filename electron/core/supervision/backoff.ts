import type { RestartConfig } from '../../../shared/model/config.ts';

/** Where a skill stands in its row of restarts. Immutable. */
export interface BackoffState {
  /** Restarts since the last stable run. */
  readonly restartsSinceStable: number;
  /** The delay drawn for the latest restart, jitter included, ms. */
  readonly delayMs: number;
}

/** A skill newly started, released or proven stable. */
export const stableBackoff: BackoffState = Object.freeze({ restartsSinceStable: 0, delayMs: 0 });

export interface NextRestart {
  /** How long to wait before this restart, ms; drawn once, to be shown and kept. */
  readonly delayMs: number;
  readonly state: BackoffState;
}

/**
 * The delay before the next restart (DESIGN.md §4): none for the first since a stable run, then `firstDelaySecs`,
 * doubled each time up to `maxDelaySecs`; on top of the capped delay 0 to `jitterPercent` %, so that many skills
 * that fell together do not rise together. `random` is uniform in [0, 1) and asked only when there is a delay.
 */
export function nextRestart(
  state: BackoffState,
  config: Pick<RestartConfig, 'firstDelaySecs' | 'maxDelaySecs' | 'jitterPercent'>,
  random: () => number,
): NextRestart {
  const baseMs = baseDelayMs(state.restartsSinceStable, config);
  const jitterMs = baseMs === 0 ? 0 : Math.floor((baseMs * config.jitterPercent * random()) / 100);
  const delayMs = baseMs + jitterMs;
  return { delayMs, state: { restartsSinceStable: state.restartsSinceStable + 1, delayMs } };
}

/**
 * How long a run must last after its handshake, without a failure, to count as stable, ms: longer than the delay
 * itself, or a skill that dies just after every reset would spin for ever (DESIGN.md §4).
 */
export function stableAfterMs(state: BackoffState, stableAfterSecs: number): number {
  return Math.max(stableAfterSecs * 1000, 2 * state.delayMs);
}

/** Whether a run of `runMs` since its handshake earns `stableBackoff`. */
export function isStableRun(runMs: number, state: BackoffState, stableAfterSecs: number): boolean {
  return runMs >= stableAfterMs(state, stableAfterSecs);
}

function baseDelayMs(
  restartsSinceStable: number,
  config: Pick<RestartConfig, 'firstDelaySecs' | 'maxDelaySecs'>,
): number {
  if (restartsSinceStable === 0) return 0;
  const grownSecs = config.firstDelaySecs * 2 ** (restartsSinceStable - 1);
  return Math.round(Math.min(grownSecs, config.maxDelaySecs) * 1000);
}
