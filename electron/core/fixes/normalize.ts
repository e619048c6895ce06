import { type Composed, compose } from './compose.ts';

/** Raised whenever a signature may come out differently than before: stored patterns are then signed anew from their sample. */
export const SIGNATURE_VERSION: number = 1;

/** More passes than any real text has needed; hostile ones end in a constant. */
const MAX_PASSES = 8;

/**
 * The signature of an error text: what varies is replaced by a word for its kind (`<path>`, `<time>`, `<num>` …), what
 * tells errors apart is kept (exception class, `<http:401>`, `<errno:13>`, quoted names). Lower case outside quoted
 * names, at most 1000 characters. Pure; idempotent for every text; bounded on hostile input. DESIGN.md §9.
 */
export function normalizeError(raw: string): string {
  return settledSignature(compose(raw));
}

/**
 * The fixpoint of composing: a signature is a text too, and what is recorded from one must equal what it was made of.
 * A text that does not settle is hostile and gets the signature `<text>`, which is its own.
 */
export function settledSignature(first: Composed): string {
  let signature = first.signature;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const next = compose(signature).signature;
    if (next === signature) return signature;
    signature = next;
  }
  return '<text>';
}
