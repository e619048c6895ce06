import { z } from 'zod';
import { durationMsSchema, epochMsSchema, settableSecsSchema } from './primitives.ts';

export const weekdaySchema = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
export type Weekday = z.infer<typeof weekdaySchema>;

/** When a task runs. Hours and minutes are local time; a slot inside a clock-change gap is skipped. */
export const scheduleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('interval'), secs: settableSecsSchema }),
  z.object({
    kind: z.literal('daily'),
    hour: z.number().int().min(0).max(23),
    minute: z.number().int().min(0).max(59),
  }),
  z.object({
    kind: z.literal('weekly'),
    days: z.array(weekdaySchema).min(1).max(7),
    hour: z.number().int().min(0).max(23),
    minute: z.number().int().min(0).max(59),
  }),
  z.object({ kind: z.literal('cron'), expression: z.string().min(1).max(200) }),
]);
export type Schedule = z.infer<typeof scheduleSchema>;

export const taskIdSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9_-]+$/, 'lowercase letters, digits, - and _ only');

export const taskRunOutcomeSchema = z.enum(['success', 'error', 'skipped']);
export type TaskRunOutcome = z.infer<typeof taskRunOutcomeSchema>;
export const taskRunSchema = z.object({
  taskId: taskIdSchema,
  startedAt: epochMsSchema,
  durationMs: durationMsSchema,
  outcome: taskRunOutcomeSchema,
  /** The run took longer than `softTimeoutSecs`. Reported, never cut off. */
  softTimeout: z.boolean(),
  summary: z.string(),
  /** How long after its time it began. Absent for one a person asked for, and for a skipped one. */
  lateByMs: durationMsSchema.optional(),
});
export type TaskRun = z.infer<typeof taskRunSchema>;

export const scheduledTaskSchema = z.object({
  id: taskIdSchema,
  name: z.string().min(1).max(200),
  schedule: scheduleSchema,
  kind: z.enum(['builtin', 'user']),
  /** For user tasks: the skill and the method it is invoked with. */
  invoke: z
    .object({
      skillId: z.string(),
      method: z.string().min(1).max(200),
      params: z.record(z.string(), z.unknown()).optional(),
    })
    .nullable(),
  enabled: z.boolean(),
  lastRunAt: epochMsSchema.nullable(),
  nextRunAt: epochMsSchema.nullable(),
  failureStreak: z.number().int().nonnegative(),
  maxRetries: z.number().int().min(0).max(20),
  retryBackoffSecs: settableSecsSchema,
  maxFailureStreakBeforePause: z.number().int().min(1).max(100),
  softTimeoutSecs: settableSecsSchema,
  lastError: z.string().nullable(),
  running: z.boolean(),
});
export type ScheduledTask = z.infer<typeof scheduledTaskSchema>;
