import { MAX_OTHER_ERRORS } from '../../../shared/model/fix.ts';
import {
  MAX_FIX_HOSTS,
  MAX_SHARED_FIX_BYTES,
  SHARED_FIX_VERSION,
  type SharedFix,
  type SharedPart,
  sharedFixSchema,
  sharedPartSchema,
} from '../../../shared/model/shared-fix.ts';

type Identity = Pick<SharedFix, 'signatureVersion' | 'errorSignature' | 'fixDescription' | 'skillId'>;

/** What makes two fixes the same one, as a text: its digest is the key they are kept under. */
export function identityOf({ signatureVersion, errorSignature, fixDescription, skillId }: Identity): string {
  return JSON.stringify([signatureVersion, errorSignature, fixDescription, skillId ?? null]);
}

/**
 * Two copies of one fix as one: of every host its later word, the other errors of both. Commutative, associative and
 * idempotent, so that it does not matter who heard of whom when. Both must be the same fix (`identityOf`).
 */
export function mergeSharedFixes(a: SharedFix, b: SharedFix): SharedFix {
  return sharedFix({
    ...a,
    sample: betterSample(a.sample, b.sample),
    alsoFor: [...a.alsoFor, ...b.alsoFor],
    parts: [...a.parts, ...b.parts],
  });
}

/** The fix in the one form it has: members, hosts and errors in order, each once, no more than may be. */
export function sharedFix(fix: Omit<SharedFix, 'v'>): SharedFix {
  const parts = new Map<string, SharedPart>();
  for (const part of fix.parts) parts.set(part.hostId, laterPart(ordered(part), parts.get(part.hostId)));
  const errors = new Map<string, string>();
  for (const { errorSignature, sample } of fix.alsoFor)
    errors.set(errorSignature, betterSample(sample, errors.get(errorSignature) ?? ''));
  return {
    v: SHARED_FIX_VERSION,
    signatureVersion: fix.signatureVersion,
    errorSignature: fix.errorSignature,
    fixDescription: fix.fixDescription,
    ...(fix.skillId === undefined ? {} : { skillId: fix.skillId }),
    sample: fix.sample,
    alsoFor: [...errors]
      .map(([errorSignature, sample]) => ({ errorSignature, sample }))
      .sort((a, b) => compareTexts(a.errorSignature, b.errorSignature))
      .slice(0, MAX_OTHER_ERRORS),
    parts: [...parts.values()].sort((a, b) => compareTexts(a.hostId, b.hostId)).slice(0, MAX_FIX_HOSTS),
  };
}

/** The fix without what one host says about it, and with `part` in its place when given. */
export function withPart(fix: SharedFix, hostId: string, part: SharedPart | null): SharedFix {
  const others = fix.parts.filter((one) => one.hostId !== hostId);
  return sharedFix({ ...fix, parts: part === null ? others : [...others, part] });
}

export function partOf(fix: SharedFix, hostId: string): SharedPart | undefined {
  return fix.parts.find((part) => part.hostId === hostId);
}

/** Whether two words of one host say the same, whenever they were said. */
export function saysTheSame(a: SharedPart, b: SharedPart): boolean {
  return partText({ ...a, updatedAt: 0 }) === partText({ ...b, updatedAt: 0 });
}

/** Whether anybody but `hostId` still holds the fix. */
export function isHeldElsewhere(fix: SharedFix, hostId: string): boolean {
  return fix.parts.some((part) => part.hostId !== hostId && holds(part));
}

/** Who recorded a fix, or was helped by it, holds it; who only says that it did not help does not keep it alive. */
export function holds({ withdrawn, recordedAt, successCount }: SharedPart): boolean {
  return withdrawn !== true && (recordedAt !== null || successCount > 0);
}

/** What all hosts but `hostId` counted; `hosts` are those that have a say in it. */
export function countsElsewhere(fix: SharedFix, hostId: string) {
  const counts = { hosts: 0, successCount: 0, failureCount: 0 };
  for (const part of fix.parts) {
    if (part.hostId === hostId || part.withdrawn === true) continue;
    counts.hosts += 1;
    counts.successCount += part.successCount;
    counts.failureCount += part.failureCount;
  }
  return counts;
}

/** The host that recorded it first, also when it took it back since; null when only others' experience is left. */
export function recorderOf(fix: SharedFix): (SharedPart & { readonly recordedAt: number }) | null {
  let first: (SharedPart & { readonly recordedAt: number }) | null = null;
  for (const { recordedAt, ...part } of fix.parts) {
    if (recordedAt !== null && (first === null || recordedAt < first.recordedAt))
      first = { ...part, recordedAt };
  }
  return first;
}

/** Null for what is too large to be kept. */
export function encodeSharedFix(fix: SharedFix): string | null {
  const text = JSON.stringify(fix);
  // No character takes more than three bytes in UTF-8 for each of its units: only long ones are counted exactly.
  return text.length * 3 <= MAX_SHARED_FIX_BYTES || utf8Length(text) <= MAX_SHARED_FIX_BYTES ? text : null;
}

export type SharedFixRead =
  | { readonly kind: 'fix'; readonly fix: SharedFix; readonly dropped: number }
  /** Of a later version of the program: not to be written over. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'unreadable' };

/** Reads what somebody put into the bucket. What one host says wrongly is left out and counted in `dropped`. */
export function readSharedFix(text: string): SharedFixRead {
  if (text.length > MAX_SHARED_FIX_BYTES) return { kind: 'unreadable' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'unreadable' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'unreadable' };
  const said = value as { readonly v?: unknown; readonly parts?: unknown };
  if (typeof said.v === 'number' && said.v > SHARED_FIX_VERSION) return { kind: 'newer' };
  if (!Array.isArray(said.parts)) return { kind: 'unreadable' };
  const parts = said.parts.flatMap((part: unknown) => sharedPartSchema.safeParse(part).data ?? []);
  const read = sharedFixSchema.safeParse({ ...said, parts });
  if (!read.success) return { kind: 'unreadable' };
  // A copy of the text as it is known elsewhere: trimming would make it another fix.
  if (read.data.fixDescription !== (value as { fixDescription: unknown }).fixDescription)
    return { kind: 'unreadable' };
  return { kind: 'fix', fix: sharedFix(read.data), dropped: said.parts.length - parts.length };
}

function laterPart(a: SharedPart, b: SharedPart | undefined): SharedPart {
  if (b === undefined || a.updatedAt > b.updatedAt) return a;
  if (a.updatedAt < b.updatedAt) return b;
  // The same host at the same time: which one it is does not matter, only that everybody takes the same.
  return compareTexts(partText(a), partText(b)) >= 0 ? a : b;
}

function ordered(part: SharedPart): SharedPart {
  const { hostId, name, successCount, failureCount, recordedAt, updatedAt, safeAction, withdrawn } = part;
  return {
    ...{ hostId, name, successCount, failureCount, recordedAt, updatedAt },
    ...(safeAction === undefined ? {} : { safeAction }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
  };
}

function partText(part: SharedPart): string {
  return JSON.stringify(ordered(part));
}

/** The shorter text, but a text rather than none; of two as long, the same one whoever asks. */
function betterSample(a: string, b: string): string {
  if (a === '' || b === '') return a === '' ? b : a;
  return (a.length - b.length || compareTexts(a, b)) <= 0 ? a : b;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
