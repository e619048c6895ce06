import { messageUntilNextRecord } from './log-line.ts';
import { type Frame, lastName, type RaisedError } from './raised.ts';

const HEADER = 'Traceback (most recent call last)';
export const FRAME = /^\s*File "([^"\n]{1,1000})", line \d+(?:,? in ([^\n]{1,200}))?/;
const RAISED = /^((?:[A-Za-z_]\w{0,80}\.){0,10}(?:<locals>\.)?[A-Za-z_]\w{0,80})(?::(?:\s([^\n]*))?)?$/;
/** Code that is not the skill's own: installed packages, the standard library, generated code. */
const FOREIGN =
  /site-packages|dist-packages|[\\/]lib(?:64)?[\\/]python|[\\/]Python\d*[\\/]Lib[\\/]|\.zip[\\/]|^<(?!stdin|string)/i;

/** Whether a text has the form of a traceback, with or without its header. */
export function looksLikeTraceback(text: string): boolean {
  return text.includes(HEADER) || (text.includes('File "') && /^\s*File "[^"\n]+", line \d/m.test(text));
}

/**
 * Removes what a logger or a container runtime puts before every line of a traceback. A prefix is what stands
 * before the header; digits in it (time stamps) may differ from line to line.
 */
export function withoutLinePrefix(lines: readonly string[]): string[] {
  let prefix = '';
  return lines.map((line) => {
    const header = line.indexOf(HEADER);
    if (header >= 0) {
      const before = line.slice(0, header).replace('Exception Group ', '');
      prefix = /[^\s|+]/.test(before) && header <= 120 ? digitsAsZero(before) : '';
      // The header's own prefix is a log record of its own: what it says is not part of the traceback.
      return prefix === '' ? line : line.slice(header);
    }
    const samePrefix = prefix !== '' && digitsAsZero(line.slice(0, prefix.length)) === prefix;
    return samePrefix ? line.slice(prefix.length) : line;
  });
}

/** Reads one traceback: the exception that ended it and its in-app frames. Null when it has been cut off before that. */
export function readTraceback(lines: readonly string[]): RaisedError | null {
  const frames: Frame[] = [];
  let lastFrame = -1;
  let indent = 0;
  let functionless = false;
  for (const [index, line] of lines.entries()) {
    const match = FRAME.exec(line);
    if (match === null) continue;
    lastFrame = index;
    indent = line.length - line.trimStart().length;
    functionless = match[2] === undefined;
    const file = match[1] ?? '';
    if (match[2] !== undefined && !FOREIGN.test(file)) {
      frames.unshift({ file: fileName(file), function: match[2].trim() });
    }
  }
  const headerAt = lines.findIndex((line) => line.includes(HEADER));
  const from = Math.max(lastFrame, headerAt) + 1;
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const trimmed = line.trimStart();
    // Source and caret lines stand deeper than the frame; a SyntaxError's frame has no function and deeper source.
    if (trimmed === '' || (lastFrame >= 0 && line.length - trimmed.length >= Math.max(indent, 1))) continue;
    const match = RAISED.exec(trimmed);
    if (match === null) {
      if (functionless) continue;
      return { type: null, message: messageUntilNextRecord([trimmed, ...lines.slice(index + 1)]), frames };
    }
    const message = messageUntilNextRecord([match[2] ?? '', ...lines.slice(index + 1)]);
    return { type: lastName(match[1] ?? ''), message: message.trim(), frames };
  }
  return null;
}

/** `…/pkg/loader.py` → `loader.py`; a package's own file is known by its folder. */
function fileName(path: string): string {
  const parts = path.split(/[\\/]/);
  const base = parts.at(-1) ?? path;
  return /^__\w+__\.py$/.test(base) && parts.length > 1 ? parts.slice(-2).join('/') : base;
}

function digitsAsZero(text: string): string {
  return text.replace(/\d/g, '0');
}
