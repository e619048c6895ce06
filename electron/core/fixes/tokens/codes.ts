import {
  ANSWER_WORDS,
  CLOSE_WORDS,
  CODE_WORDS,
  EXIT_WORDS,
  FILLERS,
  HTTP_WORDS,
  wordsBefore,
} from './context-words.ts';
import { portToken } from './ports.ts';
import type { Site } from './rule.ts';

const SIGNALS: ReadonlyMap<number, string> = new Map([
  [1, 'sighup'],
  [2, 'sigint'],
  [3, 'sigquit'],
  [4, 'sigill'],
  [5, 'sigtrap'],
  [6, 'sigabrt'],
  [7, 'sigbus'],
  [8, 'sigfpe'],
  [9, 'sigkill'],
  [10, 'sigusr1'],
  [11, 'sigsegv'],
  [12, 'sigusr2'],
  [13, 'sigpipe'],
  [14, 'sigalrm'],
  [15, 'sigterm'],
]);

/** Standard reason phrases, by their first word or two: a number before one is an HTTP status. */
const REASON =
  /^(?::| -)?\s(?:Continue|Switching Protocols|OK|Created|Accepted|No Content|Partial Content|Multiple Choices|Moved|Found|See Other|Not Modified|Temporary Redirect|Permanent Redirect|Client Error|Server Error|Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Method Not Allowed|Not Acceptable|Proxy Auth|Request Time|Conflict|Gone|Length Required|Precondition|Payload Too|Request Entity|Content Too|URI Too|Unsupported Media|Range Not|Expectation Failed|I'm a teapot|Misdirected|Unprocessable|Locked|Failed Dependency|Too Early|Upgrade Required|Too Many Requests|Request Header|Unavailable For|Internal Server|Not Implemented|Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time|HTTP Version|Insufficient Storage|Loop Detected|Network Authentication|Resource Exhausted|Deadline Exceeded)/i;

/** A status that means something went wrong, wherever it is written. */
export function isHttpError(value: string): boolean {
  return /^[45]\d\d$/.test(value);
}

function isHttpStatus(value: string): boolean {
  return /^[1-5]\d\d$/.test(value);
}

/** `9` → `<signal:sigkill>`; an unknown number stays one. */
export function signalToken(value: string): string {
  return `<signal:${SIGNALS.get(Math.abs(Number(value))) ?? value}>`;
}

/**
 * The code a whole number is, told by what stands around it, or null when it is just a number.
 * `value` keeps its sign; `end` is the position after it.
 */
export function codeToken(value: string, end: number, site: Site): string | null {
  const after = site.text.slice(end, end + 40);
  const words = wordsBefore(site.text, site.at);
  const [near = '', next = ''] = words;
  if (near === 'errno' || near === 'winerror' || (near === 'error' && next === 'os')) {
    return `<${near === 'winerror' ? 'winerror' : 'errno'}:${value}>`;
  }
  if (near === 'port' || near === 'ports') return portToken(value);
  if (near === 'signal' || near === 'sig' || near === 'signum') return signalToken(value);
  const direct = fromWords(value, words, after);
  if (direct !== null) return direct;
  if (isHttpStatus(value) && REASON.test(after)) return `<http:${value}>`;
  if (site.typed && site.text.slice(0, site.at).trim().length <= 1) return leadingCode(value, after, site);
  return null;
}

function fromWords(value: string, words: readonly string[], after: string): string | null {
  const [near = ''] = words;
  const meaning = words.find((word) => !FILLERS.has(word) || word === 'error') ?? '';
  const digits = value.replace('-', '').length;
  if (CODE_WORDS.has(near) || near === 'status' || near === 'statuscode') {
    if (words.some((word) => EXIT_WORDS.has(word))) return `<exit:${value}>`;
    if (digits > 6) return null;
    if (words.some((word) => CLOSE_WORDS.has(word)) && digits === 4) return `<close:${value}>`;
    const http = isHttpError(value) || (isHttpStatus(value) && words.some((word) => HTTP_WORDS.has(word)));
    return http ? `<http:${value}>` : `<code:${value}>`;
  }
  if (EXIT_WORDS.has(near) && digits <= 10 && !/^\s+[a-z]/i.test(after)) return `<exit:${value}>`;
  if (EXIT_WORDS.has(meaning) && near === 'with') return `<exit:${value}>`;
  if (digits === 4 && /^[1-4]/.test(value)) {
    const closed = CLOSE_WORDS.has(meaning) && (near === 'with' || CLOSE_WORDS.has(near));
    if (closed || ((near === 'received' || near === 'sent') && after.startsWith(' (')))
      return `<close:${value}>`;
  }
  if (near === 'error' && digits <= 6) {
    if (isHttpError(value)) return `<http:${value}>`;
    return /^ connecting/.test(after)
      ? `<errno:${value}>`
      : /^\s+[a-z]/.test(after)
        ? null
        : `<code:${value}>`;
  }
  if (HTTP_WORDS.has(near) && isHttpStatus(value)) return `<http:${value}>`;
  if (
    (HTTP_WORDS.has(meaning) || ANSWER_WORDS.has(meaning)) &&
    isHttpError(value) &&
    !/^\s?(?:ms|s|sec|bytes|rows|items)\b/.test(after)
  ) {
    return `<http:${value}>`;
  }
  return null;
}

/** A number that opens the message of an exception is its code: `HTTPError: 404 …`, `ApiException: (404)`, `SystemExit: 2`. */
function leadingCode(value: string, after: string, site: Site): string | null {
  if (site.type === 'systemexit') return `<exit:${value}>`;
  if (!isHttpError(value) || !/^(?:[\s,:)]|$|\s-)/.test(after)) return null;
  return site.type === 'keyerror' || site.type === 'indexerror' ? null : `<http:${value}>`;
}
