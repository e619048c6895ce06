import { wordsOf } from './phrase.ts';

/** The words and codes of a signature that similarity weighs. */
export function termsOf(signature: string): Set<string> {
  const codes = signature.match(/<[a-z]{1,12}:[a-z0-9_.-]{1,40}>/g) ?? [];
  return new Set([...wordsOf(signature).filter((word) => word.length > 1), ...codes]);
}

/** Weight of a term: the rarer among all patterns, the more it says. `total` and `having` count patterns. */
export function weightOf(total: number, having: number): number {
  return Math.log(1 + (total + 1) / (having + 0.5));
}

/**
 * How alike two sets of terms are, 0 to 1: the weight they share, against the weight of both (what differs counts
 * fully) and against the lighter one (an error may say more than the pattern did).
 */
export function termSimilarity(
  left: ReadonlySet<string>,
  right: ReadonlySet<string>,
  weigh: (term: string) => number,
): number {
  let shared = 0;
  let leftWeight = 0;
  let rightWeight = 0;
  for (const term of left) {
    const weight = weigh(term);
    leftWeight += weight;
    if (right.has(term)) shared += weight;
  }
  for (const term of right) rightWeight += weigh(term);
  const lighter = Math.min(leftWeight, rightWeight);
  if (lighter === 0) return 0;
  return 0.6 * (shared / (leftWeight + rightWeight - shared)) + 0.4 * (shared / lighter);
}

/** Dice coefficient of the letter trigrams of two texts, 0 to 1: forgives endings, plurals and joined words. */
export function trigramSimilarity(left: string, right: string): number {
  const own = trigramsOf(left);
  const other = trigramsOf(right);
  if (own.size + other.size === 0) return 0;
  let shared = 0;
  for (const trigram of own) if (other.has(trigram)) shared += 1;
  return (2 * shared) / (own.size + other.size);
}

function trigramsOf(text: string): Set<string> {
  const padded = ` ${wordsOf(text).join(' ')} `;
  const trigrams = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at += 1) trigrams.add(padded.slice(at, at + 3));
  return trigrams;
}
