import { countsEverywhere, type FixPattern } from '../../shared/model/fix.ts';
import { plural } from './format.ts';

/** The longest fix description the contract takes, in characters. */
export const MAX_FIX_TEXT = 4000;
/** The longest error text the contract takes, in characters. */
export const MAX_ERROR_TEXT = 65_536;
/** The longest title, in characters: one line of the list. */
export const MAX_FIX_TITLE = 200;

export interface FixText {
  readonly title: string;
  readonly details: string;
}

/** Title and details as they are stored: the first line is the title. Both are trimmed; empty details leave no newline. */
export function joinFixText({ title, details }: FixText): string {
  const firstLine = title.trim().replaceAll(/\s*[\r\n]+\s*/g, ' ');
  const rest = details.replaceAll('\r\n', '\n').trim();
  return rest === '' ? firstLine : `${firstLine}\n${rest}`;
}

/** The stored description taken apart again. A description of one line (say, from the command line) is all title. */
export function splitFixText(description: string): FixText {
  const text = description.replaceAll('\r\n', '\n').trim();
  const newline = text.indexOf('\n');
  if (newline === -1) return { title: text, details: '' };
  return { title: text.slice(0, newline).trim(), details: text.slice(newline + 1).trim() };
}

type Counted = Pick<FixPattern, 'successCount' | 'failureCount' | 'elsewhere'>;

/** How often a fix was tried on all hosts and what came of it. `share` is 0 to 1, null when it was never tried. */
export function fixRecord(pattern: Counted) {
  const { worked, failed } = countsEverywhere(pattern);
  const tries = worked + failed;
  return { tries, worked, share: tries === 0 ? null : worked / tries };
}

/** `learnt on build-2`; null for a fix that was recorded here. */
export function learntOn({ origin }: Pick<FixPattern, 'origin'>): string | null {
  return origin === undefined ? null : `learnt on ${origin.name}`;
}

/** What was counted here and on other hosts, told apart; null where nobody else has counted. */
export function countedWhere({ elsewhere, ...here }: Counted): string | null {
  if (elsewhere === undefined) return null;
  return `here: ${workedInWords(here)}; on ${plural(elsewhere.hosts, 'other host', 'other hosts')}: ${workedInWords(elsewhere)}`;
}

/** All fixes taken together, for the heading of the screen. */
export function summariseFixes(patterns: readonly FixPattern[]): { count: number; share: number | null } {
  let worked = 0;
  let tries = 0;
  for (const pattern of patterns) {
    const record = fixRecord(pattern);
    worked += record.worked;
    tries += record.tries;
  }
  return { count: patterns.length, share: tries === 0 ? null : worked / tries };
}

/** When it last helped or failed, epoch ms: recording a fix is saying that it just worked. */
export function lastUsed(pattern: Pick<FixPattern, 'lastUsedAt' | 'createdAt'>): number {
  return pattern.lastUsedAt ?? pattern.createdAt;
}

/** `worked 7 of 9 times`, `worked once`, `not tried yet`: the record of a fix as words inside a sentence. */
export function workedInWords(pattern: Counted): string {
  const { tries, worked } = fixRecord(pattern);
  if (tries === 0) return 'not tried yet';
  if (tries === 1) return worked === 1 ? 'worked once' : 'did not help the one time it was tried';
  if (worked === tries) return `worked all ${tries} times`;
  if (worked === 0) return `did not help in ${tries} tries`;
  return `worked ${worked} of ${tries} times`;
}
