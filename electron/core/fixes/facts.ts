import { compose, saysNothing, signatureOf } from './compose.ts';
import { settledSignature } from './normalize.ts';
import { QUOTED_NAME } from './settle.ts';

/** What is known about an error besides its signature. */
export interface ErrorFacts {
  readonly signature: string;
  /** The signature of the first exception of a chain; null without a chain or when it is the same error. */
  readonly rootSignature: string | null;
  /** The class of the exception that ended it, as it was written; null when the text names none. */
  readonly exceptionType: string | null;
  /** Up to three frames of the skill's own code, innermost first: `loader.py:read`. */
  readonly frames: string[];
  /** Codes that tell errors apart: `http:401`, `errno:13`, `port:redis`. */
  readonly codes: string[];
  /** Quoted names that tell errors apart: keys, modules, attributes. */
  readonly quoted: string[];
  /** Nothing but placeholders is left: such a text matches nothing. */
  readonly empty: boolean;
}

const CODE = /<([a-z]{1,12}:[a-z0-9_.-]{1,40})>/g;

/** Reads everything about an error text that matching needs. Pure; bounded like `normalizeError`. */
export function readError(raw: string): ErrorFacts {
  const composed = compose(raw);
  const signature = settledSignature(composed);
  const { raised, root } = composed.read;
  const rootSignature =
    root === null ? null : settledSignature({ read: composed.read, signature: signatureOf(root) });
  const [ended] = raised;
  return {
    signature,
    rootSignature: rootSignature === signature ? null : rootSignature,
    exceptionType: ended?.type ?? null,
    frames: (ended?.frames ?? []).slice(0, 3).map((frame) => `${frame.file}:${frame.function}`),
    codes: codesOf(signature),
    quoted: quotedOf(signature),
    empty: saysNothing(signature),
  };
}

/** The codes a signature carries, each once, in order: `http:401`. */
export function codesOf(signature: string): string[] {
  return [...new Set([...signature.matchAll(CODE)].map((match) => match[1] ?? ''))];
}

/** The quoted names a signature carries, each once, in order; placeholders are none. */
export function quotedOf(signature: string): string[] {
  const names = [...signature.matchAll(QUOTED_NAME)].map((match) => match[2] ?? '');
  return [...new Set(names.filter((name) => !/[<>]/.test(name) && /\p{L}/u.test(name)))];
}
