import type { Remedy } from '../../../shared/model/skill.ts';

/** One thing that was looked at. `error`: the skill does not work; `warning`: it works, and something is to mend. */
export interface ValidationStep {
  readonly what: string;
  readonly level: 'ok' | 'warning' | 'error' | 'skipped';
  /** In words that end with the way out. */
  readonly message: string;
  readonly remedy?: Remedy;
}

/** What became of one skill. */
export interface Validation {
  /** Null when there is no readable manifest. */
  readonly id: string | null;
  readonly steps: readonly ValidationStep[];
}
