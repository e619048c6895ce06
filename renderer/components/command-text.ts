/** Needs no quotes in any common shell. */
const PLAIN = /^[\w@%+=:,./~-]+$/;
/** What is not seen, or turns what is seen around: a command is shown before somebody agrees to it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * A command as one line to read: words with anything unusual in quotes, so that their borders show, and hidden
 * characters by their number, so that they cannot hide.
 */
export function commandText(words: readonly string[]): string {
  return words
    .map((word) => (PLAIN.test(word) ? word : `'${shown(word).replaceAll("'", "'\\''")}'`))
    .join(' ');
}

function shown(word: string): string {
  return word.replace(HIDDEN, (hidden) => `\\u${hidden.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
