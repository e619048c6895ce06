/** Where a member stands in a TOML text: table names, keys and positions in arrays of tables. */
export type TomlPath = readonly (string | number)[];

/** Finds the line of a member, or of the nearest table around it; 1 where nothing nearer is written down. */
export type LineFinder = (path: TomlPath) => number;

const keyPart = /^\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*(\.)?/;

/**
 * Notes the line (from 1) of every key and table header of a TOML text the parser has accepted.
 * The parser itself gives positions of syntax errors only, and a person fixing `timeout = "5"` needs the line too.
 */
export function findLines(text: string): LineFinder {
  const lines = new Map<string, number>();
  const tableCounts = new Map<string, number>();
  let table: TomlPath = [];
  let value = emptyValue;
  for (const [index, line] of text.split('\n').entries()) {
    if (value.open) {
      value = scanValue(line, value);
      continue;
    }
    const header = /^\s*(\[\[?)\s*(.*)$/.exec(line);
    if (header) {
      const keys = readKeys(header[2] ?? '').keys;
      table = enterTable(keys, header[1] === '[[', tableCounts);
      note(lines, table, index + 1);
      continue;
    }
    const { keys, rest } = readKeys(line);
    if (keys.length === 0 || !rest.startsWith('=')) continue;
    note(lines, [...table, ...keys], index + 1);
    value = scanValue(rest.slice(1), emptyValue);
  }
  return (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const line = lines.get(idOf(path.slice(0, length)));
      if (line !== undefined) return line;
    }
    return 1;
  };
}

const idOf = (path: TomlPath): string => JSON.stringify(path);

function note(lines: Map<string, number>, path: TomlPath, line: number): void {
  if (!lines.has(idOf(path))) lines.set(idOf(path), line);
}

/** The header of an array of tables starts its next element. */
function enterTable(keys: readonly string[], isElement: boolean, counts: Map<string, number>): TomlPath {
  if (!isElement) return keys;
  const position = counts.get(idOf(keys)) ?? 0;
  counts.set(idOf(keys), position + 1);
  return [...keys, position];
}

function readKeys(line: string): { keys: readonly string[]; rest: string } {
  const keys: string[] = [];
  let rest = line;
  for (let match = keyPart.exec(rest); match; match = keyPart.exec(rest)) {
    keys.push(match[1] ?? match[2] ?? match[3] ?? '');
    rest = rest.slice(match[0].length);
    if (match[4] === undefined) break;
  }
  return { keys, rest };
}

/** What of a value is still open at the end of a line: a multi-line string by its quote, or brackets. */
interface OpenValue {
  readonly open: boolean;
  readonly quote: '"""' | "'''" | null;
  readonly depth: number;
}
const emptyValue: OpenValue = { open: false, quote: null, depth: 0 };
const valueToken = /"""|'''|"(?:[^"\\]|\\.)*"|'[^']*'|[[\]{}]|#.*$|\\./g;

function scanValue(line: string, before: OpenValue): OpenValue {
  let { quote, depth } = before;
  valueToken.lastIndex = 0;
  for (let at = 0; at < line.length; ) {
    if (quote !== null) {
      const end = closingQuote(line, quote, at);
      if (end === -1) break;
      quote = null;
      at = end;
      continue;
    }
    valueToken.lastIndex = at;
    const token = valueToken.exec(line)?.[0];
    if (token === undefined || token.startsWith('#')) break;
    at = valueToken.lastIndex;
    if (token === '"""' || token === "'''") quote = token;
    else if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
  }
  return { open: quote !== null || depth > 0, quote, depth };
}

/** The position after the closing quote, or -1. A backslash shields a quote in `"""` only. */
function closingQuote(line: string, quote: string, from: number): number {
  for (let at = from; at < line.length; at += 1) {
    if (quote === '"""' && line[at] === '\\') at += 1;
    else if (line.startsWith(quote, at)) return at + quote.length;
  }
  return -1;
}
