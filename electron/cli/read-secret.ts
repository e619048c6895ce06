import { text } from 'node:stream/consumers';
import type { ReadStream } from 'node:tty';
import { CommandError } from '../../shared/contract/index.ts';

const ENTER = /[\r\n]/;
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_U = '\u0015';
const BACKSPACES = ['\u007f', '\b'];

/**
 * Reads one line from a terminal without showing it. Backspace and Ctrl+U take back; the terminal is left as it was found,
 * also after Ctrl+C. Throws `CommandError` when nothing is to be entered after all.
 */
export function readSecret(
  prompt: string,
  input: Pick<ReadStream, 'setRawMode' | 'on' | 'off' | 'resume' | 'pause' | 'setEncoding'>,
  output: { write(text: string): unknown },
): Promise<string> {
  output.write(prompt);
  input.setRawMode(true);
  input.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    let value = '';
    const end = (done: () => void) => {
      input.off('data', onData);
      input.setRawMode(false);
      input.pause();
      output.write('\n');
      done();
    };
    // Pasted text arrives in one piece.
    const onData = (chunk: string) => {
      for (const character of chunk) {
        if (character === CTRL_C || (character === CTRL_D && value === '')) {
          end(() => reject(new CommandError('invalid_payload', 'Given up; nothing has changed.')));
          return;
        }
        if (ENTER.test(character) || character === CTRL_D) {
          end(() => resolve(value));
          return;
        }
        if (BACKSPACES.includes(character)) value = [...value].slice(0, -1).join('');
        else if (character === CTRL_U) value = '';
        else value += character;
      }
    };
    input.on('data', onData);
    input.resume();
  });
}

/**
 * A secret from the terminal, without echo, or else from standard input. One line break at the end is the pipe's, not the
 * secret's. Throws like `readSecret`.
 */
export async function askForSecret(prompt: string): Promise<string> {
  if (process.stdin.isTTY) return readSecret(prompt, process.stdin, process.stderr);
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}
