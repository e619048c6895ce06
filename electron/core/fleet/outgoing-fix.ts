import { LATEST_MS, type SharedFix, type SharedPart } from '../../../shared/model/shared-fix.ts';
import {
  encodeSharedFix,
  isHeldElsewhere,
  mergeSharedFixes,
  partOf,
  saysTheSame,
  withPart,
} from './shared-fix.ts';

/** What is to be written under a key. `erase`: nobody holds it any more, so its words go too. */
export type Outgoing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'put'; readonly fix: SharedFix }
  | { readonly kind: 'erase' };

/** What this host has to do with a shared fix. */
export interface Standing {
  readonly hostId: string;
  /** It takes back what it said. */
  readonly withdrawn: boolean;
  /** What it says; null for nothing. Its time is set when it is written. */
  readonly mine: SharedPart | null;
  /** The words as this host would write them; null when it has none. */
  readonly words: SharedFix | null;
  /** The fix as the bucket had it last. */
  readonly known: SharedFix | null;
}

const NOTHING: Outgoing = { kind: 'nothing' };

/**
 * What a host writes about a fix. `held` is what can be read in the bucket now, `erased` whether everybody took it back;
 * neither: there is nothing. A host changes only its own part; what is there already is written by nobody again.
 */
export function outgoingFix(
  { hostId, withdrawn, mine, words, known }: Standing,
  held: SharedFix | null,
  erased: boolean,
  nowMs: number,
): Outgoing {
  const there = held === null ? undefined : partOf(held, hostId);
  if (withdrawn) {
    if (held === null || there === undefined || there.withdrawn === true) return NOTHING;
    if (!isHeldElsewhere(held, hostId)) return { kind: 'erase' };
    const gone: SharedPart = { ...there, successCount: 0, failureCount: 0, withdrawn: true };
    return put(withPart(held, hostId, dated(gone, there, nowMs)));
  }
  // A bucket that was lost is filled again by everybody who remembers; an erased fix stays erased.
  const others = held ?? (erased || known === null ? null : withPart(known, hostId, null));
  if (mine === null) {
    const lost = held === null && others !== null && isHeldElsewhere(others, hostId);
    return lost ? put(others) : NOTHING;
  }
  const text = words ?? others;
  if (text === null) return NOTHING;
  const own = withPart({ ...text, parts: [] }, hostId, dated(mine, there, nowMs));
  const next = others === null ? own : mergeSharedFixes(withPart(others, hostId, null), own);
  // With more hosts than a fix may have there is no place for this one.
  if (partOf(next, hostId) === undefined) return NOTHING;
  return held !== null && encodeSharedFix(next) === encodeSharedFix(held) ? NOTHING : put(next);
}

/** A later word than the one before it, or the same word at the same time. */
export function dated(part: SharedPart, before: SharedPart | undefined, nowMs: number): SharedPart {
  if (before !== undefined && saysTheSame(part, before)) return before;
  return { ...part, updatedAt: Math.min(LATEST_MS, Math.max(nowMs, (before?.updatedAt ?? 0) + 1)) };
}

/** Without the texts of other errors where it would be too large with them; not at all where it still is. */
function put(fix: SharedFix): Outgoing {
  if (encodeSharedFix(fix) !== null) return { kind: 'put', fix };
  const smaller = { ...fix, alsoFor: fix.alsoFor.map((other) => ({ ...other, sample: '' })) };
  return encodeSharedFix(smaller) === null ? NOTHING : { kind: 'put', fix: smaller };
}
