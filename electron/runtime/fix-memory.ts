import { CommandError } from '../../shared/contract/index.ts';
import type { FixMatch, FixPattern } from '../../shared/model/fix.ts';
import type { ExchangePattern, FixExchange, ImportCounts } from '../../shared/model/fix-exchange.ts';
import { readError } from '../core/fixes/facts.ts';
import { type FixChange, FixPatternStore } from '../core/fixes/store.ts';
import type { TrialVerdict } from '../core/fixes/trial.ts';
import type { Storage } from '../storage/storage.ts';
import type { ActionLog } from './action-log.ts';
import type { EventHub } from './event-hub.ts';
import { exportFixes, planImport } from './fix-exchange.ts';

/** How many suggestions a question gets when it does not say. */
const DEFAULT_LIMIT = 5;

export interface FixMemoryPorts {
  readonly fixes: Storage['fixes'];
  readonly actions: ActionLog;
  readonly hub: EventHub;
  nowMs(): number;
}

/** What fixed an error: remembered on disk before it is acknowledged, suggested from memory. Secrets never get this far. */
export class FixMemory {
  readonly #ports: FixMemoryPorts;
  readonly #store = new FixPatternStore();

  constructor(ports: FixMemoryPorts) {
    this.#ports = ports;
    // Patterns an older version signed are signed anew, and written back so that it happens once.
    for (const pattern of this.#store.restoreAll(ports.fixes.all())) ports.fixes.update(pattern);
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
    const recorded = this.#store.recordFix(error, fixDescription, skillId, at, error);
    const chosen = choice.safeAction !== undefined || choice.autoApply !== undefined;
    const pattern = this.#keep(
      (chosen ? this.#store.update(recorded.id, choice, at) : undefined) ?? recorded,
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
    }: { readonly skillId?: string | undefined; readonly limit?: number | undefined },
  ): { signature: string; matches: FixMatch[] } {
    return this.#store.match(error, skillId === undefined ? { limit } : { skillId, limit });
  }

  list(): FixPattern[] {
    return this.#store.list();
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
    const pattern = this.#keep(found(fixId, this.#store.feedback(fixId, worked, at)));
    this.#ports.fixes.addFeedback({ fixId, worked, at, ...(skillId === undefined ? {} : { skillId }) });
    return pattern;
  }

  /** Counts what the checks said about an applied fix. A fix deleted meanwhile is left alone. */
  judged(fixId: number, verdict: TrialVerdict, skillId: string): void {
    if (this.#store.get(fixId) === undefined) return;
    if (verdict !== 'corrected') {
      this.feedback(fixId, verdict === 'worked', skillId);
      return;
    }
    const at = this.#ports.nowMs();
    this.#keep(found(fixId, this.#store.correct(fixId, at)));
    this.#ports.fixes.addFeedback({ fixId, worked: false, at, skillId });
  }

  update(fixId: number, change: FixChange): FixPattern {
    return this.#keep(found(fixId, this.#store.update(fixId, change, this.#ports.nowMs())));
  }

  delete(fixId: number): FixPattern {
    const pattern = found(fixId, this.#store.remove(fixId));
    this.#ports.fixes.remove(fixId);
    this.#ports.hub.publish('fix.changed', { fixId, pattern: null }, String(fixId));
    return pattern;
  }

  export(): FixExchange {
    return exportFixes(this.list(), this.#ports.nowMs());
  }

  /** `preview` only counts; `merge` writes. */
  import(patterns: readonly ExchangePattern[], mode: 'preview' | 'merge'): ImportCounts {
    const { counts, steps } = planImport(patterns, this.list(), this.#ports.nowMs());
    if (mode === 'preview') return counts;
    for (const { pattern, into } of steps) this.#keep(this.#store.adopt(pattern, into?.id));
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

  #keep(pattern: FixPattern): FixPattern {
    this.#ports.fixes.update(pattern);
    this.#ports.hub.publish('fix.changed', { fixId: pattern.id, pattern }, String(pattern.id));
    return pattern;
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
