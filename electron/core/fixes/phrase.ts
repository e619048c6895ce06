const TOKEN = /<[a-z]{1,12}(?::[a-z0-9_.-]{1,40})?>/g;
const WORD = /\p{L}[\p{L}\p{N}_]*/gu;

/** The words of a signature in lower case, without its tokens. */
export function wordsOf(signature: string): string[] {
  return signature.toLowerCase().replace(TOKEN, ' ').match(WORD) ?? [];
}

/**
 * Whether a signature may be looked for inside others: two words, or one that is not just the name of an exception
 * class, which would be found in every error of that class.
 */
export function isPhrase(signature: string): boolean {
  const words = wordsOf(signature);
  const [only = ''] = words;
  return words.length >= 2 || (only.length >= 3 && !/.(?:error|exception|warning|timeout|exit)$/.test(only));
}

/** Whether a phrase stands in a text at word boundaries. Both in lower case. */
export function containsPhrase(text: string, phrase: string): boolean {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    const end = at + phrase.length;
    if (!(joins(text, at - 1) && joins(phrase, 0)) && !(joins(text, end) && joins(phrase, phrase.length - 1)))
      return true;
  }
  return false;
}

function joins(text: string, at: number): boolean {
  return /[\p{L}\p{N}_]/u.test(text.charAt(at));
}
