import { countsEverywhere, type FixPattern, type MatchTier } from '../../../shared/model/fix.ts';
import { wilsonLower, wilsonUpper } from './wilson.ts';

/** A pattern that came up, before it is put into order. */
export interface Candidate {
  readonly pattern: FixPattern;
  readonly tier: MatchTier;
  /** How specific it is inside its tier: words of a phrase, likeness in steps of five per cent, else 0. */
  readonly specific: number;
  /** 0 to 1, what is shown. */
  readonly score: number;
  readonly detail: string;
}

const TIERS: readonly MatchTier[] = ['exact-here', 'exact', 'root-cause', 'phrase', 'similar'];

/** The credible share of successes of a pattern on all hosts together, 0 to 1. */
export function trust(pattern: FixPattern): number {
  const { worked, failed } = countsEverywhere(pattern);
  return wilsonLower(worked, worked + failed);
}

/**
 * Best first: by tier, then the more specific, then the more credible, then the one used last. What has been shown not
 * to help (even the upper bound of its share of successes is under one half) comes after everything else.
 */
export function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    Number(isRefuted(a.pattern)) - Number(isRefuted(b.pattern)) ||
    TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) ||
    b.specific - a.specific ||
    trust(b.pattern) - trust(a.pattern) ||
    lastTouched(b.pattern) - lastTouched(a.pattern) ||
    b.pattern.id - a.pattern.id
  );
}

function isRefuted(pattern: FixPattern): boolean {
  const { worked, failed } = countsEverywhere(pattern);
  return wilsonUpper(worked, worked + failed) < 0.5;
}

function lastTouched(pattern: FixPattern): number {
  return Math.max(pattern.lastUsedAt ?? 0, pattern.updatedAt);
}
