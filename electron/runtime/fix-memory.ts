import { CommandError } from '../../shared/contract/index.ts';
import {
  type FixHistoryEntry,
  type FixMatch,
  type FixPattern,
  type FixTrial,
  MAX_OTHER_ERRORS,
} from '../../shared/model/fix.ts';
import type { ExchangePattern, FixExchange, ImportCounts } from '../../shared/model/fix-exchange.ts';
import { readError } from '../core/fixes/facts.ts';
import { type FixChange, FixPatternStore } from '../core/fixes/store.ts';
import type { TrialVerdict } from '../core/fixes/trial.ts';
import type { Storage } from '../storage/storage.ts';
import type { ActionLog } from './action-log.ts';
import type { EventHub } from './event-hub.ts';
import { exportFixes, planImport } from './fix-exchange.ts';
import { changesInWords, fixHistory } from './fix-history.ts';

/** How many suggestions a question gets when it does not say. */
const DEFAULT_LIMIT = 5;

export interface FixMemoryPorts {
  readonly fixes: Storage['fixes'];
  readonly actions: ActionLog;
  readonly hub: EventHub;
  nowMs(): number;
}

/** Told of every fix a person, an import or a judged trial changed here, once it is on disk. Undefined: it was not, or is no more. */
export type FixListener = (
  before: FixPattern | undefined,
  after: FixPattern | undefined,
  why: 'merged' | null,
) => void;

/** What fixed an error: remembered on disk before it is acknowledged, suggested from memory. Secrets never get this far. */
export class FixMemory {
  readonly #ports: FixMemoryPorts;
  readonly #store = new FixPatternStore();
  #listener: FixListener = () => undefined;

  constructor(ports: FixMemoryPorts) {
    this.#ports = ports;
    // Patterns an older version signed are signed anew, and written back so that it happens once.
    for (const pattern of this.#store.restoreAll(ports.fixes.all())) ports.fixes.update(pattern);
  }

  /** There is one listener at a time. */
  listen(listener: FixListener): void {
    this.#listener = listener;
  }

  /** Throws `CommandError` `invalid_payload` for a text that has nothing to be recognised by. */
  record(
    error: string,
    fixDescription: string,
    skillId?: string,
    choice: Pick<FixChange, 'safeAction' | 'autoApply'> = {},
  ): FixPattern {
    if (readError(error).empty) {
      throw new CommandError(
        'invalid_payload',
        'The error text holds nothing to recognise it by: give the exception line or the whole traceback.',
      );
    }
    const at = this.#ports.nowMs();
    const known = new Map(this.list().map((pattern) => [pattern.id, pattern]));
    const recorded = this.#store.recordFix(error, fixDescription, skillId, at, error);
    const before = known.get(recorded.id);
    const wordsBefore = before?.fixDescription;
    if (wordsBefore === undefined) this.#note(recorded.id, 'recorded', recorded.fixDescription, skillId);
    else if (wordsBefore !== recorded.fixDescription) this.#note(recorded.id, 'edited', wordsBefore);
    const chosen = choice.safeAction !== undefined || choice.autoApply !== undefined;
    const pattern = this.#keep(
      (chosen ? this.#store.update(recorded.id, choice, at) : undefined) ?? recorded,
      before,
    );
    this.#ports.actions.record({
      kind: 'recordFix',
      skillId: skillId ?? null,
      origin: 'user',
      reason: `what fixed "${pattern.errorSignature.slice(0, 200)}": ${titleOf(pattern)}`,
    });
    return pattern;
  }

  match(
    error: string,
    {
      skillId,
      limit = DEFAULT_LIMIT,
      own = false,
    }: {
      readonly skillId?: string | undefined;
      readonly limit?: number | undefined;
      /** Only what was recorded on this host. */
      readonly own?: boolean;
    },
  ): { signature: string; matches: FixMatch[] } {
    return this.#store.match(error, { ...(skillId === undefined ? {} : { skillId }), limit, own });
  }

  list(): FixPattern[] {
    return this.#store.list();
  }

  find(fixId: number): FixPattern | undefined {
    return this.#store.get(fixId);
  }

  /** Throws `CommandError` `not_found`. */
  get(fixId: number): FixPattern {
    return found(fixId, this.#store.get(fixId));
  }

  /** The first line of the best fix for an error, for a sentence about it; null when nothing is known. */
  bestTitle(error: string, skillId: string): string | null {
    const [best] = this.match(error, { skillId, limit: 1 }).matches;
    return best === undefined || best.tier === 'similar' ? null : titleOf(best.pattern);
  }

  feedback(fixId: number, worked: boolean, skillId: string | undefined): FixPattern {
    const at = this.#ports.nowMs();
    const before = this.#store.get(fixId);
    const pattern = this.#keep(found(fixId, this.#store.feedback(fixId, worked, at)), before);
    this.#ports.fixes.addFeedback({ fixId, worked, at, ...(skillId === undefined ? {} : { skillId }) });
    return pattern;
  }

  /** Counts what the checks said about an applied fix. A fix deleted meanwhile is left alone. */
  judged(fixId: number, verdict: TrialVerdict, skillId: string): void {
    const before = this.#store.get(fixId);
    if (before === undefined) return;
    if (verdict !== 'corrected') {
      this.feedback(fixId, verdict === 'worked', skillId);
      return;
    }
    const at = this.#ports.nowMs();
    this.#keep(found(fixId, this.#store.correct(fixId, at)), before);
    this.#ports.fixes.addFeedback({ fixId, worked: false, at, skillId });
  }

  update(fixId: number, change: FixChange): FixPattern {
    const before = this.get(fixId);
    const pattern = this.#keep(found(fixId, this.#store.update(fixId, change, this.#ports.nowMs())), before);
    const changes = changesInWords(before, pattern);
    if (changes !== null) this.#note(fixId, 'edited', changes);
    return pattern;
  }

  /**
   * Puts one fix into another. Throws `CommandError` `not_found`, `conflict` for a fix with itself or for one that
   * would stand for too many errors.
   */
  merge(fixId: number, intoFixId: number): FixPattern {
    const from = this.get(fixId);
    const into = this.get(intoFixId);
    if (fixId === intoFixId) throw new CommandError('conflict', 'A fix cannot be merged into itself.');
    const pattern = this.#store.merge(fixId, intoFixId, this.#ports.nowMs());
    if (pattern === undefined) {
      throw new CommandError(
        'conflict',
        `One fix can stand for at most ${MAX_OTHER_ERRORS + 1} errors, and these two have more. Leave them apart.`,
      );
    }
    this.#ports.fixes.merge(fixId, pattern);
    this.#note(intoFixId, 'merged', from.fixDescription, from.skillId);
    this.#ports.actions.record({
      kind: 'recordFix',
      skillId: pattern.skillId ?? null,
      origin: 'user',
      reason: `merged the fix "${titleOf(from)}" into "${titleOf(pattern)}"`,
    });
    this.#ports.hub.publish('fix.changed', { fixId, pattern: null }, String(fixId));
    this.#ports.hub.publish('fix.changed', { fixId: pattern.id, pattern }, String(pattern.id));
    this.#listener(from, undefined, 'merged');
    this.#listener(into, pattern, 'merged');
    return this.get(intoFixId);
  }

  /** What became of a fix, newest first. Throws `CommandError` `not_found`. */
  history(fixId: number, trials: readonly FixTrial[], limit: number): FixHistoryEntry[] {
    const pattern = this.get(fixId);
    const { fixes } = this.#ports;
    return fixHistory(pattern, fixes.edits(fixId), trials, fixes.feedback(fixId)).slice(0, limit);
  }

  delete(fixId: number): FixPattern {
    const pattern = found(fixId, this.#store.remove(fixId));
    this.#ports.fixes.remove(fixId);
    this.#ports.hub.publish('fix.changed', { fixId, pattern: null }, String(fixId));
    this.#listener(pattern, undefined, null);
    return pattern;
  }

  /**
   * Takes what a fleet told of a fix into memory: a new pattern, or one in place of the one with the id `inPlaceOf`.
   * Whoever calls writes it to disk.
   */
  takeShared(pattern: Omit<FixPattern, 'id'>, inPlaceOf?: number): FixPattern {
    const taken = this.#store.adopt(pattern, inPlaceOf);
    this.#ports.hub.publish('fix.changed', { fixId: taken.id, pattern: taken }, String(taken.id));
    return taken;
  }

  /** The fleet holds it no more, nor does this host. Whoever calls takes it from the disk. */
  dropShared(fixId: number): void {
    this.#store.remove(fixId);
    this.#ports.hub.publish('fix.changed', { fixId, pattern: null }, String(fixId));
  }

  export(): FixExchange {
    return exportFixes(this.list(), this.#ports.nowMs());
  }

  /** `preview` only counts; `merge` writes. */
  import(patterns: readonly ExchangePattern[], mode: 'preview' | 'merge'): ImportCounts {
    const { counts, steps } = planImport(patterns, this.list(), this.#ports.nowMs());
    if (mode === 'preview') return counts;
    for (const { pattern, into } of steps) {
      const kept = this.#keep(this.#store.adopt(pattern, into?.id), into);
      if (into === undefined) this.#note(kept.id, 'imported', kept.fixDescription, kept.skillId);
    }
    if (steps.length > 0) {
      this.#ports.actions.record({
        kind: 'recordFix',
        skillId: null,
        origin: 'user',
        reason: `imported fixes: ${counts.added} new, ${counts.same} known, ${counts.conflicting} for known errors`,
      });
    }
    return counts;
  }

  #note(fixId: number, kind: FixHistoryEntry['kind'], detail: string, skillId?: string): void {
    this.#ports.fixes.addEdit({ fixId, at: this.#ports.nowMs(), kind, skillId: skillId ?? null, detail });
  }

  #keep(pattern: FixPattern, before: FixPattern | undefined): FixPattern {
    this.#ports.fixes.update(pattern);
    this.#ports.hub.publish('fix.changed', { fixId: pattern.id, pattern }, String(pattern.id));
    this.#listener(before, pattern, null);
    // Where the fleet knows these words already, its counts have joined them by now.
    return this.get(pattern.id);
  }
}

/** The first line of a fix: what it is called. */
export function titleOf(pattern: FixPattern): string {
  return pattern.fixDescription.split('\n', 1)[0] ?? '';
}

function found(fixId: number, pattern: FixPattern | undefined): FixPattern {
  if (pattern === undefined) throw new CommandError('not_found', `There is no fix pattern ${fixId}.`);
  return pattern;
}
