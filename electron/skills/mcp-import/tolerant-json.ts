/** The deepest nesting looked at: a configuration is flat, and what walks it may recurse. */
const maxDepth = 100;

export type TolerantResult =
  | { readonly ok: true; readonly value: unknown }
  /** `message` goes on after the file's name: `is not valid JSON: …`. */
  | { readonly ok: false; readonly message: string };

/**
 * Reads JSON as editors write their settings: with line and block comments and commas after the last member. Both are blanked out,
 * never inside texts, and `JSON.parse` reads the rest; so nothing else becomes valid that was not.
 */
export function readTolerantJson(text: string): TolerantResult {
  const plain = withoutExtras(text.replace(/^\uFEFF/, ''));
  if (plain === null) return { ok: false, message: `is nested deeper than ${maxDepth} levels` };
  try {
    return { ok: true, value: JSON.parse(plain) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    // The message repeats the text around the fault, and that may hold a token.
    return { ok: false, message: `is not valid JSON${placeOf(why, plain)}` };
  }
}

/** The same text, so that places in it stay where they are; null when it is nested too deep. */
function withoutExtras(text: string): string | null {
  const kept = text.split('');
  let depth = 0;
  /** The last character that is neither blank nor comment, and the one before it. */
  let last = { at: -1, character: '', before: '' };
  for (let at = 0; at < kept.length; at += 1) {
    const character = kept[at] ?? '';
    if (character === '/' && (kept[at + 1] === '/' || kept[at + 1] === '*')) {
      at = blankComment(kept, text, at) - 1;
      continue;
    }
    if (character.trim() === '') continue;
    if (character === '{' || character === '[') depth += 1;
    if (depth > maxDepth) return null;
    if (character === '}' || character === ']') {
      depth -= 1;
      // Only a comma after a member is one too many: `[,]` is a mistake.
      if (last.character === ',' && !['', '[', '{', ','].includes(last.before)) kept[last.at] = ' ';
    }
    last = { at, character, before: last.character };
    if (character === '"') at = endOfText(kept, at);
  }
  return kept.join('');
}

/** The position of the closing quote, or of the last character. */
function endOfText(characters: readonly string[], from: number): number {
  for (let at = from + 1; at < characters.length; at += 1) {
    if (characters[at] === '\\') at += 1;
    else if (characters[at] === '"') return at;
  }
  return characters.length;
}

/** Replaces a comment by blanks, its line breaks aside; returns the position after it. */
function blankComment(characters: string[], text: string, from: number): number {
  const block = text[from + 1] === '*';
  const found = block ? text.indexOf('*/', from + 2) : text.indexOf('\n', from);
  const end = found === -1 ? text.length : block ? found + 2 : found;
  for (let at = from; at < end; at += 1) if (characters[at] !== '\n') characters[at] = ' ';
  return end;
}

/** ` at line 3`, as far as the parser says where: by a position, or by repeating the text around the fault. */
function placeOf(why: string, text: string): string {
  if (/end of JSON/.test(why)) return ': it ends too early';
  const position = /position (\d+)/.exec(why)?.[1];
  const around = /(\.\.\.)?"([\s\S]+?)"(?:\.\.\.)? is not valid JSON$/.exec(why);
  const start = around === null ? -1 : text.indexOf(around[2] ?? '');
  if (position === undefined && start === -1) return '';
  // The parser shows ten characters before the one it stumbled over.
  const at = position === undefined ? start + (around?.[1] === undefined ? 0 : 10) : Number(position);
  return ` at line ${text.slice(0, at).split('\n').length}`;
}
