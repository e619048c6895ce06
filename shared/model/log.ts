import { z } from 'zod';
import { epochMsSchema, skillIdSchema } from './primitives.ts';

export const logStreamSchema = z.enum(['stderr', 'stdout', 'host']);
export type LogStream = z.infer<typeof logStreamSchema>;
export const logLevelSchema = z.enum(['debug', 'info', 'warning', 'error']);
export type LogLevel = z.infer<typeof logLevelSchema>;

/** One line a skill wrote (stderr, or stdout that was not JSON-RPC), or the host wrote about it. Secrets are masked. */
export const logLineSchema = z.object({
  /** Rises by one per line of a skill, across restarts of the host. */
  id: z.number().int().nonnegative(),
  at: epochMsSchema,
  skillId: skillIdSchema,
  stream: logStreamSchema,
  level: logLevelSchema,
  text: z.string(),
});
export type LogLine = z.infer<typeof logLineSchema>;
