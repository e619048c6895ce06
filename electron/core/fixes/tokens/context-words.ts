/** Words that tell which kind of code the number after them is. */
export const EXIT_WORDS = new Set([
  'exit',
  'exited',
  'exits',
  'exiting',
  'exitcode',
  'returncode',
  'retcode',
  'return',
  'rc',
  'finished',
  'died',
  'terminated',
]);
export const CLOSE_WORDS = new Set([
  'close',
  'closed',
  'closing',
  'closecode',
  'websocket',
  'disconnect',
  'disconnected',
  'opcode',
]);
export const HTTP_WORDS = new Set([
  'http',
  'https',
  'status',
  'statuscode',
  'httpstatus',
  'response',
  'httperror',
  'responsecode',
  'responsestatus',
]);
export const CODE_WORDS = new Set([
  'code',
  'codes',
  'errcode',
  'errorcode',
  'errorno',
  'errornumber',
  'subcode',
  'retcode',
  'ecode',
  'errcd',
]);
export const ANSWER_WORDS = new Set([
  'returned',
  'got',
  'received',
  'responded',
  'answered',
  'failed',
  'unexpected',
  'rejected',
  'replied',
  'occurred',
]);
/** Words that may stand between those and the number. */
export const FILLERS = new Set([
  'with',
  'a',
  'an',
  'the',
  'of',
  'is',
  'was',
  'unexpectedly',
  'abnormally',
  'non',
  'zero',
  'by',
  'to',
  'request',
  'process',
  'invalid',
  'client',
  'server',
  'api',
  'value',
  'than',
  'expected',
  'bad',
  'from',
  'due',
  'on',
  'error',
]);

/**
 * The words right before a number, nearest first, in lower case, at most five: what connects them may be blanks,
 * quotes, colons, brackets and underscores, so `"status_code": 401` gives `code, status`.
 */
export function wordsBefore(text: string, at: number): string[] {
  const from = Math.max(0, at - 64);
  const words: string[] = [];
  let end = at;
  while (words.length < 5) {
    let last = end - 1;
    while (last >= from && isJoint(text.charCodeAt(last))) last -= 1;
    let first = last;
    while (first >= from && isLetter(text.charCodeAt(first))) first -= 1;
    if (first === last) break;
    words.push(text.slice(first + 1, last + 1).toLowerCase());
    end = first + 1;
  }
  return words;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** Blank, quotes, `#`, `(`, `-`, `:`, `=`, `[`, `_`. */
function isJoint(code: number): boolean {
  return (
    code === 32 ||
    code === 34 ||
    code === 35 ||
    code === 39 ||
    code === 40 ||
    code === 45 ||
    code === 58 ||
    code === 61 ||
    code === 91 ||
    code === 95
  );
}
