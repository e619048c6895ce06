import type { Check } from '../../shared/model/health.ts';
import type { Store } from './store.ts';
import { insertChecks, type SkillCheck } from './tables/checks.ts';
import { putProgress, type SkillProgress } from './tables/skills.ts';

/** The most a hard kill can take is what came in during this time, ms (DESIGN.md §7 allows a second). */
const FLUSH_AFTER_MS = 500;
const FLUSH_AT_CHECKS = 500;

/**
 * Collects what comes in with every check and writes it in one transaction: a sweep over hundreds of skills costs one
 * commit. Reading through `Storage` flushes first, so nobody sees a difference.
 */
export class WriteBuffer {
  readonly #store: Store;
  readonly #nowMs: () => number;
  #checks: SkillCheck[] = [];
  #progress = new Map<string, SkillProgress>();
  #timer: NodeJS.Timeout | null = null;

  constructor(store: Store, nowMs: () => number) {
    this.#store = store;
    this.#nowMs = nowMs;
  }

  addCheck(skillId: string, check: Check): void {
    this.#checks.push({ skillId, check });
    if (this.#checks.length >= FLUSH_AT_CHECKS) this.flush();
    else this.#arm();
  }

  /** Only the latest of a skill counts. */
  addProgress(skillId: string, progress: SkillProgress): void {
    const before = this.#progress.get(skillId);
    this.#progress.set(skillId, {
      ...progress,
      healthSince: progress.healthSince === undefined ? before?.healthSince : progress.healthSince,
    });
    this.#arm();
  }

  /** Something newer and whole was written for this skill, or the skill is gone. */
  dropProgress(skillId: string): void {
    this.#progress.delete(skillId);
  }

  /** Writes what is waiting. Never throws for the disk's troubles. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#store.tend();
    if (this.#checks.length === 0 && this.#progress.size === 0) return;
    const checks = this.#checks;
    const progress = this.#progress;
    this.#checks = [];
    this.#progress = new Map();
    const now = this.#nowMs();
    this.#store.write((db) => {
      insertChecks(db, checks);
      for (const [skillId, latest] of progress) putProgress(db, skillId, latest, now);
    });
  }

  #arm(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => this.flush(), FLUSH_AFTER_MS);
    // A host that has nothing else to do may end; `close` flushes.
    this.#timer.unref();
  }
}
