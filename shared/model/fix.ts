import { z } from 'zod';
import { hostIdSchema } from './fleet.ts';
import { countSchema, epochMsSchema, skillIdSchema } from './primitives.ts';

/** An action safe enough to stand in for "do it": the process is started anew, or a quarantined skill gets its trial. */
export const safeActionSchema = z.enum(['restart', 'release-trial']);
export type SafeAction = z.infer<typeof safeActionSchema>;

/** How many other errors a fix may have taken over from fixes merged into it. */
export const MAX_OTHER_ERRORS = 50;

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
  /** Other errors it is for, from fixes that were merged into it; each with the text it was recorded from. */
  alsoFor: z
    .array(z.object({ errorSignature: z.string().min(1).max(4000), sample: z.string().max(4000) }))
    .max(MAX_OTHER_ERRORS)
    .optional(),
  /** What applying the fix carries out; absent: nothing, a person does it. */
  safeAction: safeActionSchema.optional(),
  /** A person allowed the host to apply this fix by itself. Absent means no; it never travels between machines. */
  autoApply: z.boolean().optional(),
  /** The host of the fleet it was learnt on. Absent: it was recorded here. */
  origin: z.object({ hostId: hostIdSchema, name: z.string().max(100) }).optional(),
  /** What the other hosts of the fleet counted; `successCount` and `failureCount` are what was counted here. */
  elsewhere: z
    .object({ hosts: countSchema, successCount: countSchema, failureCount: countSchema })
    .optional(),
});
export type FixPattern = z.infer<typeof fixPatternSchema>;

type Counted = Pick<FixPattern, 'successCount' | 'failureCount' | 'elsewhere'>;

/** How often a fix helped and did not, on all hosts together: what it is ranked by. */
export function countsEverywhere({ successCount, failureCount, elsewhere }: Counted) {
  return {
    worked: successCount + (elsewhere?.successCount ?? 0),
    failed: failureCount + (elsewhere?.failureCount ?? 0),
  };
}

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

/**
 * One application of a fix to one skill, and what the checks made of it: `watching` until they decide, `worked` after
 * three healthy ones in a row, `failed` when the error stayed, `regressed` when it came back within 24 hours, `unclear`
 * when nothing could be told (DESIGN.md section 9).
 */
export const fixTrialSchema = z.object({
  id: z.number().int().positive(),
  fixId: z.number().int().positive(),
  skillId: skillIdSchema,
  incidentId: z.number().int().positive().nullable(),
  /** Of the error it was applied to. */
  signature: z.string(),
  origin: z.enum(['user', 'monitor']),
  appliedAt: epochMsSchema,
  state: z.enum(['watching', 'worked', 'failed', 'regressed', 'unclear']),
  /** Whether the change can be in force: before that, a failure says nothing about it. */
  inForce: z.boolean(),
  /** In a row, since it was applied. */
  healthyChecks: z.number().int().nonnegative(),
  /** With the same error, before it was in force. */
  failedChecks: z.number().int().nonnegative(),
  decidedAt: epochMsSchema.nullable(),
});
export type FixTrial = z.infer<typeof fixTrialSchema>;

/** One line of a fix's past. `detail` is what a person can read: the words before an edit, the skill it was tried on. */
export const fixHistoryEntrySchema = z.object({
  at: epochMsSchema,
  kind: z.enum(['recorded', 'edited', 'merged', 'applied', 'worked', 'failed', 'imported']),
  skillId: skillIdSchema.nullable(),
  detail: z.string(),
});
export type FixHistoryEntry = z.infer<typeof fixHistoryEntrySchema>;

/** The offer to record what a person did when a skill recovered after it. At most one per incident. */
export const fixProposalSchema = z.object({
  id: z.number().int().positive(),
  incidentId: z.number().int().positive(),
  skillId: skillIdSchema,
  error: z.string(),
  /** Suggested words for the form: `Changed skill.py and restarted`. */
  suggestion: z.string(),
  at: epochMsSchema,
  state: z.enum(['open', 'recorded', 'dismissed']),
});
export type FixProposal = z.infer<typeof fixProposalSchema>;
