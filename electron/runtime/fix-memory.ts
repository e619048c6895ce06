import { CommandError } from '../../shared/contract/index.ts';
import type { FixMatch, FixPattern } from '../../shared/model/fix.ts';
import { readError } from '../core/fixes/facts.ts';
import { FixPatternStore } from '../core/fixes/store.ts';
import type { Storage } from '../storage/storage.ts';
import type { ActionLog } from './action-log.ts';

/** How many suggestions a question gets when it does not say. */
const DEFAULT_LIMIT = 5;

export interface FixMemoryPorts {
  readonly fixes: Storage['fixes'];
  readonly actions: ActionLog;
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
  record(error: string, fixDescription: string, skillId?: string): FixPattern {
    if (readError(error).empty) {
      throw new CommandError(
        'invalid_payload',
        'The error text holds nothing to recognise it by: give the exception line or the whole traceback.',
      );
    }
    const pattern = this.#store.recordFix(error, fixDescription, skillId, this.#ports.nowMs(), error);
    this.#ports.fixes.update(pattern);
    this.#ports.actions.record({
      kind: 'recordFix',
      skillId: skillId ?? null,
      origin: 'user',
      reason: `what fixed "${pattern.errorSignature.slice(0, 200)}": ${pattern.fixDescription.split('\n', 1)[0] ?? ''}`,
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

  feedback(fixId: number, worked: boolean, skillId: string | undefined): FixPattern {
    const at = this.#ports.nowMs();
    const pattern = found(fixId, this.#store.feedback(fixId, worked, at));
    this.#ports.fixes.update(pattern);
    this.#ports.fixes.addFeedback({ fixId, worked, at, ...(skillId === undefined ? {} : { skillId }) });
    return pattern;
  }

  update(fixId: number, fixDescription: string, skillId: string | null | undefined): FixPattern {
    const change = skillId === undefined ? { fixDescription } : { fixDescription, skillId };
    const pattern = found(fixId, this.#store.update(fixId, change, this.#ports.nowMs()));
    this.#ports.fixes.update(pattern);
    return pattern;
  }

  delete(fixId: number): FixPattern {
    const pattern = found(fixId, this.#store.remove(fixId));
    this.#ports.fixes.remove(fixId);
    return pattern;
  }
}

function found(fixId: number, pattern: FixPattern | undefined): FixPattern {
  if (pattern === undefined) throw new CommandError('not_found', `There is no fix pattern ${fixId}.`);
  return pattern;
}
