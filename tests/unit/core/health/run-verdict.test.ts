import { describe, expect, it } from 'vitest';
import { judgeRun, type RunFacts } from '../../../../electron/core/health/run-verdict.ts';

const exit = (exitCode: number, message = `exited with code ${exitCode}`) => ({
  kind: 'exit' as const,
  message,
  exitCode,
});
const facts = (change: Partial<RunFacts>): RunFacts => ({
  cause: exit(0),
  overTimeMs: null,
  tookMs: 40,
  output: { kind: 'nothing' },
  ...change,
});
const answer = (value: Record<string, unknown>): RunFacts['output'] => ({ kind: 'answer', value });

describe('a one-shot run', () => {
  it.each([
    [
      { ok: true, sent: 3 },
      { ok: true, sent: 3 },
    ],
    [
      { sent: 3, error: null },
      { sent: 3, error: null },
    ],
    [{ jsonrpc: '2.0', id: 1, result: [1] }, [1]],
    [{}, {}],
  ])('that prints %j is well and answers with it', (value, result) => {
    expect(judgeRun(facts({ output: answer(value) }))).toEqual({
      health: { kind: 'answered', healthy: true, detail: null, latencyMs: 40 },
      result: { kind: 'result', result },
    });
  });

  it.each([
    [{ ok: false }, 'it said that it failed, but not why', -32000],
    [{ ok: false, error: 'no token' }, 'no token', -32000],
    [{ ok: false, message: ' quota reached ' }, 'quota reached', -32000],
    [{ error: 'no token' }, 'no token', -32000],
    [{ error: { code: -7, message: 'no token' } }, 'no token', -7],
    [{ jsonrpc: '2.0', id: 1, error: { code: -32601, message: 'what?' } }, 'what?', -32601],
    [{ ok: false, error: '' }, 'it said that it failed, but not why', -32000],
  ])('that prints %j has failed by its own word', (value, message, code) => {
    const { health, result } = judgeRun(facts({ output: answer(value) }));
    expect(health).toEqual({ kind: 'run-failed', message, latencyMs: 40 });
    expect(result).toMatchObject({ kind: 'refusal', message, code });
  });

  it('that exits with another code has failed, in its own words where it left any', () => {
    expect(judgeRun(facts({ cause: exit(1, 'exited with code 1: KeyError') }))).toEqual({
      health: { kind: 'run-failed', message: 'exited with code 1: KeyError', cause: 'exit', latencyMs: 40 },
      result: { kind: 'crash', message: 'exited with code 1: KeyError' },
    });
    expect(judgeRun(facts({ cause: exit(2), output: answer({ error: 'no disk' }) }))).toMatchObject({
      health: { kind: 'run-failed', message: 'exited with code 2: no disk', cause: 'exit' },
      result: { kind: 'refusal', message: 'no disk' },
    });
    // What it printed before it was killed does not make it well.
    const killed = { kind: 'signal' as const, message: 'killed by SIGSEGV', exitCode: null };
    expect(judgeRun(facts({ cause: killed, output: answer({ ok: true }) }))).toMatchObject({
      health: { kind: 'run-failed', cause: 'signal' },
      result: { kind: 'crash' },
    });
  });

  it('that is over its time is a timeout, whatever it printed and however it ended', () => {
    expect(judgeRun(facts({ overTimeMs: 2000, output: answer({ ok: true }) }))).toEqual({
      health: { kind: 'timeout', waitedMs: 2000 },
      result: { kind: 'timeout', message: 'it ran longer than 2 s and was ended' },
    });
  });

  it.each([
    [{ kind: 'nothing' } as const, /printed no answer/],
    [{ kind: 'text', firstLine: 'done' } as const, /not one JSON object.*\(it printed: done\)/],
    [{ kind: 'too-long' } as const, /too long to be an answer/],
  ])('with exit code 0 and %j is degraded, with the way out', (output, words) => {
    const { health, result } = judgeRun(facts({ output }));
    expect(health).toMatchObject({ kind: 'answered', healthy: false, detail: expect.stringMatching(words) });
    expect(result.kind).toBe('unreadable');
  });

  it('is not misled by members that hide in the prototype', () => {
    const value = JSON.parse('{"__proto__":{"error":"x","ok":false}}') as Record<string, unknown>;
    expect(judgeRun(facts({ output: answer(value) })).health).toMatchObject({ healthy: true });
  });
});
