import { z } from 'zod';
import { MAX_OTHER_ERRORS, safeActionSchema } from './fix.ts';
import { exchangePatternSchema, MAX_EXCHANGE_PATTERNS } from './fix-exchange.ts';
import { hostIdSchema } from './fleet.ts';
import { epochMsSchema } from './primitives.ts';

/** Raised when an older program could not make sense of a shared fix any more. It leaves newer ones alone. */
export const SHARED_FIX_VERSION = 1;
/** Fixes of one fleet. */
export const MAX_SHARED_FIXES = MAX_EXCHANGE_PATTERNS;
/** Hosts that have something to say about one fix. */
export const MAX_FIX_HOSTS = 1000;
/** One shared fix as it is kept, bytes. */
export const MAX_SHARED_FIX_BYTES = 524_288;

/** The last point in time JavaScript knows, epoch ms. */
export const LATEST_MS = 8_640_000_000_000_000;

const told = exchangePatternSchema.shape;

/** What one host has to say about a fix. Only that host ever changes it; of two, the later one stands. */
export const sharedPartSchema = z.object({
  hostId: hostIdSchema,
  name: z.string().max(100),
  successCount: told.successCount,
  failureCount: told.failureCount,
  /** When it was recorded there, by that host's clock; null: that host only told how it went. */
  recordedAt: epochMsSchema.nullable(),
  /** Rises with every change; close to that host's clock. */
  updatedAt: epochMsSchema.max(LATEST_MS),
  /** What applying it carries out there. Information: no host acts on it unasked. */
  safeAction: safeActionSchema.optional(),
  /** The host took it back: its counts are 0 and it no longer holds the fix. */
  withdrawn: z.literal(true).optional(),
});
export type SharedPart = z.infer<typeof sharedPartSchema>;

/**
 * A fix as the hosts of a fleet know it together. Signature version, signature, description and skill say which fix it
 * is and never change; everything else can be merged with another copy in any order (`core/fleet/shared-fix.ts`).
 */
export const sharedFixSchema = z.object({
  v: z.literal(SHARED_FIX_VERSION),
  signatureVersion: told.signatureVersion,
  errorSignature: told.errorSignature,
  fixDescription: told.fixDescription,
  skillId: told.skillId,
  sample: told.sample,
  /** By signature, each once. */
  alsoFor: z.array(told.alsoFor.unwrap().element).max(MAX_OTHER_ERRORS),
  /** By host id, each once. */
  parts: z.array(sharedPartSchema).max(MAX_FIX_HOSTS),
});
export type SharedFix = z.infer<typeof sharedFixSchema>;
