import type { HealthMonitorConfig } from '../../../shared/model/config.ts';
import type { HealthCheckOutcome } from '../../../shared/model/health.ts';
import type { HealthAnswer } from './answer.ts';
import { durationInWords } from './words.ts';

/**
 * The verdict over one answer (DESIGN.md §4): its own healthy word within `degradedAfterMs` is healthy; later than
 * that, or another word, is degraded; a JSON-RPC error or an answer nobody can read is failed; no answer, or no
 * process to answer, is unreachable.
 */
export function classifyAnswer(
  answer: HealthAnswer,
  config: Pick<HealthMonitorConfig, 'degradedAfterMs'>,
): HealthCheckOutcome {
  switch (answer.kind) {
    case 'answered':
      if (!answer.healthy) {
        return { kind: 'degraded', detail: answer.detail?.trim() || 'it says it is not well, but not why' };
      }
      return answer.latencyMs > config.degradedAfterMs
        ? { kind: 'degraded', detail: tooSlow(answer.latencyMs, config.degradedAfterMs) }
        : { kind: 'healthy' };
    case 'error':
      return { kind: 'failed', error: `error ${answer.code}: ${answer.message.trim() || 'no message'}` };
    case 'malformed':
      return { kind: 'failed', error: `not a health answer: ${answer.message}`, cause: 'protocol' };
    case 'run-failed':
      return {
        kind: 'failed',
        error: answer.message,
        ...(answer.cause === undefined ? {} : { cause: answer.cause }),
      };
    case 'timeout':
      return {
        kind: 'unreachable',
        reason: `no answer within ${durationInWords(answer.waitedMs)}`,
        cause: 'hang',
      };
    case 'gone':
      return { kind: 'unreachable', reason: answer.reason, cause: answer.cause };
  }
}

function tooSlow(latencyMs: number, limitMs: number): string {
  const [took, limit] = [durationInWords(latencyMs), durationInWords(limitMs)];
  // "took 5 s (limit 5 s)" would read like a contradiction: a narrow miss is told in milliseconds.
  return took === limit
    ? `took ${Math.ceil(latencyMs)} ms to answer (limit ${limitMs} ms)`
    : `took ${took} to answer (limit ${limit})`;
}
