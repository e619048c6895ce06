import { isDeepStrictEqual } from 'node:util';
import type { FixPattern } from '../../../shared/model/fix.ts';
import type { SharedFix } from '../../../shared/model/shared-fix.ts';
import { countsElsewhere, holds, recorderOf } from '../../core/fleet/shared-fix.ts';
import { signedAnew } from '../fix-exchange.ts';

/**
 * A fix of other hosts as one of this host, with its origin and what was counted there. Null when nobody holds it, or
 * when it is not what it says: masked here it has become another text, or its text is of another error.
 */
export function foreignFix(fix: SharedFix, hostId: string, nowMs: number): Omit<FixPattern, 'id'> | null {
  const recorder = recorderOf(fix);
  const first = recorder ?? fix.parts.find(holds);
  if (first === undefined) return null;
  const pattern = signedAnew(
    {
      ...{ errorSignature: fix.errorSignature, fixDescription: fix.fixDescription, sample: fix.sample },
      ...{ signatureVersion: fix.signatureVersion, lastUsedAt: null, successCount: 0, failureCount: 0 },
      ...(fix.alsoFor.length === 0 ? {} : { alsoFor: fix.alsoFor }),
      ...(fix.skillId === undefined ? {} : { skillId: fix.skillId }),
      ...(first.safeAction === undefined ? {} : { safeAction: first.safeAction }),
      createdAt: recorder?.recordedAt ?? nowMs,
    },
    nowMs,
  );
  if (pattern === null || pattern.fixDescription !== fix.fixDescription) return null;
  const sameRules = pattern.signatureVersion === fix.signatureVersion;
  if (sameRules && pattern.errorSignature !== fix.errorSignature) return null;
  return joined({ ...pattern, origin: { hostId: first.hostId, name: shown(first) } }, fix, hostId);
}

/** The pattern with what other hosts counted; the very same object when that is what it has. */
export function joined<Known extends Omit<FixPattern, 'id'>>(
  pattern: Known,
  fix: SharedFix | null,
  hostId: string,
): Known {
  const { elsewhere: before, ...rest } = pattern;
  const now = fix === null ? null : countsElsewhere(fix, hostId);
  if (now === null || now.hosts === 0) return before === undefined ? pattern : (rest as Known);
  const { hosts, successCount, failureCount } = now;
  const same =
    before?.hosts === hosts && before.successCount === successCount && before.failureCount === failureCount;
  return same ? pattern : { ...pattern, elsewhere: now };
}

/**
 * The pattern with what the fleet says now: of a fix learnt on another host everything but what was counted here, of one
 * of this host only the counts from elsewhere. The very same object when nothing is different.
 */
export function renewed(
  pattern: FixPattern,
  fix: SharedFix | null,
  hostId: string,
  nowMs: number,
): FixPattern {
  const told = pattern.origin === undefined || fix === null ? null : foreignFix(fix, hostId, nowMs);
  if (told === null) return joined(pattern, fix, hostId);
  const { id, successCount, failureCount, lastUsedAt, createdAt, updatedAt } = pattern;
  const next = { ...told, id, successCount, failureCount, lastUsedAt, createdAt, updatedAt };
  return isDeepStrictEqual(next, { ...pattern }) ? pattern : next;
}

/** Control characters of a name have no business on a terminal or a page. */
function shown({ name, hostId }: { readonly name: string; readonly hostId: string }): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return clean === '' ? hostId : clean;
}
