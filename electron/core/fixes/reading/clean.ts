/** The longest text that is read at all, in UTF-16 units; of a longer one the head and the tail are kept. */
export const MAX_TEXT = 16 * 1024;
/** The longest message of one exception that is normalised, in UTF-16 units. */
export const MAX_MESSAGE = 4 * 1024;

// A CSI or OSC sequence, bounded so that an unterminated one cannot swallow the text.
const ANSI =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences are control characters
  /[\u001b\u009b](?:\][^\u0007\u001b]{0,200}(?:\u0007|\u001b\\)|[[()#;?]{0,3}(?:\d{0,4}(?:;\d{0,4}){0,8})?[\dA-PR-TZcf-nq-uy=><~])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they carry no meaning in an error text
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\ufeff]/g;
const ESCAPED_NEWLINE = /\\r?\\n|\\n/g;
const ESCAPED_QUOTE = /\\(["'])/g;
/** Base64, keys and dumps: an unbroken run that nobody reads. */
const BLOB = /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/=_-]{200,}/g;
const RULER = /([-=~_#^.])\1{3,}/g;

/** Keeps the head and the tail of a text of more than `limit` UTF-16 units: a traceback ends with what matters. */
export function keepEnds(text: string, limit: number, headShare: number): string {
  if (text.length <= limit) return text;
  const head = Math.floor(limit * headShare);
  return `${text.slice(0, head)} … ${text.slice(text.length - (limit - head - 3))}`;
}

/** Of a traceback inside a JSON string: that string alone, without the rest of the record. */
function insideItsQuotes(text: string): string {
  const start = text.indexOf('Traceback (most recent call last)');
  const quote = text.charAt(start - 1);
  if (quote !== '"' && quote !== "'") return text;
  let end = start;
  while (end < text.length && text.charAt(end) !== quote) end += text.charAt(end) === '\\' ? 2 : 1;
  return text.slice(start, end);
}

/**
 * The text without what only a terminal or a transport needs: colours, control characters, carriage returns,
 * runs of ruling characters, unbroken blobs; at most {@link MAX_TEXT} long and well-formed UTF-16.
 */
export function cleanText(raw: string): string {
  let text = keepEnds(raw, MAX_TEXT, 0.5).toWellFormed();
  if (text.includes('\u001b') || text.includes('\u009b')) text = text.replace(ANSI, '');
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
  text = text.replace(CONTROL, ' ');
  // A traceback that travelled inside JSON or a repr has its line ends written out.
  if (!text.includes('\n  File "') && text.includes('(most recent call last):\\n')) {
    text = insideItsQuotes(text).replace(ESCAPED_NEWLINE, '\n').replace(ESCAPED_QUOTE, '$1');
  }
  if (text.length >= 200) text = text.replace(BLOB, '<blob>');
  return text.replace(RULER, ' ');
}
