import type { TomlError } from 'smol-toml';
import type { z } from 'zod';
import type { TomlPath } from './manifest-lines.ts';

/** One thing wrong with a manifest: which member, and a sentence that goes on after its name. */
export interface Problem {
  readonly path: TomlPath;
  readonly message: string;
}

/** What a schema found, in words that say what to write instead. */
export function problemsOf(error: z.ZodError): readonly Problem[] {
  return error.issues.map((issue) => ({
    path: issue.path.filter((part) => typeof part !== 'symbol'),
    message: explain(issue),
  }));
}

/** The whole sentence for a problem: `` `entry_file` is missing … ``. */
export function sentenceOf({ path, message }: Problem): string {
  const [table, position, ...rest] = path;
  const name = path.at(-1);
  if (table === 'credentials' && typeof position === 'number') {
    const which = `\`[[credentials]]\` number ${position + 1}`;
    return rest.length === 0 ? `${which} ${message}` : `${which}: \`${String(name)}\` ${message}`;
  }
  if (position !== undefined) return `\`[${String(table)}]\`: \`${String(name)}\` ${message}`;
  return `\`${String(name)}\` ${message}`;
}

/** A TOML syntax error in one sentence, with a way out where a common slip shows. */
export function explainToml(error: TomlError, text: string): string {
  const reason = (error.message.split('\n')[0] ?? '').replace(/^Invalid TOML document:\s*/, '');
  const line = text.split('\n')[error.line - 1] ?? '';
  const bare = /^\s*([A-Za-z0-9_.-]+)\s*=\s*([^"'[{\d\s+-].*)$/.exec(line);
  const hint =
    bare && !/^(true|false|inf|nan)\b/.test(bare[2] ?? '')
      ? ` Text needs double quotes: ${bare[1]} = "${(bare[2] ?? '').trim()}"`
      : '';
  return `not valid TOML at column ${error.column}: ${reason}.${hint}`;
}

function explain(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'string' ? issue.message : `is too small: it must be at least ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'string'
        ? `is too long: at most ${issue.maximum} characters`
        : `is too big: it must be at most ${issue.maximum}`;
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.message;
    default:
      return issue.message;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  number: 'must be a number, without quotes',
  int: 'must be a whole number, without quotes',
  boolean: 'must be true or false, without quotes',
};
