import type { MatchTier } from '../../../shared/model/fix.ts';
import type { ErrorFacts } from './facts.ts';
import type { PatternIndex } from './pattern-index.ts';
import { containsPhrase, wordsOf } from './phrase.ts';
import { type Candidate, trust } from './rank.ts';
import { cleanText, keepEnds, MAX_MESSAGE } from './reading/clean.ts';
import { flatten } from './settle.ts';
import { scanTokens } from './tokens/scan.ts';
import { contradict } from './veto.ts';

/** The least likeness that is worth a look. */
const MAYBE = 0.6;

/**
 * All patterns that speak to an error, each in its best tier, in no order. `tiers` may restrict what is looked at;
 * `exact` then stands for both exact tiers.
 */
export function findCandidates(
  index: PatternIndex,
  text: string,
  facts: ErrorFacts,
  skillId: string | undefined,
  tiers: readonly MatchTier[] = ['exact', 'root-cause', 'phrase', 'similar'],
): Candidate[] {
  const found = new Map<number, Candidate>();
  const add = (candidate: Candidate): void => {
    if (!found.has(candidate.pattern.id)) found.set(candidate.pattern.id, candidate);
  };
  for (const { pattern } of index.withSignature(facts.signature)) {
    const here = skillId !== undefined && pattern.skillId === skillId;
    add({ pattern, tier: here ? 'exact-here' : 'exact', specific: 0, score: trust(pattern), detail: '' });
  }
  const root = facts.rootSignature;
  // The error behind this one has a fix, this error was behind one that has, or both have the same behind them.
  const related = [
    ...(root === null ? [] : index.withSignature(root)),
    ...index.withRoot(facts.signature),
    ...(root === null ? [] : index.withRoot(root).filter((entry) => !contradict(entry, facts))),
  ];
  for (const { pattern } of related) {
    add({ pattern, tier: 'root-cause', specific: 0, score: trust(pattern), detail: root ?? facts.signature });
  }
  if (tiers.includes('phrase')) {
    const whole = wholeText(text, facts);
    for (const { pattern, signature, phrase, quoted } of index.all()) {
      if (phrase === null || !containsPhrase(whole, phrase)) continue;
      if (quoted.some((name) => !facts.quoted.includes(name))) continue;
      const words = wordsOf(phrase).length;
      const share = Math.min(1, phrase.length / Math.max(1, facts.signature.length));
      add({ pattern, tier: 'phrase', specific: words, score: share, detail: signature });
    }
  }
  if (tiers.includes('similar')) {
    for (const { entry, similarity } of index.alike(facts.signature, facts, MAYBE)) {
      // Only the same signature is the same error.
      const score = Math.min(0.99, similarity);
      add({ pattern: entry.pattern, tier: 'similar', specific: Math.round(score * 20), score, detail: '' });
    }
  }
  return [...found.values()];
}

/** Everything a hand-written phrase may stand in, in lower case: the signature, the root cause, and the text as a whole. */
export function wholeText(text: string, facts: ErrorFacts): string {
  const normalised = flatten(scanTokens(keepEnds(cleanText(text), MAX_MESSAGE, 0.25), null));
  return `${facts.signature}\n${facts.rootSignature ?? ''}\n${normalised}`.toLowerCase();
}
