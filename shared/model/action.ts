import { z } from 'zod';
import { epochMsSchema, skillIdSchema } from './primitives.ts';

export const actionKindSchema = z.enum([
  'startSkill',
  'stopSkill',
  'restartSkill',
  'quarantineSkill',
  'releaseSkill',
  'disableSkill',
  'activateSkill',
  'notifyUser',
  'recordFix',
  'applyFix',
  'changeConfig',
]);
export type ActionKind = z.infer<typeof actionKindSchema>;
export const actionOriginSchema = z.enum(['monitor', 'user', 'scheduler']);
export type ActionOrigin = z.infer<typeof actionOriginSchema>;

/** One thing the monitor decided or a person ordered, and what came of it. */
export const actionSchema = z.object({
  id: z.number().int().positive(),
  at: epochMsSchema,
  kind: actionKindSchema,
  skillId: skillIdSchema.nullable(),
  origin: actionOriginSchema,
  reason: z.string(),
  /** `done`, `failed: …`, or `superseded` when something newer made it pointless. */
  result: z.string(),
});
export type Action = z.infer<typeof actionSchema>;

/** One stretch of trouble of one skill with one error signature, from first failure to recovery. */
export const incidentSchema = z.object({
  id: z.number().int().positive(),
  skillId: skillIdSchema,
  signature: z.string(),
  error: z.string(),
  state: z.enum(['open', 'acknowledged', 'resolved']),
  startedAt: epochMsSchema,
  lastSeenAt: epochMsSchema,
  endedAt: epochMsSchema.nullable(),
  failures: z.number().int().positive(),
  note: z.string().nullable(),
  mutedUntil: epochMsSchema.nullable(),
  quarantined: z.boolean(),
  /** It came back although this fix, applied within the 24 hours before, seemed to have worked. */
  regressedFixId: z.number().int().positive().optional(),
});
export type Incident = z.infer<typeof incidentSchema>;

/** Something a person should hear about; kept for the bell list. */
export const noticeSchema = z.object({
  id: z.number().int().positive(),
  at: epochMsSchema,
  level: z.enum(['info', 'warning', 'error']),
  title: z.string(),
  body: z.string(),
  skillId: skillIdSchema.nullable(),
  /** The recovery this notice asks about: it leads to the form for recording what was done. */
  proposalId: z.number().int().positive().optional(),
});
export type Notice = z.infer<typeof noticeSchema>;
