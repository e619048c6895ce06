import type { FixPattern } from '../../../shared/model/fix.ts';
import { codesOf, quotedOf, readError } from './facts.ts';
import { isPhrase } from './phrase.ts';
import { termSimilarity, termsOf, trigramSimilarity, weightOf } from './similarity.ts';
import { contradict, type Marks } from './veto.ts';

/** A pattern with what matching asks about one of its errors, worked out once. */
export interface IndexedPattern extends Marks {
  readonly pattern: FixPattern;
  readonly signature: string;
  readonly root: string | null;
  /** The signature in lower case when it may be looked for inside others, else null. */
  readonly phrase: string | null;
  readonly terms: ReadonlySet<string>;
}

/** A pattern that is alike, with how much (0 to 1). */
export interface Alike {
  readonly entry: IndexedPattern;
  readonly similarity: number;
}

/** Only the best by words are compared letter by letter. */
const MAX_COMPARED = 48;
const CHAINED = /(?:above exception|exception occurred)/;

/** Patterns by signature, by root cause and by word. A pattern for several errors has an entry for each. */
export class PatternIndex {
  readonly #entries = new Map<number, readonly [IndexedPattern, ...IndexedPattern[]]>();
  readonly #bySignature = new Map<string, Set<IndexedPattern>>();
  readonly #byRoot = new Map<string, Set<IndexedPattern>>();
  readonly #byTerm = new Map<string, Set<IndexedPattern>>();

  /** Adds a pattern or replaces the one of the same id. */
  put(pattern: FixPattern): void {
    this.remove(pattern.id);
    const entries = [
      entryOf(pattern, pattern.errorSignature, pattern.sample),
      ...(pattern.alsoFor ?? []).map(({ errorSignature, sample }) =>
        entryOf(pattern, errorSignature, sample),
      ),
    ] as const satisfies readonly IndexedPattern[];
    this.#entries.set(pattern.id, entries);
    for (const entry of entries) {
      link(this.#bySignature, entry.signature, entry);
      if (entry.root !== null) link(this.#byRoot, entry.root, entry);
      for (const term of entry.terms) link(this.#byTerm, term, entry);
    }
  }

  /** Removes a pattern; an unknown id changes nothing. */
  remove(id: number): void {
    for (const entry of this.#entries.get(id) ?? []) {
      unlink(this.#bySignature, entry.signature, entry);
      if (entry.root !== null) unlink(this.#byRoot, entry.root, entry);
      for (const term of entry.terms) unlink(this.#byTerm, term, entry);
    }
    this.#entries.delete(id);
  }

  get(id: number): FixPattern | undefined {
    return this.#entries.get(id)?.[0].pattern;
  }

  /** Every pattern once. */
  patterns(): FixPattern[] {
    return [...this.#entries.values()].map(([{ pattern }]) => pattern);
  }

  /** Every error of every pattern. */
  all(): IndexedPattern[] {
    return [...this.#entries.values()].flat();
  }

  withSignature(signature: string): IndexedPattern[] {
    return [...(this.#bySignature.get(signature) ?? [])];
  }

  withRoot(root: string): IndexedPattern[] {
    return [...(this.#byRoot.get(root) ?? [])];
  }

  /** Patterns at least `least` (0 to 1) alike that do not contradict the marks, best first. */
  alike(signature: string, marks: Marks, least: number): Alike[] {
    const terms = termsOf(signature);
    const total = this.#entries.size;
    const weigh = (term: string): number => weightOf(total, this.#byTerm.get(term)?.size ?? 0);
    const candidates = new Set<IndexedPattern>();
    for (const term of terms) for (const entry of this.#byTerm.get(term) ?? []) candidates.add(entry);
    return [...candidates]
      .filter((entry) => !contradict(entry, marks))
      .map((entry) => ({ entry, similarity: termSimilarity(terms, entry.terms, weigh) }))
      .filter((alike) => alike.similarity >= least / 2)
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, MAX_COMPARED)
      .map(({ entry, similarity }) => ({
        entry,
        similarity: 0.7 * similarity + 0.3 * trigramSimilarity(signature, entry.signature),
      }))
      .filter((alike) => alike.similarity >= least)
      .sort((a, b) => b.similarity - a.similarity);
  }
}

function entryOf(pattern: FixPattern, signature: string, sample: string): IndexedPattern {
  return {
    pattern,
    signature,
    root: CHAINED.test(sample) ? readError(sample).rootSignature : null,
    phrase: isPhrase(signature) ? signature.toLowerCase() : null,
    terms: termsOf(signature),
    codes: codesOf(signature),
    quoted: quotedOf(signature),
  };
}

function link(index: Map<string, Set<IndexedPattern>>, key: string, entry: IndexedPattern): void {
  const entries = index.get(key);
  if (entries === undefined) index.set(key, new Set([entry]));
  else entries.add(entry);
}

function unlink(index: Map<string, Set<IndexedPattern>>, key: string, entry: IndexedPattern): void {
  const entries = index.get(key);
  entries?.delete(entry);
  if (entries?.size === 0) index.delete(key);
}
