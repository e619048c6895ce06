import type { CauseKind } from '../../../shared/model/health.ts';
import type { HealthAnswer } from './answer.ts';
import { clip } from './words.ts';

/** What a one-shot run printed, taken together. */
export type RunOutput =
  /** One JSON object, whatever else was printed around it. */
  | { readonly kind: 'answer'; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'text'; readonly firstLine: string }
  | { readonly kind: 'too-long' };

/** How one run of a one-shot skill went. */
export interface RunFacts {
  /** Why the process ended, in words; `kind` is `exit` where it ended by itself. */
  readonly cause: { readonly kind: CauseKind; readonly message: string; readonly exitCode: number | null };
  /** It was ended because it ran longer than this, ms; null when it was not. */
  readonly overTimeMs: number | null;
  /** From start to exit, ms. */
  readonly tookMs: number;
  readonly output: RunOutput;
}

/** What whoever started the run gets. `refusal` is the skill's own answer that it did not work. */
export type RunResult =
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'refusal'; readonly message: string; readonly code: number; readonly data: unknown }
  | { readonly kind: 'timeout' | 'crash' | 'unreadable'; readonly message: string };

/** The two readings of a run: as a check, and as an answer. */
export interface RunVerdict {
  readonly health: HealthAnswer;
  readonly result: RunResult;
}

const MAX_WORDS_CHARS = 500;
/** JSON-RPC's "server error": what one-shot scripts give has no code. */
const NO_CODE = -32000;

/**
 * Judges a run by its exit code, by the `ok` and `error` members of what it printed, and by its time limit. How long it may
 * take before it counts as slow is decided where every answer is classified.
 */
export function judgeRun({ cause, overTimeMs, tookMs, output }: RunFacts): RunVerdict {
  if (overTimeMs !== null) {
    const message = `it ran longer than ${overTimeMs / 1000} s and was ended`;
    return { health: { kind: 'timeout', waitedMs: overTimeMs }, result: { kind: 'timeout', message } };
  }
  const refusal = output.kind === 'answer' ? refusalOf(output.value) : null;
  if (cause.kind !== 'exit' || cause.exitCode !== 0) {
    const message = refusal === null ? cause.message : `${exitWords(cause.exitCode)}: ${refusal.message}`;
    const health = { kind: 'run-failed', message, cause: cause.kind, latencyMs: tookMs } as const;
    return { health, result: refusal ?? { kind: 'crash', message } };
  }
  if (refusal !== null) {
    return { health: { kind: 'run-failed', message: refusal.message, latencyMs: tookMs }, result: refusal };
  }
  if (output.kind === 'answer') {
    return {
      health: { kind: 'answered', healthy: true, detail: null, latencyMs: tookMs },
      result: { kind: 'result', result: resultOf(output.value) },
    };
  }
  const detail = `exit code 0, but ${unreadable(output)}`;
  return {
    health: { kind: 'answered', healthy: false, detail, latencyMs: tookMs },
    result: { kind: 'unreadable', message: detail },
  };
}

/** `"ok": false` or an `error` that is not null, with the words it came with; null where the answer is none. */
function refusalOf(value: Readonly<Record<string, unknown>>): Extract<RunResult, { kind: 'refusal' }> | null {
  const error = own(value, 'error');
  const refused = own(value, 'ok') === false;
  if (!refused && (error === undefined || error === null || error === false)) return null;
  const object = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  const said = [error, own(object, 'message'), own(value, 'message'), own(value, 'detail')].find(
    (text) => typeof text === 'string' && text.trim() !== '',
  );
  const code = own(object, 'code');
  return {
    kind: 'refusal',
    message:
      typeof said === 'string' ? clip(said.trim(), MAX_WORDS_CHARS) : 'it said that it failed, but not why',
    code: typeof code === 'number' && Number.isSafeInteger(code) ? code : NO_CODE,
    data: value,
  };
}

/** Scripts print a bare object; one that answers in JSON-RPC means its `result`. */
function resultOf(value: Readonly<Record<string, unknown>>): unknown {
  return own(value, 'jsonrpc') === '2.0' && Object.hasOwn(value, 'result') ? own(value, 'result') : value;
}

function unreadable(output: Exclude<RunOutput, { kind: 'answer' }>): string {
  if (output.kind === 'nothing') return 'it printed no answer: print one JSON object on standard output';
  if (output.kind === 'too-long') return 'its output was too long to be an answer';
  const line = clip(output.firstLine, 200);
  return `its output is not one JSON object: print everything else to standard error (it printed: ${line})`;
}

function exitWords(exitCode: number | null): string {
  return exitCode === null ? 'ended' : `exited with code ${exitCode}`;
}

function own(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
