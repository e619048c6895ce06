/** The longest signature, in UTF-16 units. */
export const MAX_SIGNATURE = 1000;

/** A quoted name without blanks: a key, a module, an attribute. Its case tells errors apart. */
export const QUOTED_NAME = /(?<![\w])(['"`])([^\s'"`]{1,80})\1(?!\w)/g;
const REPEATED = /(<[a-z]{1,12}>)(?:[,;\s]{1,3}(?:\1|\(\1\)))+/g;

/** Lower case outside quoted names. */
export function lowerOutsideNames(text: string): string {
  let out = '';
  let last = 0;
  for (const match of text.matchAll(QUOTED_NAME)) {
    out += text.slice(last, match.index).toLowerCase() + match[0];
    last = match.index + match[0].length;
  }
  return out + text.slice(last).toLowerCase();
}

/** Lower case outside quoted names, white space as one blank, lists of like tokens as one token. */
export function flatten(scanned: string): string {
  return lowerOutsideNames(scanned).replace(/\s+/g, ' ').replace(REPEATED, '$1');
}

/** A scanned text as a signature: flattened, no loose punctuation at the ends, at most {@link MAX_SIGNATURE}. */
export function settle(scanned: string): string {
  const flat = flatten(scanned);
  const cut =
    flat.length <= MAX_SIGNATURE
      ? flat
      : flat.slice(0, flat.lastIndexOf(' ', MAX_SIGNATURE) + 1 || MAX_SIGNATURE);
  return cut.replace(/^[\s,;]+|[\s.,;:]+$/g, '');
}
