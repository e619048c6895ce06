import type { CauseKind } from '../../../shared/model/health.ts';

/** What came back when a skill was asked how it is: facts only, the verdict is `classifyAnswer`'s. */
export type HealthAnswer =
  /** The skill answered. `healthy` is the dialect's own healthy word (`ok`, `healthy`, or an MCP pong). */
  | {
      readonly kind: 'answered';
      readonly healthy: boolean;
      readonly detail: string | null;
      readonly latencyMs: number;
    }
  /** The skill answered with a JSON-RPC error. */
  | { readonly kind: 'error'; readonly code: number; readonly message: string; readonly latencyMs: number }
  /** The skill answered something that is not a health answer. */
  | { readonly kind: 'malformed'; readonly message: string; readonly latencyMs: number }
  /** A one-shot run failed. `cause` is absent where the skill itself said so. */
  | {
      readonly kind: 'run-failed';
      readonly message: string;
      readonly cause?: CauseKind;
      readonly latencyMs: number;
    }
  /** Nothing came within the time limit. */
  | { readonly kind: 'timeout'; readonly waitedMs: number }
  /** There is no process to ask, or it went away while being asked. */
  | { readonly kind: 'gone'; readonly reason: string; readonly cause: CauseKind };

/** Something that can ask a running skill for its health within a time limit. Never throws: trouble is an answer too. */
export interface HealthRunner {
  askHealth(skillId: string, timeoutMs: number): Promise<HealthAnswer>;
}
