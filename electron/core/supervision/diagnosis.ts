import type { ProcessCause, Remedy } from '../../../shared/model/skill.ts';
import { clip } from '../health/words.ts';
import type { UntimedCause } from './causes.ts';

/** A fault in the skill's files or surroundings, in words that end with the way out. */
interface Diagnosis {
  readonly message: string;
  readonly remedy: Remedy;
}

/** What is known of a run that ended before it had answered anything. */
export interface StartFacts {
  /** Oldest first. */
  readonly stderrTail: readonly string[];
  /** In words: `python3.11`, `.venv`. */
  readonly interpreter: string;
  /** The skill's folder: paths inside it are shown without it. */
  readonly folder: string;
  /** Lines on standard output that were no message. */
  readonly textLines: number;
  /** The last object it printed is a bare answer (no `jsonrpc`), as one-shot scripts give. */
  readonly bareAnswer: boolean;
}

const MAX_WORDS_CHARS = 300;
const missingModule = /(?:ModuleNotFoundError|ImportError|python[\d.]*): No module named '?([\w.-]+)'?/;
const syntaxError = /^(SyntaxError|IndentationError|TabError): (.+)$/;
const place = /^\s+File "(.+)", line (\d+)$/;

/**
 * What Python itself said was wrong: a missing module or a source it cannot read. Both stay wrong however often the skill
 * is started, so they are configuration errors (DESIGN.md section 4 rule 6). Null: nothing of the kind.
 */
export function diagnosePython(facts: Pick<StartFacts, 'stderrTail' | 'interpreter' | 'folder'>) {
  const { stderrTail, interpreter, folder } = facts;
  for (const [fromEnd, line] of [...stderrTail].reverse().entries()) {
    const module = missingModule.exec(line)?.[1];
    if (module !== undefined) return missingModuleWords(clip(module, 100), interpreter);
    const syntax = syntaxError.exec(line);
    if (syntax !== null) {
      const before = stderrTail.slice(0, stderrTail.length - 1 - fromEnd).reverse();
      const at = before.map((text) => place.exec(text)).find((found) => found !== null);
      return syntaxWords(
        inside(at?.[1], folder),
        at?.[2],
        clip(`${syntax[1]}: ${syntax[2]}`, MAX_WORDS_CHARS),
      );
    }
  }
  return null;
}

/** The cause of a run that ended before its handshake, told as what mends it where that can be told. */
export function diagnoseStart(cause: UntimedCause, facts: StartFacts): UntimedCause {
  if (cause.kind === 'handshake-timeout') {
    const printed = facts.textLines === 0 ? '' : ` What it printed on standard output was no answer.`;
    return { ...cause, message: `${cause.message}.${printed} ${noAnswerWayOut}`, remedy: 'mend-files' };
  }
  if (cause.kind !== 'exit') return cause;
  if (cause.exitCode === 0) return facts.bareAnswer ? asConfiguration(cause, oneShotWords) : cause;
  const found = diagnosePython(facts);
  return found === null ? cause : asConfiguration(cause, found);
}

/** Said of a skill that answers, but not what was agreed (DESIGN.md section 5). */
export function wrongNameWords(said: string, expected: string): string {
  return `handshake refused: the skill calls itself "${said}", expected "${expected}": make the name in its handshake the \`id\` of its manifest`;
}

/** @param words what the skill answered to the last attempt */
export function noDialectWords(words: string, triedMcp: boolean): string {
  const spoken = triedMcp
    ? 'neither dialect of the skill protocol nor MCP'
    : 'neither dialect of the skill protocol';
  return `handshake refused: the skill speaks ${spoken}: it must answer \`skill.handshake\` (it said: ${words})`;
}

/** @param lines a minute, on standard output */
export function pollutionWords(lines: number): string {
  return `stdout pollution: ${lines} lines a minute that are not JSON: print them to standard error`;
}

export function missingModuleWords(module: string, interpreter: string): Diagnosis {
  return {
    message: `the module "${module}" is missing (${interpreter}): declare its package as a dependency and create the environment`,
    remedy: 'create-environment',
  };
}

/** @param file as a person knows it; undefined where Python did not say */
export function syntaxWords(file: string | undefined, line: string | undefined, said: string): Diagnosis {
  const where = file === undefined ? 'its source' : line === undefined ? file : `${file}, line ${line},`;
  return { message: `${where} is not valid Python (${said}): correct it`, remedy: 'mend-files' };
}

const noAnswerWayOut =
  'Read standard input line by line and answer each request with one line of JSON, flushed at once';

const oneShotWords: Diagnosis = {
  message:
    'it printed one answer and ended, as a one-shot script does: write mode = "one-shot" in its manifest, or keep reading standard input',
  remedy: 'mend-files',
};

function asConfiguration(cause: UntimedCause, { message, remedy }: Diagnosis): Omit<ProcessCause, 'at'> {
  return { ...cause, kind: 'configuration', message, remedy };
}

function inside(file: string | undefined, folder: string): string | undefined {
  return file?.startsWith(folder) ? file.slice(folder.length).replace(/^[/\\]+/, '') : file;
}
