import { z } from 'zod';
import { skillIdSchema } from './primitives.ts';

/** A credential a skill declares, and where its value comes from. The value itself never travels back. */
export const credentialStateSchema = z.object({
  skillId: skillIdSchema,
  name: z.string(),
  envVar: z.string(),
  description: z.string(),
  required: z.boolean(),
  source: z.enum(['stored', 'environment', 'default', 'missing']),
});
export type CredentialState = z.infer<typeof credentialStateSchema>;

/** The longest credential, in characters: a private key fits. */
export const MAX_CREDENTIAL_CHARS = 16_384;
