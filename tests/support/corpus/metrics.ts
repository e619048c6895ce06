import { normalizeError } from '../../../electron/core/fixes/normalize.ts';
import { FixPatternStore } from '../../../electron/core/fixes/store.ts';
import type { CorpusText } from './corpus.ts';

const CONFIDENT = new Set(['exact-here', 'exact', 'root-cause']);

export interface GroupingFigures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** F1 over groups: a group counts when signatures reproduce it exactly. */
  readonly fga: number;
  /** Look-alike groups of one family that share a signature. */
  readonly mergedFamilyPairs: number;
  readonly familyPairs: number;
}

/** How well signatures reproduce the true groups, over all pairs of texts and over groups. */
export function grouping(texts: readonly CorpusText[]): GroupingFigures {
  const signatures = texts.map((entry) => normalizeError(entry.text));
  const truth = collect(texts, (entry) => entry.group);
  const found = collect(texts, (_, index) => signatures[index] ?? '');
  const both = collect(texts, (entry, index) => `${entry.group}\u0000${signatures[index] ?? ''}`);
  const shared = pairs(both);
  const precision = shared / Math.max(1, pairs(found));
  const recall = shared / Math.max(1, pairs(truth));
  const groups = new Set([...truth.values()].map((members) => members.join()));
  const exact = [...found.values()].filter((members) => groups.has(members.join())).length;
  const family = familyFigures(texts, signatures);
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    fga: (2 * exact) / (truth.size + found.size),
    ...family,
  };
}

export interface ReplayFigures {
  readonly known: number;
  readonly right: number;
  readonly wrong: number;
  readonly unknown: number;
  /** Share of unknown errors that a confident tier answers all the same. */
  readonly falseHits: number;
}

/** Records a fix for the first text of each group, asks for all others, then for each first text without its fix. */
export function replay(texts: readonly CorpusText[]): ReplayFigures {
  const { store, firsts, rest } = recorded(texts);
  let right = 0;
  let wrong = 0;
  for (const { text, group } of rest) {
    const best = store.match(text).matches[0];
    if (best === undefined) continue;
    if (best.pattern.fixDescription === fixOf(group)) right += 1;
    else wrong += 1;
  }
  let falseHits = 0;
  for (const { text, group } of firsts) {
    const pattern = store.list().find((one) => one.fixDescription === fixOf(group));
    if (pattern === undefined) throw new Error(`no fix was recorded for ${group}`);
    store.remove(pattern.id);
    if (store.match(text).matches.some((match) => CONFIDENT.has(match.tier))) falseHits += 1;
    store.recordFix(text, fixOf(group));
  }
  return {
    known: rest.length,
    right: right / rest.length,
    wrong: wrong / rest.length,
    unknown: firsts.length,
    falseHits: falseHits / firsts.length,
  };
}

/** Share of reworded errors whose first suggestion is the fix of their group, or of another one. */
export function rewording(texts: readonly CorpusText[], reworded: readonly CorpusText[]): { right: number; wrong: number } {
  const { store } = recorded(texts);
  const best = reworded.map(({ text, group }) => {
    const found = store.match(text).matches[0]?.pattern.fixDescription;
    return found === undefined ? 'none' : found === fixOf(group) ? 'right' : 'wrong';
  });
  const share = (outcome: string): number => best.filter((one) => one === outcome).length / reworded.length;
  return { right: share('right'), wrong: share('wrong') };
}

function recorded(texts: readonly CorpusText[]): { store: FixPatternStore; firsts: CorpusText[]; rest: CorpusText[] } {
  const store = new FixPatternStore();
  const seen = new Set<string>();
  const firsts: CorpusText[] = [];
  const rest: CorpusText[] = [];
  for (const entry of texts) {
    if (seen.has(entry.group)) {
      rest.push(entry);
      continue;
    }
    seen.add(entry.group);
    firsts.push(entry);
    store.recordFix(entry.text, fixOf(entry.group));
  }
  return { store, firsts, rest };
}

function fixOf(group: string): string {
  return `fix of ${group}`;
}

function familyFigures(
  texts: readonly CorpusText[],
  signatures: readonly string[],
): { mergedFamilyPairs: number; familyPairs: number } {
  const groups = new Map<string, { family: string; signatures: Set<string> }>();
  for (const [index, { group, family }] of texts.entries()) {
    if (family === undefined || family === null) continue;
    const known = groups.get(group) ?? { family, signatures: new Set<string>() };
    known.signatures.add(signatures[index] ?? '');
    groups.set(group, known);
  }
  const all = [...groups.values()];
  let mergedFamilyPairs = 0;
  let familyPairs = 0;
  for (const [index, left] of all.entries()) {
    for (const right of all.slice(index + 1)) {
      if (left.family !== right.family) continue;
      familyPairs += 1;
      if ([...left.signatures].some((signature) => right.signatures.has(signature))) mergedFamilyPairs += 1;
    }
  }
  return { mergedFamilyPairs, familyPairs };
}

function collect(
  texts: readonly CorpusText[],
  keyOf: (entry: CorpusText, index: number) => string,
): Map<string, number[]> {
  const members = new Map<string, number[]>();
  for (const [index, entry] of texts.entries()) {
    const key = keyOf(entry, index);
    const list = members.get(key);
    if (list === undefined) members.set(key, [index]);
    else list.push(index);
  }
  return members;
}

function pairs(groups: Map<string, number[]>): number {
  let count = 0;
  for (const { length } of groups.values()) count += (length * (length - 1)) / 2;
  return count;
}
