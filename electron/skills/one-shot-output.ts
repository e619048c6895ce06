import type { RunOutput } from '../core/health/run-verdict.ts';
import { plainText, readJsonLine } from './json-line.ts';
import { maxLineBytes } from './line-reader.ts';

/** How many lines of what is no answer go to the log, at most. */
const maxLoggedLines = 200;

/**
 * Everything a one-shot run prints on standard output, until it ends: an answer may be spread over lines, so nothing can be
 * judged before. Memory stays below the longest line a daemon may send.
 */
export class OneShotOutput {
  readonly #lines: string[] = [];
  #chars = 0;
  #tooLong = false;

  /** A line, its line break not included. */
  add(line: string): void {
    this.#chars += line.length + 1;
    if (this.#chars > maxLineBytes) this.tooLong();
    else this.#lines.push(line);
  }

  /** A line was too long or nested too deep to be looked at. */
  tooLong(): void {
    this.#tooLong = true;
    this.#lines.length = 0;
  }

  /** What it was, and the lines besides the answer, for the log. */
  read(): { readonly output: RunOutput; readonly rest: readonly string[] } {
    if (this.#tooLong) return { output: { kind: 'too-long' }, rest: [] };
    const whole = readJsonLine(this.#lines.join('\n'));
    if (whole.kind === 'json') return { output: { kind: 'answer', value: whole.value }, rest: [] };
    // Prints before the answer are common, and the answer comes last.
    const last = readJsonLine(this.#lines.at(-1) ?? '');
    if (last.kind === 'json') {
      return {
        output: { kind: 'answer', value: last.value },
        rest: this.#lines.slice(0, -1).slice(-maxLoggedLines),
      };
    }
    const [first] = this.#lines;
    const output: RunOutput =
      first === undefined ? { kind: 'nothing' } : { kind: 'text', firstLine: plainText(first, 200) };
    return { output, rest: this.#lines.slice(-maxLoggedLines) };
  }
}
