import {
  countsEverywhere,
  type FixMatch,
  type FixPattern,
  type MatchTier,
} from '../../../shared/model/fix.ts';

/** From here on a likeness is called likely, below it only possible. */
const LIKELY = 0.85;

/** One sentence on why a fix is suggested and how it did so far. `detail` is the phrase or root cause, `score` 0 to 1. */
export function reasonFor(
  pattern: FixPattern,
  tier: MatchTier,
  score: FixMatch['score'],
  detail: string,
): string {
  const origin = pattern.skillId === undefined ? '' : `, recorded for ${pattern.skillId}`;
  const learnt = pattern.origin === undefined ? '' : `; learnt on ${pattern.origin.name}`;
  return `${sentence(tier, score, detail, origin)}${learnt}; ${trackRecord(pattern)}.`;
}

function sentence(tier: MatchTier, score: number, detail: string, origin: string): string {
  switch (tier) {
    case 'exact-here':
      return 'The same error in this skill';
    case 'exact':
      return `The same error${origin}`;
    case 'root-cause':
      return `The same root cause (${shortened(detail)})${origin}`;
    case 'phrase':
      return `The error contains “${shortened(detail)}”${origin}`;
    case 'similar':
      return `${score >= LIKELY ? 'Likely' : 'Possibly'} the same: ${Math.round(score * 100)} % alike${origin}`;
  }
}

function trackRecord(pattern: FixPattern): string {
  const { worked, failed } = countsEverywhere(pattern);
  const trials = worked + failed;
  if (trials === 0) return 'not tried yet';
  if (failed === 0) return worked === 1 ? 'worked once' : `worked ${worked} times`;
  if (worked === 0)
    return failed === 1 ? 'did not help the one time it was tried' : `did not help in ${failed} tries`;
  return `worked ${worked} of ${trials} times`;
}

function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79).trimEnd()}…`;
}
