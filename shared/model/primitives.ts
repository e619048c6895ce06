import { z } from 'zod';

/** Epoch milliseconds, UTC: how every point in time travels on the wire. */
export const epochMsSchema = z.number().int().nonnegative();
/** A duration in milliseconds, 0 and up. Fractions are allowed, a measured latency has them. */
export const durationMsSchema = z.number().nonnegative();
/** A number of things or bytes. */
export const countSchema = z.number().int().nonnegative();
/** An interval or timeout a person sets, in seconds: 1 s to 30 days. */
export const settableSecsSchema = z.number().min(1).max(2_592_000);
/** A skill's id as its manifest gives it. The only name of a skill that crosses a boundary. */
export const skillIdSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9_-]+$/, 'lowercase letters, digits, - and _ only');
/** Free text a person typed: trimmed, not empty. */
export const personTextSchema = z.string().trim().min(1).max(4000);
