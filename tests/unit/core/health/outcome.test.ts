import { describe, expect, it } from 'vitest';
import type { HealthAnswer } from '../../../../electron/core/health/answer.ts';
import { classifyAnswer } from '../../../../electron/core/health/outcome.ts';

const config = { degradedAfterMs: 5000 };
const answered = (healthy: boolean, detail: string | null, latencyMs: number): HealthAnswer => ({
  kind: 'answered',
  healthy,
  detail,
  latencyMs,
});

describe('classifyAnswer', () => {
  it('takes the healthy word in time for healthy, detail or not', () => {
    expect(classifyAnswer(answered(true, null, 12), config)).toEqual({ kind: 'healthy' });
    expect(classifyAnswer(answered(true, 'all fine', 12), config)).toEqual({ kind: 'healthy' });
  });

  it('takes an answer exactly at the limit for in time', () => {
    expect(classifyAnswer(answered(true, null, 5000), config)).toEqual({ kind: 'healthy' });
  });

  it('takes a healthy word that came late for degraded and says how late', () => {
    expect(classifyAnswer(answered(true, null, 5400), config)).toEqual({
      kind: 'degraded',
      detail: 'took 5.4 s to answer (limit 5 s)',
    });
  });

  it('never says that 5 s were over a limit of 5 s', () => {
    expect(classifyAnswer(answered(true, null, 5000.4), config)).toEqual({
      kind: 'degraded',
      detail: 'took 5001 ms to answer (limit 5000 ms)',
    });
  });

  it('takes any other word for degraded, with what the skill says about it, however late', () => {
    expect(classifyAnswer(answered(false, ' no bot token configured ', 9000), config)).toEqual({
      kind: 'degraded',
      detail: 'no bot token configured',
    });
  });

  it.each([null, '', '  '])('finds words for a degraded skill that gives no detail (%o)', (detail) => {
    expect(classifyAnswer(answered(false, detail, 1), config)).toEqual({
      kind: 'degraded',
      detail: 'it says it is not well, but not why',
    });
  });

  it('takes an error answer for failed, with code and message', () => {
    const answer: HealthAnswer = { kind: 'error', code: -32000, message: 'token expired', latencyMs: 3 };
    expect(classifyAnswer(answer, config)).toEqual({ kind: 'failed', error: 'error -32000: token expired' });
  });

  it('finds words for an error answer without a message', () => {
    const answer: HealthAnswer = { kind: 'error', code: -1, message: ' ', latencyMs: 3 };
    expect(classifyAnswer(answer, config)).toEqual({ kind: 'failed', error: 'error -1: no message' });
  });

  it('takes an answer nobody can read for failed by protocol', () => {
    const answer: HealthAnswer = { kind: 'malformed', message: 'status is missing', latencyMs: 3 };
    expect(classifyAnswer(answer, config)).toEqual({
      kind: 'failed',
      error: 'not a health answer: status is missing',
      cause: 'protocol',
    });
  });

  it('takes silence for a hang, in the words of the limit and not of the stopwatch', () => {
    expect(classifyAnswer({ kind: 'timeout', waitedMs: 10_003.7 }, config)).toEqual({
      kind: 'unreachable',
      reason: 'no answer within 10 s',
      cause: 'hang',
    });
  });

  it('passes on why there was no process to ask', () => {
    const answer: HealthAnswer = { kind: 'gone', reason: 'exited with code 1', cause: 'exit' };
    expect(classifyAnswer(answer, config)).toEqual({
      kind: 'unreachable',
      reason: 'exited with code 1',
      cause: 'exit',
    });
  });
});
