import type { FixMatch } from '../../shared/model/fix.ts';
import { lastUsed, splitFixText } from './fix-text.ts';

/** Whether anything was done about the error a skill is quarantined for. */
export type ReleaseStanding =
  | { readonly kind: 'unknown-error' }
  /** This fix helped before, but nobody has applied it since. */
  | { readonly kind: 'not-applied'; readonly title: string }
  | { readonly kind: 'applied'; readonly title: string };

/**
 * Looks for a fix of exactly this error that was used since the quarantine began. Similar errors do not count: what
 * mended them may have nothing to do with this one.
 *
 * @param since epoch ms the quarantine began; null when that is not known
 */
export function releaseStanding(matches: readonly FixMatch[], since: number | null): ReleaseStanding {
  const exact = matches.filter(({ tier }) => tier === 'exact-here' || tier === 'exact');
  const applied = since === null ? undefined : exact.find(({ pattern }) => lastUsed(pattern) >= since);
  if (applied !== undefined) return { kind: 'applied', title: titleOf(applied) };
  const known = exact[0];
  return known === undefined ? { kind: 'unknown-error' } : { kind: 'not-applied', title: titleOf(known) };
}

function titleOf({ pattern }: FixMatch): string {
  return splitFixText(pattern.fixDescription).title;
}
