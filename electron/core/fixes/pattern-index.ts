import type { FixPattern } from '../../../shared/model/fix.ts';
import { codesOf, quotedOf, readError } from './facts.ts';
import { isPhrase } from './phrase.ts';
import { termSimilarity, termsOf, trigramSimilarity, weightOf } from './similarity.ts';
import { contradict, type Marks } from './veto.ts';

/** A pattern with what matching asks about it, worked out once. */
export interface IndexedPattern extends Marks {
  readonly pattern: FixPattern;
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

/** Patterns by signature, by root cause and by word. */
export class PatternIndex {
  readonly #entries = new Map<number, IndexedPattern>();
  readonly #bySignature = new Map<string, Set<number>>();
  readonly #byRoot = new Map<string, Set<number>>();
  readonly #byTerm = new Map<string, Set<number>>();

  /** Adds a pattern or replaces the one of the same id. */
  put(pattern: FixPattern): void {
    this.remove(pattern.id);
    const signature = pattern.errorSignature;
    const root = CHAINED.test(pattern.sample) ? readError(pattern.sample).rootSignature : null;
    const entry: IndexedPattern = {
      pattern,
      root,
      phrase: isPhrase(signature) ? signature.toLowerCase() : null,
      terms: termsOf(signature),
      codes: codesOf(signature),
      quoted: quotedOf(signature),
    };
    this.#entries.set(pattern.id, entry);
    link(this.#bySignature, signature, pattern.id);
    if (root !== null) link(this.#byRoot, root, pattern.id);
    for (const term of entry.terms) link(this.#byTerm, term, pattern.id);
  }

  /** Removes a pattern; an unknown id changes nothing. */
  remove(id: number): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    unlink(this.#bySignature, entry.pattern.errorSignature, id);
    if (entry.root !== null) unlink(this.#byRoot, entry.root, id);
    for (const term of entry.terms) unlink(this.#byTerm, term, id);
  }

  get(id: number): IndexedPattern | undefined {
    return this.#entries.get(id);
  }

  all(): IterableIterator<IndexedPattern> {
    return this.#entries.values();
  }

  withSignature(signature: string): IndexedPattern[] {
    return this.#resolve(this.#bySignature.get(signature));
  }

  withRoot(root: string): IndexedPattern[] {
    return this.#resolve(this.#byRoot.get(root));
  }

  /** Patterns at least `least` (0 to 1) alike that do not contradict the marks, best first. */
  alike(signature: string, marks: Marks, least: number): Alike[] {
    const terms = termsOf(signature);
    const total = this.#entries.size;
    const weigh = (term: string): number => weightOf(total, this.#byTerm.get(term)?.size ?? 0);
    const candidates = new Set<number>();
    for (const term of terms) for (const id of this.#byTerm.get(term) ?? []) candidates.add(id);
    return this.#resolve(candidates)
      .filter((entry) => !contradict(entry, marks))
      .map((entry) => ({ entry, similarity: termSimilarity(terms, entry.terms, weigh) }))
      .filter((alike) => alike.similarity >= least / 2)
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, MAX_COMPARED)
      .map(({ entry, similarity }) => ({
        entry,
        similarity: 0.7 * similarity + 0.3 * trigramSimilarity(signature, entry.pattern.errorSignature),
      }))
      .filter((alike) => alike.similarity >= least)
      .sort((a, b) => b.similarity - a.similarity);
  }

  #resolve(ids: Iterable<number> | undefined): IndexedPattern[] {
    return [...(ids ?? [])].flatMap((id) => this.#entries.get(id) ?? []);
  }
}

function link(index: Map<string, Set<number>>, key: string, id: number): void {
  const ids = index.get(key);
  if (ids === undefined) index.set(key, new Set([id]));
  else ids.add(id);
}

function unlink(index: Map<string, Set<number>>, key: string, id: number): void {
  const ids = index.get(key);
  ids?.delete(id);
  if (ids?.size === 0) index.delete(key);
}
