import type { FixPattern } from '../../../shared/model/fix.ts';
import { type SharedFix, type SharedPart, sharedFixSchema } from '../../../shared/model/shared-fix.ts';
import { readError } from '../fixes/facts.ts';
import { normalizeError } from '../fixes/normalize.ts';
import { keepEnds } from '../fixes/reading/clean.ts';
import { redactSecrets } from '../redaction/redact.ts';
import { sharedFix } from './shared-fix.ts';

/** The longest error text that is sent along, characters: the signature says what a longer one was. */
const MAX_SENT_SAMPLE = 4000;

/**
 * What may leave this host of a fix, without what anybody says about it: every text masked once more, with the secrets
 * this host keeps in `secrets`. Null for a fix that cannot be recognised elsewhere or is larger than may be.
 */
export function shareable(pattern: Omit<FixPattern, 'id'>, secrets: readonly string[]): SharedFix | null {
  const mask = (text: string) => redactSecrets(text, secrets);
  const errorSignature = mask(pattern.errorSignature);
  if (readError(errorSignature).empty) return null;
  const read = sharedFixSchema.safeParse({
    v: 1,
    signatureVersion: pattern.signatureVersion,
    errorSignature,
    fixDescription: mask(pattern.fixDescription),
    ...(pattern.skillId === undefined ? {} : { skillId: pattern.skillId }),
    sample: sampleFor(errorSignature, mask(pattern.sample)),
    alsoFor: (pattern.alsoFor ?? []).map((other) => {
      const signature = mask(other.errorSignature);
      return { errorSignature: signature, sample: sampleFor(signature, mask(other.sample)) };
    }),
    parts: [],
  });
  return read.success ? sharedFix(read.data) : null;
}

/** What this host says about one of its fixes. The permission to act by itself stays here. */
export function partFrom(
  pattern: Omit<FixPattern, 'id'>,
  host: { readonly hostId: string; readonly name: string },
): SharedPart {
  return {
    hostId: host.hostId,
    name: host.name,
    successCount: pattern.successCount,
    failureCount: pattern.failureCount,
    recordedAt: pattern.origin === undefined ? pattern.createdAt : null,
    updatedAt: 0,
    ...(pattern.safeAction === undefined ? {} : { safeAction: pattern.safeAction }),
  };
}

/** The text an error is recognised by elsewhere; none rather than one that has become another error's. */
function sampleFor(signature: string, sample: string): string {
  const short = keepEnds(sample, MAX_SENT_SAMPLE, 0.5);
  return normalizeError(short) === signature ? short : '';
}
