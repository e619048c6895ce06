import { z } from 'zod';

/** Why no advice came, or not all of it. Told to people in words; for programs, this. */
export const adviceProblemCodeSchema = z.enum([
  'unreachable',
  'slow',
  'unauthorized',
  'rate_limited',
  'not_found',
  'server_error',
  'refused',
  'garbage',
  'too_long',
]);
export type AdviceProblemCode = z.infer<typeof adviceProblemCodeSchema>;

/** Where a suggestion comes from: shown with it, always. */
export const adviceOriginSchema = z.object({
  /** Host and port of the endpoint: `127.0.0.1:11434`. */
  endpoint: z.string(),
  model: z.string(),
});
export type AdviceOrigin = z.infer<typeof adviceOriginSchema>;

export const adviceMessageSchema = z.object({ role: z.enum(['system', 'user']), content: z.string() });
export type AdviceMessage = z.infer<typeof adviceMessageSchema>;

/** How a request for advice ended. `text` is everything that came until then. */
export const adviceDoneSchema = z.object({
  adviceId: z.string(),
  end: z.enum(['complete', 'cancelled', 'failed']),
  text: z.string(),
  problem: z.object({ code: adviceProblemCodeSchema, message: z.string() }).nullable(),
});
export type AdviceDone = z.infer<typeof adviceDoneSchema>;
