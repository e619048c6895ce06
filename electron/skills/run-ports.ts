import type { ProcessCause } from '../../shared/model/skill.ts';
import type { Clock } from '../core/supervision/clock.ts';
import type { LogLimiter } from './log-limiter.ts';
import type { NoiseCounter } from './noise.ts';
import type { ProcessTree } from './process-tree.ts';

/** What a run needs of the world, and whom it tells. */
export interface RunPorts {
  readonly clock: Clock;
  readonly tree: ProcessTree;
  readonly hostVersion: string;
  readonly afterPendingInput: (run: () => void) => void;
  readonly noise: NoiseCounter;
  readonly log: LogLimiter;
  readonly onNotification: (method: string, params: unknown) => void;
  /** Exactly once: the process has ended, or survived SIGKILL. */
  readonly onEnded: (end: RunEnd) => void;
}

export interface RunEnd {
  readonly cause: ProcessCause;
  /** From spawn to the end, ms. */
  readonly uptimeMs: number;
  readonly stderrTail: readonly string[];
  /** SIGKILL did not end it: the process is still there. */
  readonly unkillable: boolean;
}
