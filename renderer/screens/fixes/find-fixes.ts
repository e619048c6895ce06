import type { FixMatch, FixPattern } from '../../../shared/model/fix.ts';
import { fixRecord, lastUsed, learntOn } from '../../components/fix-text.ts';

/** A fix of the list; `match` says why it stands there when an error was searched for. */
export interface FoundFix {
  readonly pattern: FixPattern;
  readonly match: FixMatch | null;
}

export type FixOrder = 'title' | 'worked' | 'used';

/** Whether a search is worth asking the host about: it reads like an error, not like a word or two. */
export function looksLikeError(query: string): boolean {
  const text = query.trim();
  return (
    text.includes('\n') || text.split(/\s+/).length >= 3 || /\w[:(<[]|\w{4,}(error|exception)\b/i.test(text)
  );
}

/**
 * The fixes to show for a search: what the host matched comes first and in its order, then what has every word of the
 * search in its text, signature or skill. An empty search finds all.
 */
export function findFixes(
  patterns: readonly FixPattern[],
  query: string,
  matches: readonly FixMatch[],
): readonly FoundFix[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return patterns.map((pattern) => ({ pattern, match: null }));
  const matched = new Set(matches.map((match) => match.pattern.id));
  const known = new Map(patterns.map((pattern) => [pattern.id, pattern]));
  const byWords = patterns.filter((pattern) => !matched.has(pattern.id) && hasWords(pattern, words));
  return [
    // A match whose fix was deleted meanwhile is not shown; the list has the newer counts.
    ...matches.flatMap((match) => {
      const pattern = known.get(match.pattern.id);
      return pattern === undefined ? [] : [{ pattern, match }];
    }),
    ...byWords.map((pattern) => ({ pattern, match: null })),
  ];
}

function hasWords(pattern: FixPattern, words: readonly string[]): boolean {
  const { errorSignature, fixDescription, skillId = 'any skill' } = pattern;
  const text = [fixDescription, errorSignature, skillId, learntOn(pattern) ?? ''].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** In the order a person chose; ties go to the newer fix. The input stays as it is. */
export function sortFixes(patterns: readonly FixPattern[], order: FixOrder): readonly FixPattern[] {
  return patterns.toSorted((a, b) => compare(a, b, order) || b.createdAt - a.createdAt || b.id - a.id);
}

function compare(a: FixPattern, b: FixPattern, order: FixOrder): number {
  switch (order) {
    case 'title':
      return collator.compare(a.fixDescription, b.fixDescription);
    case 'worked':
      return wilson(b) - wilson(a);
    case 'used':
      return lastUsed(b) - lastUsed(a);
  }
}

/** Lower bound of the share that worked (z = 1.96): 10 of 11 stands above 1 of 1 (DESIGN.md section 9). */
function wilson(pattern: FixPattern): number {
  const { share, tries } = fixRecord(pattern);
  if (share === null) return 0;
  const z = 1.96;
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * tries)) / tries);
  return (share + (z * z) / (2 * tries) - spread) / (1 + (z * z) / tries);
}
