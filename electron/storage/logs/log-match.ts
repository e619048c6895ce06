import { createContext, Script } from 'node:vm';
import { type LogLine, logLevelSchema } from '../../../shared/model/log.ts';
import { type LogQuery, LogQueryError } from './log-query.ts';
import { threadCpuMs } from './thread-cpu.ts';

/** Tells which of some lines a query asks for. `budgetMs` is the processor time a pattern may take. Throws LogQueryError. */
export type LineFilter = (lines: readonly LogLine[], budgetMs: number) => LogLine[];

/** The longest part of a line a search looks at, characters. */
const SEARCHED_CHARS = 4096;
/** How often a search is begun that was ended although it had hardly been let run. */
const MAX_TRIES = 3;

const levels = logLevelSchema.options;

export function filterFor(query: Omit<LogQuery, 'limit'>): LineFilter {
  const { stream, level, after = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY } = query;
  const least = level === undefined ? 0 : levels.indexOf(level);
  const matchText = textFilter(query.query, query.regex === true);
  return (lines, budgetMs) => {
    const candidates = lines.filter(
      (line) =>
        line.at > after &&
        line.at < before &&
        (stream === undefined || line.stream === stream) &&
        levels.indexOf(line.level) >= least,
    );
    return matchText(candidates, budgetMs);
  };
}

function textFilter(query: string | undefined, regex: boolean): LineFilter {
  if (query === undefined || query === '') return (lines) => [...lines];
  if (regex) return regexFilter(query);
  const wanted = query.toLowerCase();
  return (lines) => lines.filter((line) => line.text.toLowerCase().includes(wanted));
}

const regexScript = new Script(
  '(() => { const found = new RegExp(pattern, "i"); return texts.map((text) => found.test(text)); })()',
);

/**
 * A pattern like `(a+)+$` can run for ever, and nothing inside JavaScript ends it. A script with a time limit can be
 * ended, so the search runs as one; it gets strings and gives booleans, and has nothing else to reach for.
 */
function regexFilter(pattern: string): LineFilter {
  try {
    new RegExp(pattern, 'i');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new LogQueryError('invalid_regex', `This is not a regular expression: ${why}`);
  }
  return (lines, budgetMs) => {
    if (lines.length === 0) return [];
    const texts = lines.map((line) => line.text.slice(0, SEARCHED_CHARS));
    const verdicts = runRegex(pattern, texts, budgetMs);
    return lines.filter((_line, index) => verdicts[index] === true);
  };
}

function runRegex(pattern: string, texts: readonly string[], budgetMs: number): readonly unknown[] {
  for (let tries = 1; ; tries += 1) {
    const startedMs = threadCpuMs();
    try {
      const verdicts: unknown = regexScript.runInContext(createContext({ pattern, texts }), {
        timeout: Math.max(1, Math.ceil(budgetMs)),
      });
      return Array.isArray(verdicts) ? verdicts : [];
    } catch (error) {
      if (!isTimeout(error)) throw error;
      // The limit goes by the wall clock, and a busy machine may have given most of that to others.
      const hardlyRan = threadCpuMs() - startedMs < budgetMs / 2;
      if (hardlyRan && tries < MAX_TRIES) continue;
      const message = 'This regular expression takes too long. Make it simpler, or search for plain text.';
      throw new LogQueryError('regex_too_slow', message);
    }
  }
}

/** Not by `instanceof`: an error of another context has another `Error`. */
function isTimeout(error: unknown): boolean {
  const isObject = typeof error === 'object' && error !== null;
  return isObject && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
