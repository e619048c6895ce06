import { z } from 'zod';
import { actionKindSchema } from './action.ts';
import { durationMsSchema, epochMsSchema, skillIdSchema } from './primitives.ts';

/** Checks of one stretch of time. A stretch without checks is an absent bucket, never a bucket of zeros. */
export const historyBucketSchema = z.object({
  from: epochMsSchema,
  to: epochMsSchema,
  healthy: z.number().int().nonnegative(),
  degraded: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  unreachable: z.number().int().nonnegative(),
  minMs: durationMsSchema.nullable(),
  maxMs: durationMsSchema.nullable(),
  p50Ms: durationMsSchema.nullable(),
  p95Ms: durationMsSchema.nullable(),
});
export type HistoryBucket = z.infer<typeof historyBucketSchema>;

/** Something to mark on the time axis. */
export const historyMarkSchema = z.object({ at: epochMsSchema, kind: actionKindSchema, reason: z.string() });
export type HistoryMark = z.infer<typeof historyMarkSchema>;

/** One cell of a heartbeat bar; `index` counts from the start of the range. A cell without checks is absent. */
export const heartbeatCellSchema = z.object({
  index: z.number().int().nonnegative(),
  healthy: z.number().int().nonnegative(),
  degraded: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  unreachable: z.number().int().nonnegative(),
  quarantined: z.boolean(),
});
export type HeartbeatCell = z.infer<typeof heartbeatCellSchema>;
export const heartbeatSchema = z.object({
  skillId: skillIdSchema,
  cells: z.array(heartbeatCellSchema),
  checks: z.number().int().nonnegative(),
  /** Share of checks that were healthy or degraded, 0 to 1; null without checks. */
  healthyShare: z.number().min(0).max(1).nullable(),
  p50Ms: durationMsSchema.nullable(),
  p95Ms: durationMsSchema.nullable(),
});
export type Heartbeat = z.infer<typeof heartbeatSchema>;
