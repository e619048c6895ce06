import { tokenLabel } from './tokens/kinds.ts';

/** A piece of a signature for showing. Joined again, the texts are the signature. */
export interface SignaturePart {
  readonly text: string;
  /** `token`: stands for what varies, or for a code that is part of the error. */
  readonly kind: 'text' | 'token';
  /** What a token stands for: `any path`, `HTTP status 401`. */
  readonly label?: string;
}

const TOKEN = /<([a-z]{1,12})(?::([a-z0-9_.-]{1,40}))?>/g;

/** Splits a signature into plain text and tokens, so that a form can mark what varies and say what it stands for. */
export function signatureParts(signature: string): SignaturePart[] {
  const parts: SignaturePart[] = [];
  let last = 0;
  for (const match of signature.matchAll(TOKEN)) {
    const label = tokenLabel(match[1] ?? '', match[2]);
    if (label === null) continue;
    if (match.index > last) parts.push({ text: signature.slice(last, match.index), kind: 'text' });
    parts.push({ text: match[0], kind: 'token', label });
    last = match.index + match[0].length;
  }
  if (last < signature.length) parts.push({ text: signature.slice(last), kind: 'text' });
  return parts;
}
