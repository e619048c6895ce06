import type { RunProgram } from '../interpreter-probe.ts';
import type { Environment } from '../launch-env.ts';

/** Reads each file named on standard input and compiles it; runs nothing of it. `-I` keeps every module of others out. */
const CHECKER = `
import json, sys, tokenize, warnings
warnings.simplefilter("ignore")
found = []
for path in sys.argv[1:]:
    try:
        with tokenize.open(path) as file:
            source = file.read()
        compile(source, path, "exec", dont_inherit=True)
    except SyntaxError as error:
        found.append([path, error.lineno, str(error.msg)[:300]])
    except (ValueError, RecursionError, MemoryError, UnicodeError) as error:
        found.append([path, None, str(error)[:300] or type(error).__name__])
    except OSError:
        pass
json.dump(found, sys.stdout)
`;
/** For all files together. */
const TIMEOUT_MS = 10_000;

/** Something Python cannot read. `line` from 1, null where Python did not say. */
export interface SyntaxFinding {
  readonly file: string;
  readonly line: number | null;
  readonly message: string;
}

/** Null: it could not be found out (the interpreter failed, or took too long). */
export async function checkSyntax(
  python: { readonly command: string; readonly args: readonly string[] },
  files: readonly string[],
  run: RunProgram,
  env: Environment,
): Promise<readonly SyntaxFinding[] | null> {
  if (files.length === 0) return [];
  const { command, args } = python;
  const outcome = await run(command, [...args, '-I', '-S', '-B', '-c', CHECKER, ...files], {
    cwd: process.platform === 'win32' ? process.cwd() : '/',
    env,
    timeoutMs: TIMEOUT_MS,
  });
  return outcome.code === 0 ? readFindings(outcome.stdout) : null;
}

function readFindings(text: string): readonly SyntaxFinding[] | null {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(found)) return null;
  return found.filter(Array.isArray).map(([file, line, message]: unknown[]) => ({
    file: String(file),
    line: typeof line === 'number' && Number.isInteger(line) && line > 0 ? line : null,
    message: String(message),
  }));
}
