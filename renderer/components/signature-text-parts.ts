import { tokenWords } from './signature-text-tokens.ts';

/** A stretch of a signature: plain words, or a token that stands for what varies or for a code. */
export type SignaturePart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'token';
      readonly text: string;
      /** How a person reads it: `http 401` for `<http:401>`, `path` for `<path>`. */
      readonly label: string;
      readonly meaning: string;
      /** A code is part of the error; anything else varies from one occurrence to the next. */
      readonly isCode: boolean;
    };

const tokenPattern = /<([a-z]{1,12})(?::([a-z0-9_.-]{1,40}))?>/g;

/** Splits a signature so that what varies can be marked. The parts' `text`, put together again, is the signature. */
export function partsOfSignature(signature: string): readonly SignaturePart[] {
  const parts: SignaturePart[] = [];
  let end = 0;
  for (const match of signature.matchAll(tokenPattern)) {
    const [text, kind = '', value] = match;
    const words = tokenWords(kind, value);
    if (words === null) continue;
    if (match.index > end) parts.push({ kind: 'text', text: signature.slice(end, match.index) });
    parts.push({ kind: 'token', text, ...words, isCode: value !== undefined });
    end = match.index + text.length;
  }
  if (end < signature.length) parts.push({ kind: 'text', text: signature.slice(end) });
  return parts;
}

/** Whether anything of a signature says what kind of error it is, so that recording a fix for it makes sense. */
export function hasOwnWords(signature: string): boolean {
  return partsOfSignature(signature).some((part) =>
    part.kind === 'text' ? /[\p{L}\p{N}]/u.test(part.text) : part.isCode,
  );
}
