import type { FixMatch, FixTrial, SafeAction } from '../../../shared/model/fix.ts';

/** Healthy checks in a row after which a fix has worked. */
export const CHECKS_TO_WORK = 3;
/** How long after a fix was applied the same error counts against it, ms. */
export const TRIAL_WINDOW_MS = 24 * 3_600_000;
/** So often the same error may be seen while nothing shows that the change is in force yet. */
export const CHECKS_TO_FAIL = 3;

/** What happened to the skill a fix was applied to. */
export type TrialEvent =
  | { readonly kind: 'healthy' }
  | { readonly kind: 'failed'; readonly signature: string }
  /** The process was started anew by a person or by the fix itself, or its files changed. */
  | { readonly kind: 'in-force' }
  /** Another fix is tried instead. */
  | { readonly kind: 'superseded' }
  /** Nothing but time. */
  | { readonly kind: 'time' };

/** How the figures of the fix change: one more success, one more failure, or a success that was none. */
export type TrialVerdict = 'worked' | 'failed' | 'corrected';

export interface TrialStep {
  readonly trial: FixTrial;
  readonly verdict: TrialVerdict | null;
}

/**
 * Judges an applied fix by what happened since (DESIGN.md section 9; times in epoch ms):
 * - three healthy checks in a row: it worked;
 * - the same error within 24 hours: it failed. After it had worked that is a regression, and the success is taken back;
 * - the same error before the change can be in force says nothing, until the third time: whoever clicks "apply" and then
 *   edits a file must not be told that it failed while he types;
 * - another error breaks the row and decides nothing; a day without a decision leaves it unclear.
 */
export function judgeTrial(trial: FixTrial, event: TrialEvent, atMs: number): TrialStep {
  if (!isWatched(trial, atMs)) return { trial: closed(trial, atMs), verdict: null };
  switch (event.kind) {
    case 'time':
      return unchanged(trial);
    case 'superseded':
      return trial.state === 'watching' ? settle(trial, 'unclear', null, atMs) : unchanged(trial);
    case 'in-force':
      return trial.inForce ? unchanged(trial) : { trial: { ...trial, inForce: true }, verdict: null };
    case 'healthy': {
      if (trial.state !== 'watching') return unchanged(trial);
      const seen = { ...trial, inForce: true, healthyChecks: trial.healthyChecks + 1 };
      return seen.healthyChecks >= CHECKS_TO_WORK
        ? settle(seen, 'worked', 'worked', atMs)
        : { trial: seen, verdict: null };
    }
    case 'failed': {
      const broken = trial.healthyChecks === 0 ? trial : { ...trial, healthyChecks: 0 };
      if (event.signature !== trial.signature)
        return trial.state === 'watching' ? { trial: broken, verdict: null } : unchanged(trial);
      if (trial.state === 'worked') return settle(broken, 'regressed', 'corrected', atMs);
      const seen = { ...broken, failedChecks: trial.failedChecks + 1 };
      return trial.inForce || seen.failedChecks >= CHECKS_TO_FAIL
        ? settle(seen, 'failed', 'failed', atMs)
        : { trial: seen, verdict: null };
    }
  }
}

/** Whether later events can still change anything: undecided, or worked and within its 24 hours. */
export function isWatched(trial: FixTrial, atMs: number): boolean {
  return (trial.state === 'watching' || trial.state === 'worked') && atMs - trial.appliedAt < TRIAL_WINDOW_MS;
}

/**
 * What the host may carry out by itself for a suggestion, or null: a person allowed it for this fix, the fix has a safe
 * action, the error is the very one it was recorded for, and it has not just been tried here in vain.
 */
export function allowedAction(
  { pattern, tier }: Pick<FixMatch, 'pattern' | 'tier'>,
  skillId: string,
  trials: readonly FixTrial[],
  atMs: number,
): SafeAction | null {
  if (pattern.autoApply !== true || pattern.safeAction === undefined) return null;
  if (tier !== 'exact-here' && tier !== 'exact') return null;
  const inVain = trials.some(
    (trial) =>
      trial.fixId === pattern.id &&
      trial.skillId === skillId &&
      atMs - trial.appliedAt < TRIAL_WINDOW_MS &&
      trial.state !== 'worked',
  );
  return inVain ? null : pattern.safeAction;
}

function closed(trial: FixTrial, atMs: number): FixTrial {
  return trial.state === 'watching' ? { ...trial, state: 'unclear', decidedAt: atMs } : trial;
}

function settle(
  trial: FixTrial,
  state: FixTrial['state'],
  verdict: TrialVerdict | null,
  atMs: number,
): TrialStep {
  return { trial: { ...trial, state, decidedAt: atMs }, verdict };
}

function unchanged(trial: FixTrial): TrialStep {
  return { trial, verdict: null };
}
