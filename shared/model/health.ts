import { z } from 'zod';
import { durationMsSchema, epochMsSchema, skillIdSchema } from './primitives.ts';

/** What kind of failure it was. Decides what the rules make of it: a configuration error is not retried in a loop. */
export const causeKinds = [
  'exit',
  'signal',
  'killed-by-us',
  'hang',
  'handshake-timeout',
  'handshake-refused',
  'protocol',
  'stdout-closed',
  'spawn',
  'configuration',
  'memory',
  'pollution',
] as const;
export const causeKindSchema = z.enum(causeKinds);
export type CauseKind = z.infer<typeof causeKindSchema>;

/** The answer to one check. `cause` is absent where no kind of failure applies. */
export const healthCheckOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('healthy') }),
  z.object({ kind: z.literal('degraded'), detail: z.string() }),
  z.object({ kind: z.literal('failed'), error: z.string(), cause: causeKindSchema.optional() }),
  z.object({ kind: z.literal('unreachable'), reason: z.string(), cause: causeKindSchema.optional() }),
]);
export type HealthCheckOutcome = z.infer<typeof healthCheckOutcomeSchema>;
export const outcomeKindSchema = z.enum(['healthy', 'degraded', 'failed', 'unreachable']);
export type OutcomeKind = HealthCheckOutcome['kind'];

/** What the checks of a skill say, taken together. */
export const healthStatusSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unknown') }),
  z.object({ kind: z.literal('healthy') }),
  z.object({ kind: z.literal('degraded'), reason: z.string() }),
  z.object({ kind: z.literal('failing'), consecutive: z.number().int().positive() }),
  z.object({ kind: z.literal('quarantined'), reason: z.string() }),
]);
export type HealthStatus = z.infer<typeof healthStatusSchema>;

/** One line of the ledger. Success zeroes `consecutiveFailures` and clears `lastError`; the totals never fall. */
export const skillHealthRecordSchema = z.object({
  skillId: skillIdSchema,
  lastCheck: epochMsSchema.nullable(),
  consecutiveFailures: z.number().int().nonnegative(),
  totalFailures: z.number().int().nonnegative(),
  totalChecks: z.number().int().nonnegative(),
  lastError: z.string().nullable(),
  status: healthStatusSchema,
});
export type SkillHealthRecord = z.infer<typeof skillHealthRecordSchema>;

/** One stored check. `latencyMs` is null when nothing answered. */
export const checkSchema = z.object({
  at: epochMsSchema,
  outcome: healthCheckOutcomeSchema,
  latencyMs: durationMsSchema.nullable(),
  error: z.string().optional(),
  signature: z.string().optional(),
});
export type Check = z.infer<typeof checkSchema>;

/** What the health monitor decided. The caller carries it out. */
export type HealthAction =
  | {
      readonly kind: 'restartSkill';
      readonly skillId: string;
      readonly attempt: number;
      readonly reason: string;
    }
  | { readonly kind: 'quarantineSkill'; readonly skillId: string; readonly reason: string }
  | {
      readonly kind: 'notifyUser';
      readonly skillId: string;
      readonly level: 'info' | 'warning' | 'error';
      readonly topic: 'degraded' | 'failing' | 'quarantined' | 'recovered' | 'configuration';
      readonly message: string;
      /** For `recovered`: how long the trouble had lasted, ms. */
      readonly lastedMs?: number;
    };
