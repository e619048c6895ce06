/**
 * The words of a command line given as one text: split at white space, `'…'` and `"…"` keep their content
 * together. Nothing is expanded and a backslash is an ordinary character, as in Windows paths.
 * Null when a quote is never closed.
 */
export function splitCommand(line: string): readonly string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (const character of line) {
    if (quote !== null) {
      if (character === quote) quote = null;
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== null) return null;
  if (word !== null) words.push(word);
  return words;
}
