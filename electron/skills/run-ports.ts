import type { ProcessCause } from '../../shared/model/skill.ts';
import type { Clock } from '../core/supervision/clock.ts';
import type { LogLimiter } from './log-limiter.ts';
import type { NoiseCounter } from './noise.ts';
import type { OneShotOutput } from './one-shot-output.ts';
import type { ProcessTree } from './process-tree.ts';
import type { TurnLane } from './turn-lane.ts';

/** What a run needs of the world, and whom it tells. */
export interface RunPorts {
  readonly clock: Clock;
  readonly tree: ProcessTree;
  readonly hostVersion: string;
  readonly afterPendingInput: (run: () => void) => void;
  /** Entering an end takes milliseconds, and many may come at once. */
  readonly lane: TurnLane;
  readonly noise: NoiseCounter;
  readonly log: LogLimiter;
  /** Where the standard output of a one-shot run goes instead of to the protocol. */
  readonly output?: OneShotOutput;
  readonly onNotification: (method: string, params: unknown) => void;
  /** Masks secrets in what the skill said last; without it nothing is masked. */
  readonly mask?: ((text: string) => string) | undefined;
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
