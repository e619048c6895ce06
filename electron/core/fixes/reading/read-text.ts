import { readLogText } from './log-line.ts';
import type { Frame, RaisedError, ReadText } from './raised.ts';
import { FRAME, looksLikeTraceback, readTraceback, withoutLinePrefix } from './traceback.ts';

const CHAINED =
  /^[\s|]*(?:During handling of the above exception, another exception occurred:|The above exception was the direct cause of the following exception:)\s*$/;
const HEADER = /^\s*(?:\+ )?(?:Exception Group )?Traceback \(most recent call last\)/;
const MARGIN = /^ *(?:\| ?|\+ )+/;
/** The ruler that opens a part of a group (`+-+------- 1 -------`) or closes the last one; long dashes are blanks by now. */
const PART = /^[ |]*\+(?:-\+)?[ -]*(?:(?:\d{1,4}|\.{3})[ -]*)?$/;
const FATAL = /^Fatal Python error: ([^\n]*)/m;
const GROUP = /ExceptionGroup$/;

/**
 * Reads what a text says happened: a traceback (chained, grouped, of a SyntaxError, prefixed by a logger), the
 * interpreter's own last words, or a log line.
 */
export function readText(text: string): ReadText {
  const fatal = text.includes('Fatal Python error: ') ? FATAL.exec(text) : null;
  if (fatal !== null) {
    return {
      raised: [{ type: null, message: `Fatal Python error: ${fatal[1] ?? ''}`, frames: fatalFrames(text) }],
      root: null,
    };
  }
  if (!looksLikeTraceback(text)) return { raised: [readLogText(text)], root: null };
  const chain = lastChain(withoutLinePrefix(text.split('\n')));
  const read = chain.map(readPart).filter((raised) => raised.length > 0);
  const raised = read.at(-1);
  if (raised === undefined) return { raised: [readLogText(text)], root: null };
  const root = read.length > 1 ? read[0]?.[0] : undefined;
  return { raised, root: root ?? null };
}

/** The parts of the last chain of exceptions: what crashed before it and was logged is another story. */
function lastChain(lines: readonly string[]): string[][] {
  let chain: string[][] = [];
  let part: string[] = [];
  let linked = false;
  for (const line of lines) {
    // A margin means inside a group: that chain belongs to the leaf.
    if (CHAINED.test(line) && !line.includes('|')) {
      chain.push(part);
      part = [];
      linked = true;
    } else if (HEADER.test(line) && !line.includes('|') && part.some((earlier) => FRAME.test(earlier))) {
      chain = [];
      part = [line];
      linked = false;
    } else if (HEADER.test(line) && linked) {
      part = [line];
      linked = false;
    } else {
      part.push(line);
    }
  }
  chain.push(part);
  return chain;
}

/** One traceback gives one exception; a group gives its leaves, each kind once, in a stable order. */
function readPart(lines: readonly string[]): RaisedError[] {
  if (!lines.some((line) => line.includes('Exception Group Traceback'))) {
    const raised = readTraceback(lines);
    return raised === null ? [] : [raised];
  }
  const leaves: RaisedError[] = [];
  let group: RaisedError | null = null;
  let part: string[] = [];
  const flush = (): void => {
    const chain = part.length === 0 ? [] : lastChain(part);
    const raised = chain.length === 0 ? null : readTraceback(chain.at(-1) ?? []);
    if (raised !== null && raised.type !== null && GROUP.test(raised.type)) group ??= raised;
    else if (raised !== null) leaves.push(raised);
    part = [];
  };
  for (const line of lines) {
    if (PART.test(line)) flush();
    else part.push(line.replace(MARGIN, ''));
  }
  flush();
  if (leaves.length > 0) return leaves;
  return group === null ? [] : [group];
}

/** Frames of `faulthandler`: most recent first, those of the thread that crashed where it is marked. */
function fatalFrames(text: string): Frame[] {
  const current = text.indexOf('Current thread');
  const lines = text.slice(Math.max(current, 0)).split('\n');
  const asTraceback = [
    'Traceback (most recent call last)',
    ...lines.filter((line) => FRAME.test(line)).reverse(),
    'Fatal',
  ];
  return [...(readTraceback(asTraceback)?.frames ?? [])];
}
