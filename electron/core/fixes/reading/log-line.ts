import { lastName, type RaisedError } from './raised.ts';

// A class as Python prints it before a message: with its module, or a bare name that says what it is.
const TYPED =
  /(?<![\w.'"`/\\<-])(?:((?:[A-Za-z_]\w{0,60}\.){1,8}(?:<locals>\.)?_?[A-Z]\w{0,80})(?=:\s)|((?:[A-Za-z_]\w{0,60}\.){0,8}(?:_?[A-Z]\w{0,80}(?:Error|Exception|Interrupt|Iteration|DoesNotExist)|_?[A-Z][a-z]\w{0,80}(?:Warning|Exit)|Exception|SystemExit))(?=:\s|:?$))/gm;
/** At the very beginning any capitalised word before a colon is the name of an error (`ConnectionRefused: …`). */
const LEADING = /^((?:[A-Za-z_][\w.]{0,120}\.)?(?:_?[A-Z]\w{3,80}|\w{0,60}(?:error|exception)))(?=:\s)/;
const STRONG = /\.|(?:Error|Exception|Interrupt|Iteration|Exit|Warning)$|error$|exception$/;
// The repr of an exception at the end of a log line: Celery's "raised unexpected: KeyError('a')", asyncio's "exception=…".
const REPR =
  /(?:raised|exception|unexpected|error)\s?[:=]\s?([A-Z]\w{0,80}(?:Error|Exception))\((['"])(.{0,2000})\2,?\)>?\s*$/;
const LOG_LEVEL = 'DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|ERR|CRITICAL|CRIT|FATAL|SEVERE|TRACE';
const NEXT_RECORD = new RegExp(
  `^(?:\\[?\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d:|\\[?(?:${LOG_LEVEL})\\b[\\]:]|[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:|Traceback \\(most recent|During handling of the above|The above exception was)`,
);
const DATE = '\\d{4}[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\\d|3[01])';
const CLOCK = '(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:[.,]\\d{1,9})?)?(?: ?[AP]M\\b)?';
const ZONE = '(?: ?(?:Z(?:\\d\\d:\\d\\d)?|UTC|GMT|[+-]\\d\\d:?\\d\\d))?';
const GLOG = '[IWEF]\\d{4} \\d\\d:\\d\\d:[\\d.]{2,20} +\\d{1,10} [\\w./-]{1,80}:\\d{1,6}\\](?= )';
const STAMP = new RegExp(
  `^[[(]?(?:${DATE}(?:[T ,]{1,2}${CLOCK})?|\\d\\d/\\d\\d/\\d{2,4} ${CLOCK}|${CLOCK})${ZONE}(?![\\w-]|:\\d)|^${GLOG}`,
  'i',
);
const SYSLOG = /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?: [\w.-]{1,80})?(?: [\w./-]{1,80}(?:\[\d{1,10}\])?:)?/;
const LEVEL = new RegExp(`^[[(<]?(?:${LOG_LEVEL})(?:/[\\w-]{1,60})?[\\])>]?(?=\\s*[:=|\\]-]\\s*\\S|\\s+\\D)`);
const BRACKETED = /^[[(][\w.:@/ -]{1,60}[\])]/;
const LOGGER = /^(?:(?:[\w-]{1,60}\.){1,8}[\w-]{1,60}|root|__main__)\s*(?:[:=|]|-\s)/;
const SEPARATOR = /^[\s:,=|\]-]+/;
/** Native stacks and dumps that some libraries append to a message. */
const TRAILER =
  /\n\s*(?:Stacktrace|Backtrace|Stack trace|Exception raised from [^\n]{0,200}|C\+\+ exception)\s*(?:\([^)\n]{0,80}\))?:?[^\n]*\n/;

/** The message of an exception up to the next record of the log, without the native stack that may follow it. */
export function messageUntilNextRecord(lines: readonly string[]): string {
  const end = lines.findIndex((line, index) => index > 0 && NEXT_RECORD.test(line));
  const message = (end < 0 ? lines : lines.slice(0, end)).join('\n');
  const trailer = TRAILER.exec(message);
  return trailer === null ? message : message.slice(0, trailer.index);
}

/** Removes time stamp, level, logger and process that a logging set-up puts before a message; never everything. */
export function withoutLogPrefix(line: string): string {
  let rest = line;
  let stamped = false;
  let levelled = false;
  for (let step = 0; step < 8; step += 1) {
    const stamp: RegExpExecArray | null = STAMP.exec(rest) ?? (stamped ? null : SYSLOG.exec(rest));
    const level = stamp === null ? LEVEL.exec(rest) : null;
    const origin = stamp === null && level === null && (stamped || levelled);
    const found =
      stamp ?? level ?? (origin ? (BRACKETED.exec(rest) ?? (levelled ? LOGGER.exec(rest) : null)) : null);
    if (found === null) break;
    stamped ||= stamp !== null;
    levelled ||= level !== null;
    rest = rest.slice(found[0].length).replace(SEPARATOR, '');
  }
  return (stamped || levelled) && /\p{L}{2}/u.test(rest) ? rest : line;
}

/**
 * Reads a text that is not a traceback: cut at the first thing that looks like an exception, so that prefix, job
 * and logger vanish; otherwise the text without its log prefix.
 */
export function readLogText(text: string): RaisedError {
  const leading = LEADING.exec(text);
  const name = leading?.[1];
  if (name !== undefined && STRONG.test(name)) return typed(name, text.slice(name.length + 1));
  for (const match of text.matchAll(TYPED)) {
    return typed(match[0], text.slice(match.index + match[0].length + 1));
  }
  const repr = REPR.exec(text);
  if (repr?.[1] !== undefined) return typed(repr[1], repr[3] ?? '');
  if (name !== undefined) return typed(name, text.slice(name.length + 1));
  const message = messageUntilNextRecord(withoutLogPrefix(text.trimStart()).split('\n'));
  return { type: null, message, frames: [] };
}

function typed(name: string, rest: string): RaisedError {
  const type = lastName(name);
  const lines = rest.split('\n');
  // A warning is followed by the line of code that caused it.
  const message = type.endsWith('Warning') ? (lines[0] ?? '') : messageUntilNextRecord(lines);
  return { type, message: message.trim(), frames: [] };
}
