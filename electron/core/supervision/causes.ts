import type { CauseKind, HealthCheckOutcome } from '../../../shared/model/health.ts';
import type { ProcessCause } from '../../../shared/model/skill.ts';
import { clip, durationInWords } from '../health/words.ts';

/** A process cause before somebody says when it was. */
export type UntimedCause = Omit<ProcessCause, 'at'>;

/** Why Skillward itself ended a process that nobody had asked to stop. */
export type KillReason = 'hang' | 'memory' | 'stdout-closed' | 'handshake-timeout' | 'pollution';

/** What is known of a process that has ended. */
export interface ExitFacts {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** A stop was ordered: by a person, by quarantine, or because the host closes. */
  readonly askedToStop: boolean;
  readonly killedBy: KillReason | null;
  readonly handshakeDone: boolean;
  readonly lastStderrLine: string | null;
  /** From spawn to exit, ms. */
  readonly uptimeMs: number;
}

/** The longest stderr line or system message repeated in a cause, in characters. */
const MAX_TEXT_CHARS = 500;

const killWords: Readonly<Record<KillReason, string>> = {
  hang: 'ended by Skillward: it no longer answered',
  memory: 'ended by Skillward: it used more memory than allowed',
  'stdout-closed': 'ended by Skillward: it closed its standard output and could no longer be heard',
  'handshake-timeout': 'ended by Skillward: it did not answer the handshake in time',
  pollution: 'ended by Skillward: it flooded its standard output with what is not JSON',
};

const signalHints: ReadonlyMap<string, string> = new Map([
  ['SIGKILL', ' (out of memory?)'],
  ['SIGSEGV', ' (a fault in native code)'],
  ['SIGBUS', ' (a fault in native code)'],
  ['SIGILL', ' (a fault in native code)'],
  ['SIGABRT', ' (it aborted itself)'],
  ['SIGXCPU', ' (over its CPU limit)'],
]);

/** Exit codes that say more than a number: how shells and `uv run` pass a signal on, and what Windows uses. */
const exitCodeHints: ReadonlyMap<number, string> = new Map([
  [126, ' (not executable)'],
  [127, ' (command not found)'],
  [130, ' (SIGINT)'],
  [134, ' (SIGABRT)'],
  [137, ' (SIGKILL: out of memory?)'],
  [139, ' (SIGSEGV: a fault in native code)'],
  [143, ' (SIGTERM)'],
  [3221225477, ' (access violation)'],
  [3221225725, ' (stack overflow)'],
  [3221225786, ' (interrupted)'],
]);

/**
 * Classifies an exit (DESIGN.md §4 rule 8, §5) in words a person reads. Times are left out of failures, so that the
 * same failure reads the same every time; an end that was asked for says how long the run was.
 */
export function describeExit(facts: ExitFacts): UntimedCause {
  const { exitCode, signal, killedBy } = facts;
  if (killedBy !== null) return cause(killedBy, killWords[killedBy] + lastWords(facts), facts);
  if (facts.askedToStop) {
    const how = signal === null ? `exit code ${exitCode ?? 'unknown'}` : signal;
    return cause(
      'killed-by-us',
      `stopped as ordered after ${durationInWords(facts.uptimeMs)} (${how})`,
      facts,
    );
  }
  const when = facts.handshakeDone ? '' : ' before the handshake';
  if (signal !== null) {
    const what = `killed by ${signal}${when}, not by Skillward${signalHints.get(signal) ?? ''}`;
    return cause('signal', what + lastWords(facts), facts);
  }
  if (exitCode === null) return cause('exit', `ended${when}, how is not known${lastWords(facts)}`, facts);
  const what =
    exitCode === 0
      ? `exited with code 0${when} though nobody asked it to`
      : `exited with code ${exitCode}${exitCodeHints.get(exitCode) ?? ''}${when}`;
  return cause('exit', what + lastWords(facts), facts);
}

/** Errors of the system call that only a change of files or settings can mend; never retried in a loop (rule 6). */
const configurationErrors: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such program or folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'not permitted'],
  ['ENOTDIR', 'a part of the path is not a folder'],
  ['EISDIR', 'it is a folder'],
  ['ELOOP', 'links that lead in a circle'],
  ['ENAMETOOLONG', 'the path is too long'],
  ['ENOEXEC', 'not a program this system can run'],
  ['E2BIG', 'arguments and environment are too large'],
  ['EINVAL', 'invalid argument'],
  ['ERR_INVALID_ARG_VALUE', 'invalid argument'],
  ['ERR_INVALID_ARG_TYPE', 'invalid argument'],
]);

/** Short of something at the moment: worth another try with patience. */
const passingErrors: ReadonlyMap<string, string> = new Map([
  ['EAGAIN', 'the system has no room for another process'],
  ['EMFILE', 'too many open files'],
  ['ENFILE', 'too many open files on this system'],
  ['ENOMEM', 'out of memory'],
  ['ETXTBSY', 'the program file is being written'],
]);

/**
 * Classifies a process that could not be started, by the system's error code. An unknown code is `spawn`: trying
 * again with patience is the safe reading.
 */
export function spawnCause(errorCode: string | null | undefined, message: string): UntimedCause {
  const code = errorCode ?? '';
  const permanent = configurationErrors.get(code);
  const words = permanent ?? passingErrors.get(code);
  const what = words === undefined ? 'could not be started' : `could not be started, ${words}`;
  return {
    kind: permanent === undefined ? 'spawn' : 'configuration',
    message: `${what}: ${clip(message, MAX_TEXT_CHARS)}`,
    exitCode: null,
    signal: null,
  };
}

/** An exit between checks is an outcome at once (DESIGN.md §4 rule 8). */
export function outcomeOfExit(exit: Pick<ProcessCause, 'kind' | 'message'>): HealthCheckOutcome {
  return { kind: 'unreachable', reason: exit.message, cause: exit.kind };
}

function cause(kind: CauseKind, message: string, facts: ExitFacts): UntimedCause {
  return { kind, message, exitCode: facts.exitCode, signal: facts.signal };
}

function lastWords(facts: ExitFacts): string {
  const line = facts.lastStderrLine?.trim() ?? '';
  return line === '' ? '' : `: ${clip(line, MAX_TEXT_CHARS)}`;
}
