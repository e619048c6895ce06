import type { LifecycleStatus } from '../../../shared/model/skill.ts';

/** What is to become of a skill whose files are replaced. */
export type ReplacePlan =
  /** It is tried before it counts: started, shaken hands with, asked once. */
  | 'test'
  /** Somebody keeps it out of service; new files change nothing about that, and are tried when it comes back. */
  | 'keep'
  /** Another replacement is being tried. */
  | 'busy';

/**
 * Decided before anything moves. A quarantine is never lifted by new files: it ends by a release, whose trial is the
 * test then (DESIGN.md section 4 rule 5).
 */
export function replacePlan(entry: {
  readonly lifecycle: LifecycleStatus;
  readonly paused: boolean;
}): ReplacePlan {
  switch (entry.lifecycle) {
    case 'active':
      return entry.paused ? 'keep' : 'test';
    case 'pending':
      return 'test';
    case 'disabled':
    case 'quarantined':
      return 'keep';
    case 'testing':
      return 'busy';
  }
}
