import { z } from 'zod';
import { epochMsSchema, skillIdSchema } from './primitives.ts';

/** An error signature, what fixed it, how often that worked. `skillId` absent: applies to any skill. */
export const fixPatternSchema = z.object({
  id: z.number().int().positive(),
  errorSignature: z.string(),
  fixDescription: z.string(),
  skillId: skillIdSchema.optional(),
  successCount: z.number().int().nonnegative(),
  failureCount: z.number().int().nonnegative(),
  createdAt: epochMsSchema,
  updatedAt: epochMsSchema,
  lastUsedAt: epochMsSchema.nullable(),
  /** The redacted text it was recorded from, so that signatures can be made anew by a later version. */
  sample: z.string(),
  signatureVersion: z.number().int().positive(),
});
export type FixPattern = z.infer<typeof fixPatternSchema>;

/** How a suggestion came about: same signature in this skill, in any skill, same root cause, a phrase inside, or alike. */
export const matchTierSchema = z.enum(['exact-here', 'exact', 'root-cause', 'phrase', 'similar']);
export type MatchTier = z.infer<typeof matchTierSchema>;
export const fixMatchSchema = z.object({
  pattern: fixPatternSchema,
  tier: matchTierSchema,
  /** 0 to 1. Comparable only inside a tier. */
  score: z.number().min(0).max(1),
  /** One sentence a person can read. */
  why: z.string(),
});
export type FixMatch = z.infer<typeof fixMatchSchema>;
