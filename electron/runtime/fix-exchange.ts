import { type FixPattern, MAX_OTHER_ERRORS } from '../../shared/model/fix.ts';
import {
  type ExchangePattern,
  FIX_EXCHANGE_FORMAT,
  FIX_EXCHANGE_VERSION,
  type FixExchange,
  type ImportCounts,
} from '../../shared/model/fix-exchange.ts';
import { readError } from '../core/fixes/facts.ts';
import { otherErrors } from '../core/fixes/merge.ts';
import { normalizeError, SIGNATURE_VERSION } from '../core/fixes/normalize.ts';
import { redactSecrets } from '../core/redaction/redact.ts';

/** Everything that may leave this machine: masked once more, without ids, permissions to act and others' counts. */
export function exportFixes(patterns: readonly FixPattern[], nowMs: number): FixExchange {
  return {
    format: FIX_EXCHANGE_FORMAT,
    version: FIX_EXCHANGE_VERSION,
    exportedAt: nowMs,
    patterns: patterns.map(({ id: _id, autoApply: _a, origin: _o, elsewhere: _e, alsoFor, ...pattern }) => ({
      ...pattern,
      ...(alsoFor === undefined ? {} : { alsoFor: alsoFor.map(masked) }),
      ...masked(pattern),
      fixDescription: redactSecrets(pattern.fixDescription),
    })),
  };
}

type RecordedError = Pick<FixPattern, 'errorSignature' | 'sample'>;

function masked({ errorSignature, sample }: RecordedError): RecordedError {
  return { errorSignature: redactSecrets(errorSignature), sample: redactSecrets(sample) };
}

/** One thing an import writes: a pattern of its own, or a known one with more to its name. */
export interface ImportStep {
  readonly pattern: Omit<FixPattern, 'id'>;
  /** The known pattern it is merged into; undefined for a new one. */
  readonly into: FixPattern | undefined;
}

export interface ImportPlan {
  readonly counts: ImportCounts;
  readonly steps: readonly ImportStep[];
}

/**
 * What importing these patterns means for the known ones. The same fix (error, skill and text) is one: of its counts the
 * larger stay, so that nothing is lost and a file read twice counts once. Another fix for a known error is kept beside
 * it. Nothing of a file is trusted: texts are masked, signatures made anew, permissions are not taken over.
 */
export function planImport(
  incoming: readonly ExchangePattern[],
  known: readonly FixPattern[],
  nowMs: number,
): ImportPlan {
  const counts = { added: 0, same: 0, conflicting: 0, refused: 0 };
  const errors = new Set(known.flatMap(errorKeys));
  const fixes = new Map<string, { step: ImportStep | null; pattern: FixPattern | Omit<FixPattern, 'id'> }>(
    known.map((pattern) => [fixKey(pattern), { step: null, pattern }]),
  );
  const ids = new Map(known.map((pattern) => [fixKey(pattern), pattern]));
  for (const one of incoming) {
    const pattern = signedAnew(one, nowMs);
    if (pattern === null) {
      counts.refused += 1;
      continue;
    }
    const key = fixKey(pattern);
    const present = fixes.get(key);
    if (present !== undefined) {
      counts.same += 1;
      const into = ids.get(key);
      const merged = merge(present.pattern, pattern);
      fixes.set(key, { step: { pattern: merged, into }, pattern: merged });
      continue;
    }
    if (errors.has(errorKey(pattern))) counts.conflicting += 1;
    else counts.added += 1;
    fixes.set(key, { step: { pattern, into: undefined }, pattern });
  }
  const steps = [...fixes.values()].flatMap(({ step }) => (step === null ? [] : [step]));
  return { counts, steps };
}

/** What another host wrote as a pattern of this one. Null when nothing in it names an error to recognise it by. */
export function signedAnew(one: ExchangePattern, nowMs: number): Omit<FixPattern, 'id'> | null {
  const error = errorSignedAnew(one);
  if (error === null) return null;
  const { updatedAt, alsoFor = [], ...rest } = one;
  const others = alsoFor.flatMap((other) => errorSignedAnew(other) ?? []);
  return {
    ...rest,
    ...(others.length === 0 ? {} : { alsoFor: others }),
    ...error,
    fixDescription: redactSecrets(one.fixDescription.trim()),
    createdAt: Math.min(one.createdAt, nowMs),
    updatedAt: Math.min(updatedAt ?? one.createdAt, nowMs),
    lastUsedAt: one.lastUsedAt === null ? null : Math.min(one.lastUsedAt, nowMs),
    signatureVersion: SIGNATURE_VERSION,
  };
}

/** Null when there is nothing in it to recognise an error by. */
function errorSignedAnew(error: RecordedError): RecordedError | null {
  const sample = redactSecrets(error.sample === '' ? error.errorSignature : error.sample);
  const facts = readError(sample);
  if (!facts.empty) return { errorSignature: facts.signature, sample };
  const errorSignature = normalizeError(redactSecrets(error.errorSignature));
  return readError(errorSignature).empty ? null : { errorSignature, sample };
}

/** The known one with the larger counts and the wider times; its own action and permission stay. */
function merge<Known extends Omit<FixPattern, 'id'>>(known: Known, other: Omit<FixPattern, 'id'>): Known {
  const used = Math.max(known.lastUsedAt ?? 0, other.lastUsedAt ?? 0);
  const alsoFor = otherErrors(known, other);
  return {
    ...known,
    ...(alsoFor.length === 0 ? {} : { alsoFor: alsoFor.slice(0, MAX_OTHER_ERRORS) }),
    successCount: Math.max(known.successCount, other.successCount),
    failureCount: Math.max(known.failureCount, other.failureCount),
    createdAt: Math.min(known.createdAt, other.createdAt),
    lastUsedAt: used === 0 ? null : used,
  };
}

type Keyed = Pick<FixPattern, 'errorSignature' | 'skillId' | 'fixDescription'>;

function errorKey({ errorSignature, skillId }: Omit<Keyed, 'fixDescription'>): string {
  return `${skillId ?? ''}\n${errorSignature}`;
}

function errorKeys({ errorSignature, alsoFor = [], skillId }: FixPattern): string[] {
  const own = skillId === undefined ? {} : { skillId };
  return [{ errorSignature }, ...alsoFor].map((error) =>
    errorKey({ ...own, errorSignature: error.errorSignature }),
  );
}

function fixKey(pattern: Keyed): string {
  return `${errorKey(pattern)}\n${pattern.fixDescription}`;
}
