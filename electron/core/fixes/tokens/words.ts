/** Identifiers whose number is part of the name: code pages, types, hashes, lint rules, architectures. */
const NAMED_NUMBER =
  /^(?:[a-z]\d{1,4}|(?:cp|iso|gfx|rfc|ksc|big|euc|koi|utf|ucs|int|uint|float|bf|fp|sha|md|aes|rsa|ecdsa|sm|win|windows|py|python|cuda|cu|rtx|gtx|http|ipv|latin|base|mp|ks|oauth|mysql|psycopg|md|crc|fnv|xxh|is|os|vc|msvcp|vcruntime|net|node)\d{1,4})$/i;
const HEX = /^[0-9a-f]+$|^[0-9A-F]+$/;
const ENGLISH_HEX = /^(?:fabaceae|effaced|defaced|acceded|facade[ds]?|decade[ds]?|deadbee|cabcafe)$/i;
const ULID = /^01[0-9a-hjkmnp-tv-z]{24}$/i;
const ALNUM_PIECE = /[A-Za-z0-9]+/g;

/**
 * A word without its varying parts: random ids and hashes become `<hex>` or `<id>`, numbers of four or more digits
 * `<num>`; names that carry a number (`utf8`, `int64`, `sha256`, `Config2`) are kept.
 */
export function rewriteWord(word: string): string {
  if (!hasDigit(word) && !HEX.test(word) && !isRandom(word)) return word;
  return word.replace(ALNUM_PIECE, (piece, at: number) => rewritePiece(piece, at > 0));
}

function rewritePiece(piece: string, joined: boolean): string {
  if (/^\d+$/.test(piece)) return joined && piece.length <= 3 ? piece : '<num>';
  if (isHash(piece)) return '<hex>';
  if (isRandom(piece)) return '<id>';
  if (!/\d{4}/.test(piece) || NAMED_NUMBER.test(piece)) return piece;
  return piece.replace(/\d{4,}/g, '<num>');
}

/** A hash or part of one: hexadecimal in one case, seven or more with digits and letters, eight or more of letters alone. */
function isHash(piece: string): boolean {
  if (piece.length < 7 || !HEX.test(piece) || ENGLISH_HEX.test(piece)) return false;
  const digits = countDigits(piece);
  if (digits === piece.length) return false;
  return digits > 0 || piece.length >= 8;
}

/** How often the kind of character (digit, lower, upper case) changes tells a random id from a name. */
function isRandom(piece: string): boolean {
  const length = piece.length;
  if (length < 8) return false;
  if (ULID.test(piece)) return true;
  let changes = 0;
  let lowerRun = 0;
  let longestRun = 0;
  let digits = 0;
  let before = -1;
  for (let index = 0; index < length; index += 1) {
    const code = piece.charCodeAt(index);
    const kind = code <= 57 ? 0 : code <= 90 ? 1 : 2;
    if (kind === 0) digits += 1;
    lowerRun = kind === 2 ? lowerRun + 1 : 0;
    if (lowerRun > longestRun) longestRun = lowerRun;
    if (before >= 0 && kind !== before) changes += 1;
    before = kind;
  }
  if (digits === 0) return length >= 12 && changes / length > 0.45;
  if (digits === length) return false;
  if (length >= 16) return changes >= 4 && longestRun < 8;
  return digits >= 2 && changes >= 4 && longestRun < 4;
}

function hasDigit(word: string): boolean {
  for (let index = 0; index < word.length; index += 1) {
    const code = word.charCodeAt(index);
    if (code >= 48 && code <= 57) return true;
  }
  return false;
}

function countDigits(piece: string): number {
  let count = 0;
  for (let index = 0; index < piece.length; index += 1) {
    const code = piece.charCodeAt(index);
    if (code >= 48 && code <= 57) count += 1;
  }
  return count;
}
