import type { FixPattern } from '../../../shared/model/fix.ts';

/** The longest text kept of an error that was merged in, characters. */
const MAX_SAMPLE = 4000;

/**
 * Two fixes as one, under the id, the words and the first signature of `into`: it is for the errors of both, and what
 * was counted for either counts for it. Fixes of two different skills become one for any skill. The permission to act
 * by itself ends: it was given for fewer errors. What came of it is this host's own; what other hosts counted goes on
 * counting only for the very fix they counted it for.
 */
export function mergedPattern(from: FixPattern, into: FixPattern, at: number): FixPattern {
  const { skillId, alsoFor: _others, autoApply: _allowed, origin: _origin, elsewhere, ...rest } = into;
  const alsoFor = otherErrors(into, from);
  const used = Math.max(from.lastUsedAt ?? 0, into.lastUsedAt ?? 0);
  return {
    ...rest,
    ...(skillId === undefined || skillId !== from.skillId ? {} : { skillId }),
    ...(elsewhere === undefined || (skillId !== undefined && skillId !== from.skillId) ? {} : { elsewhere }),
    ...(alsoFor.length === 0 ? {} : { alsoFor }),
    ...(into.safeAction === undefined ? {} : { autoApply: false }),
    successCount: from.successCount + into.successCount,
    failureCount: from.failureCount + into.failureCount,
    createdAt: Math.min(from.createdAt, into.createdAt),
    updatedAt: at,
    lastUsedAt: used === 0 ? null : used,
  };
}

/**
 * The errors `into` is for besides its own, once it is for those of `from` too. A long text is not kept for them: they
 * travel in one file with everything else, and the signature says what they were.
 */
export function otherErrors(
  into: Pick<FixPattern, 'errorSignature' | 'alsoFor'>,
  from: Pick<FixPattern, 'errorSignature' | 'sample' | 'alsoFor'>,
): NonNullable<FixPattern['alsoFor']> {
  const own = {
    errorSignature: from.errorSignature,
    sample: from.sample.length > MAX_SAMPLE ? '' : from.sample,
  };
  const taken = new Set([into.errorSignature]);
  return [...(into.alsoFor ?? []), own, ...(from.alsoFor ?? [])].filter(({ errorSignature }) => {
    if (taken.has(errorSignature)) return false;
    taken.add(errorSignature);
    return true;
  });
}
