import type { ProcessTree } from './process-tree.ts';
import type { Spawn } from './spawn.ts';
import type { StartGate } from './start-gate.ts';
import type { TurnLane } from './turn-lane.ts';

/** What all slots of a supervisor share. */
export interface SupervisorParts {
  readonly tree: ProcessTree;
  readonly spawn: Spawn;
  readonly gate: StartGate;
  readonly lane: TurnLane;
  readonly nextRunId: () => string;
  readonly afterPendingInput: (run: () => void) => void;
}
