import type { CauseKind } from '../../../shared/model/health.ts';
import type { SkillProtocol } from '../../../shared/model/skill.ts';
import type { HealthAnswer } from '../../core/health/answer.ts';
import type { RpcClient, RpcReply } from '../rpc-client.ts';
import type { RpcCall, RpcPeerReply } from '../rpc-wire.ts';
import type { InvokeResult, LaunchPlan } from '../types.ts';

export type HandshakeResult =
  | { readonly ok: true; readonly name: string; readonly version: string | null }
  /**
   * `cause` is `configuration` where trying again cannot help, `handshake-refused` where the skill itself said no;
   * `code` is that of its error answer.
   */
  | { readonly ok: false; readonly cause: CauseKind; readonly message: string; readonly code?: number };

/** One dialect spoken with one run of one skill. */
export interface Session {
  /** What is spoken; before the handshake of a session that finds out, what it tries first. */
  readonly protocol: SkillProtocol;
  /** @param timeoutMs for the whole handshake, all attempts together */
  handshake(timeoutMs: number): Promise<HandshakeResult>;
  health(timeoutMs: number): Promise<HealthAnswer>;
  /** `method` is what the caller named; the dialect decides how that is said on the wire. */
  invoke(
    method: string,
    params: Readonly<Record<string, unknown>> | undefined,
    timeoutMs: number,
  ): Promise<InvokeResult>;
  /** What asks the skill to end, sent before its input is closed; null where closing the input is the request. */
  shutdownCall(): RpcCall | null;
  /** The answer to a request of the skill, or null where the dialect knows none. */
  answerPeer(method: string, params: unknown): RpcPeerReply | null;
}

export interface SessionContext {
  readonly rpc: RpcClient;
  readonly plan: LaunchPlan;
  readonly hostVersion: string;
  readonly monotonicMs: () => number;
}

/** JSON-RPC's "method not found". */
export const methodNotFound = -32601;

/** How a request that brought no answer ends a handshake. */
export function failedHandshake(
  reply: Extract<RpcReply, { kind: 'timeout' | 'gone' }>,
  timeoutMs: number,
): HandshakeResult {
  return reply.kind === 'timeout'
    ? {
        ok: false,
        cause: 'handshake-timeout',
        message: `no answer to the handshake within ${timeoutMs / 1000} s`,
      }
    : { ok: false, cause: reply.cause, message: reply.reason };
}

/** How a request that brought no answer, or an error, reads as a health answer. */
export function troubledHealth(reply: Exclude<RpcReply, { kind: 'result' }>): HealthAnswer {
  switch (reply.kind) {
    case 'error':
      return { kind: 'error', code: reply.code, message: reply.message, latencyMs: reply.latencyMs };
    case 'timeout':
      return { kind: 'timeout', waitedMs: reply.waitedMs };
    case 'gone':
      return { kind: 'gone', reason: reply.reason, cause: reply.cause };
  }
}

export function invokeResult(reply: RpcReply, timeoutMs: number): InvokeResult {
  switch (reply.kind) {
    case 'result':
      return { ok: true, result: reply.result };
    case 'error':
      return {
        ok: false,
        kind: 'skill_error',
        code: reply.code,
        message: reply.message,
        data: reply.data,
      };
    case 'timeout':
      return { ok: false, kind: 'timeout', message: `no answer within ${timeoutMs / 1000} s` };
    case 'gone':
      return { ok: false, kind: 'unavailable', message: reply.reason };
  }
}
