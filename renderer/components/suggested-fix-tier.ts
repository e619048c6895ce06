import type { MatchTier } from '../../shared/model/fix.ts';

/** How sure a suggestion is, for its mark: an exact match, a probable one, or a guess. */
export type Certainty = 'sure' | 'likely' | 'maybe';

interface TierWords {
  readonly label: string;
  readonly certainty: Certainty;
}

const tierWords: Readonly<Record<MatchTier, TierWords>> = {
  'exact-here': { label: 'Same error, same skill', certainty: 'sure' },
  exact: { label: 'Same error', certainty: 'sure' },
  'root-cause': { label: 'Same root cause', certainty: 'likely' },
  phrase: { label: 'Contains a known phrase', certainty: 'likely' },
  similar: { label: 'Similar error', certainty: 'maybe' },
};

/** A matching tier (DESIGN.md section 9) in the words a person reads. */
export function tierInWords(tier: MatchTier): TierWords {
  return tierWords[tier];
}
