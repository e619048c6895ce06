import {
  type FixMatch,
  type FixPattern,
  MAX_OTHER_ERRORS,
  type SafeAction,
} from '../../../shared/model/fix.ts';
import { redactSecrets } from '../redaction/redact.ts';
import { type ErrorFacts, readError } from './facts.ts';
import { findCandidates, wholeText } from './find.ts';
import { mergedPattern } from './merge.ts';
import { normalizeError, SIGNATURE_VERSION } from './normalize.ts';
import { PatternIndex } from './pattern-index.ts';
import { containsPhrase } from './phrase.ts';
import { compareCandidates } from './rank.ts';
import { keepEnds, MAX_TEXT } from './reading/clean.ts';
import { reasonFor } from './reasons.ts';

/** What `update` may change; `skillId: null` makes a fix apply to any skill, `safeAction: 'none'` takes its action away. */
export interface FixChange {
  readonly fixDescription?: string;
  readonly skillId?: string | null;
  readonly safeAction?: SafeAction | 'none';
  readonly autoApply?: boolean;
}

/**
 * The memory of what fixed which error. Patterns are values: every change puts a new object in place, so what was
 * handed out stays as it was. Times (`at`) are epoch ms and come from the caller. DESIGN.md §9.
 */
export class FixPatternStore {
  readonly #index = new PatternIndex();
  #lastId = 0;

  constructor(patterns: Iterable<FixPattern> = []) {
    this.restoreAll(patterns);
  }

  /**
   * Records what fixed an error. Text and signature are the same thing here: both go through the same function.
   *
   * One error may have several fixes, and yet recording the same signature twice is one pattern with the newer
   * description: as long as nobody has reported back on a pattern, its text is a note that a newer note replaces. Once
   * feedback has come, the figures belong to that description, and another description starts a pattern of its own.
   * The same description is always the same pattern. Patterns of different skills never mix. Recording counts as one
   * success.
   *
   * @param sample the full text it was seen in, for showing and for signing anew; kept only if it has this signature.
   */
  recordFix(
    signatureOrError: string,
    description: string,
    skillId?: string,
    at = 0,
    sample?: string,
  ): FixPattern {
    const text = redactSecrets(signatureOrError);
    const signature = normalizeError(text);
    const fixDescription = redactSecrets(description.trim());
    const scoped = this.#index
      .withSignature(signature)
      .map((entry) => entry.pattern)
      .filter((pattern) => pattern.skillId === skillId);
    const same =
      scoped.find((pattern) => pattern.fixDescription === fixDescription) ??
      // Words that stand for several errors, or on several hosts, are not replaced by a note about one of them.
      scoped.findLast(
        ({ lastUsedAt, alsoFor, elsewhere }) =>
          lastUsedAt === null && alsoFor === undefined && elsewhere === undefined,
      );
    if (same !== undefined) {
      const kept = madeOwn(same, at);
      return this.#put({ ...kept, fixDescription, successCount: kept.successCount + 1, updatedAt: at });
    }
    return this.#put({
      id: this.#lastId + 1,
      errorSignature: signature,
      fixDescription,
      ...(skillId === undefined ? {} : { skillId }),
      successCount: 1,
      failureCount: 0,
      createdAt: at,
      updatedAt: at,
      lastUsedAt: null,
      sample: sampleOf(signature, text, sample),
      signatureVersion: SIGNATURE_VERSION,
    });
  }

  /**
   * The one pattern to try for an error, or undefined: the same signature before the same root cause before a phrase
   * inside the text. Among phrases the one with the most successes wins, then the longer, then the older.
   */
  findMatching(error: string): FixPattern | undefined {
    const text = redactSecrets(error);
    const facts = readError(text);
    if (facts.empty) return undefined;
    const certain = findCandidates(this.#index, text, facts, undefined, ['exact', 'root-cause']);
    const best = certain.sort(compareCandidates)[0];
    if (best !== undefined) return best.pattern;
    const whole = wholeText(text, facts);
    let found: FixPattern | undefined;
    let foundLength = 0;
    for (const { phrase, pattern, signature } of this.#index.all()) {
      if (phrase === null || !containsPhrase(whole, phrase)) continue;
      const more = pattern.successCount - (found?.successCount ?? 0);
      if (more > 0 || (more === 0 && signature.length > foundLength)) {
        found = pattern;
        foundLength = signature.length;
      }
    }
    return found;
  }

  /**
   * Everything worth suggesting for an error, best first (see `compareCandidates`), at most `limit` (default 10).
   * A fix recorded for `skillId` comes before the same error's fixes of other skills. A text that normalises to
   * nothing matches nothing. `own`: only what was recorded on this host.
   */
  match(
    error: string,
    options: { skillId?: string; limit?: number; own?: boolean } = {},
  ): { signature: string; matches: FixMatch[] } {
    const text = redactSecrets(error);
    const facts: ErrorFacts = readError(text);
    if (facts.empty) return { signature: facts.signature, matches: [] };
    const matches = findCandidates(this.#index, text, facts, options.skillId)
      .filter(({ pattern }) => options.own !== true || pattern.origin === undefined)
      .sort(compareCandidates)
      .slice(0, options.limit ?? 10)
      .map(({ pattern, tier, score, detail }) => ({
        pattern,
        tier,
        score,
        why: reasonFor(pattern, tier, score, detail),
      }));
    return { signature: facts.signature, matches };
  }

  /** All patterns, oldest first. */
  list(): FixPattern[] {
    return this.#index.patterns().sort((a, b) => a.id - b.id);
  }

  get(id: number): FixPattern | undefined {
    return this.#index.get(id);
  }

  /** Counts whether a fix helped. Undefined when there is no such pattern. */
  feedback(id: number, worked: boolean, at: number): FixPattern | undefined {
    const pattern = this.get(id);
    if (pattern === undefined) return undefined;
    return this.#put({
      ...pattern,
      successCount: pattern.successCount + (worked ? 1 : 0),
      failureCount: pattern.failureCount + (worked ? 0 : 1),
      lastUsedAt: at,
    });
  }

  /** A success that turned out to be none: it is taken back and counted as a failure. Undefined without such a pattern. */
  correct(id: number, at: number): FixPattern | undefined {
    const pattern = this.get(id);
    if (pattern === undefined) return undefined;
    const successCount = Math.max(0, pattern.successCount - 1);
    return this.#put({ ...pattern, successCount, failureCount: pattern.failureCount + 1, lastUsedAt: at });
  }

  /** Takes a pattern as it is given, under a new id, or in place of the one with the id `inPlaceOf`. */
  adopt(pattern: Omit<FixPattern, 'id'>, inPlaceOf?: number): FixPattern {
    return this.#put({ ...pattern, id: inPlaceOf ?? this.#lastId + 1 });
  }

  /**
   * Changes the text, the skill or the action of a fix; its figures stay, and it is this host's own from then on.
   * Undefined when there is no such pattern.
   */
  update(id: number, change: FixChange, at: number): FixPattern | undefined {
    const known = this.get(id);
    if (known === undefined) return undefined;
    const pattern = madeOwn(known, at);
    const {
      skillId: before,
      safeAction: actionBefore,
      autoApply: allowedBefore,
      elsewhere,
      ...rest
    } = pattern;
    const action = change.safeAction ?? actionBefore;
    // A permission is for the action it was given for: another action asks again.
    const allowed = change.autoApply ?? (action === actionBefore && allowedBefore === true);
    const skillId = change.skillId === undefined ? before : (change.skillId ?? undefined);
    const fixDescription = redactSecrets(change.fixDescription?.trim() ?? pattern.fixDescription);
    // What other hosts counted, they counted for these very words.
    const stays = skillId === before && fixDescription === pattern.fixDescription;
    return this.#put({
      ...rest,
      ...(elsewhere === undefined || !stays ? {} : { elsewhere }),
      ...(skillId === undefined ? {} : { skillId }),
      ...(action === undefined || action === 'none' ? {} : { safeAction: action, autoApply: allowed }),
      fixDescription,
      updatedAt: at,
    });
  }

  /**
   * Puts one fix into another (`mergedPattern`) and forgets it. Undefined when one of them is not there, both are the
   * same, or together they would stand for more errors than one fix may.
   */
  merge(id: number, intoId: number, at: number): FixPattern | undefined {
    const from = this.get(id);
    const into = this.get(intoId);
    if (from === undefined || into === undefined || id === intoId) return undefined;
    const pattern = mergedPattern(from, into, at);
    if ((pattern.alsoFor?.length ?? 0) > MAX_OTHER_ERRORS) return undefined;
    this.#index.remove(id);
    return this.#put(pattern);
  }

  /** Forgets a fix and returns it. Undefined when there is no such pattern. */
  remove(id: number): FixPattern | undefined {
    const pattern = this.get(id);
    this.#index.remove(id);
    return pattern;
  }

  /**
   * Replaces everything by stored patterns. Those signed by an older version are signed anew from their sample;
   * returned are the ones that changed, for writing back.
   */
  restoreAll(patterns: Iterable<FixPattern>): FixPattern[] {
    for (const { id } of this.#index.patterns()) this.#index.remove(id);
    this.#lastId = 0;
    const changed: FixPattern[] = [];
    for (const stored of patterns) {
      if (stored.signatureVersion >= SIGNATURE_VERSION) {
        this.#put(stored);
        continue;
      }
      const { alsoFor, ...rest } = stored;
      const others = alsoFor?.map((other) => ({ ...other, errorSignature: signedAnew(other) }));
      changed.push(
        this.#put({
          ...rest,
          ...(others === undefined ? {} : { alsoFor: others }),
          errorSignature: signedAnew(stored),
          signatureVersion: SIGNATURE_VERSION,
        }),
      );
    }
    return changed;
  }

  #put(pattern: FixPattern): FixPattern {
    const value = Object.freeze({ ...pattern });
    this.#lastId = Math.max(this.#lastId, value.id);
    this.#index.put(value);
    return value;
  }
}

/** A fix learnt on another host as one recorded here. */
function madeOwn(pattern: FixPattern, at: number): FixPattern {
  if (pattern.origin === undefined) return pattern;
  const { origin: _origin, ...rest } = pattern;
  return { ...rest, createdAt: at };
}

function signedAnew({ errorSignature, sample }: Pick<FixPattern, 'errorSignature' | 'sample'>): string {
  return normalizeError(sample === '' ? errorSignature : sample);
}

/** The text a pattern can be signed anew from: the full one, unless it is another error than the one recorded. */
function sampleOf(signature: string, text: string, sample: string | undefined): string {
  if (sample !== undefined) {
    const full = keepEnds(redactSecrets(sample), MAX_TEXT, 0.5);
    if (normalizeError(full) === signature) return full;
  }
  return keepEnds(text, MAX_TEXT, 0.5);
}
