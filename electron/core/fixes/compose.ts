import { cleanText, keepEnds, MAX_MESSAGE } from './reading/clean.ts';
import type { Frame, RaisedError, ReadText } from './reading/raised.ts';
import { readText } from './reading/read-text.ts';
import { settle } from './settle.ts';
import { scanTokens } from './tokens/scan.ts';

/** How many leaves of an exception group make its signature. */
const MAX_LEAVES = 8;
const TOKEN = /<[a-z]{1,12}>/g;

/** One pass over a text: what it says and the signature that comes of it. */
export interface Composed {
  readonly read: ReadText;
  readonly signature: string;
}

/** Reads a text and composes its signature; not yet a fixpoint, see `settledSignature`. */
export function compose(raw: string): Composed {
  const read = readText(cleanText(raw));
  const [first] = read.raised;
  if (first !== undefined && read.raised.length === 1) return { read, signature: signatureOf(first) };
  const leaves = new Set(read.raised.slice(0, 64).map((leaf) => signatureOf(leaf)));
  return { read, signature: settle([...leaves].sort().slice(0, MAX_LEAVES).join(' + ')) };
}

/** `Type: message`; where the message says nothing, the frames it happened in tell such errors apart. */
export function signatureOf(error: RaisedError): string {
  const message = scanTokens(keepEnds(error.message, MAX_MESSAGE, 0.75), error.type);
  const said = error.type === null ? message : `${error.type}: ${message}`;
  if (error.type === null || error.frames.length === 0 || !saysNothing(message)) return settle(said);
  return settle(`${said} ${scanTokens(whereabouts(error.frames), null)}`);
}

/** Whether nothing but placeholders and punctuation is left of a text. */
export function saysNothing(text: string): boolean {
  return !/[\p{L}]|<[a-z]+:/u.test(text.replace(TOKEN, ''));
}

function whereabouts(frames: readonly Frame[]): string {
  const places = frames
    .slice(0, 2)
    .map((frame) => `${frame.function} (${frame.file.replace(/(?:\/__\w+__)?\.pyw?$/, '')})`);
  return `in ${[...new Set(places)].join(' from ')}`;
}
