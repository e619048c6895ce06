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
  'acknowledgeIncident',
  'muteIncident',
  'resolveIncident',
  'reopenIncident',
  'installSkill',
  'updateSkill',
  'rollbackSkill',
  'removeSkill',
  'setCredential',
  'clearCredential',
  'createEnvironment',
  // Of the host itself, with no skill: the ends of a stretch in which nobody looked after the skills.
  'hostAsleep',
  'hostAwake',
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

/** The value of `mutedUntil` that stands for "until it ends": the last moment a date can hold. */
export const MUTED_UNTIL_RECOVERY = 8_640_000_000_000_000;

export const incidentStateSchema = z.enum(['open', 'acknowledged', 'resolved']);
export type IncidentState = z.infer<typeof incidentStateSchema>;

/** One stretch of trouble of one skill with one error signature, from first failure to recovery. */
export const incidentSchema = z.object({
  id: z.number().int().positive(),
  skillId: skillIdSchema,
  signature: z.string(),
  error: z.string(),
  state: incidentStateSchema,
  startedAt: epochMsSchema,
  lastSeenAt: epochMsSchema,
  endedAt: epochMsSchema.nullable(),
  failures: z.number().int().positive(),
  note: z.string().nullable(),
  /** No notice about it before then; null: not muted. `MUTED_UNTIL_RECOVERY` stands for the end of the trouble. */
  mutedUntil: epochMsSchema.nullable(),
  quarantined: z.boolean(),
  /** When a person took it on, and until when that counts; `until` absent: until it ends. */
  acknowledged: z.object({ at: epochMsSchema, until: epochMsSchema.optional() }).optional(),
  /** How it ended: by itself, by a person's word, or because the skill left service. Absent while it goes on. */
  ended: z
    .object({
      by: z.enum(['recovery', 'user', 'out-of-service']),
      /** The fix a person named as what ended it. */
      fixId: z.number().int().positive().optional(),
    })
    .optional(),
  /** An earlier incident of the same skill and signature that had ended within the 24 hours before this one began. */
  regressionOf: z.number().int().positive().optional(),
  /** It came back although this fix, applied within the 24 hours before, seemed to have worked. */
  regressedFixId: z.number().int().positive().optional(),
});
export type Incident = z.infer<typeof incidentSchema>;

/** An earlier incident that looks like the one at hand. `score` is 0 to 1; `why` is one sentence a person can read. */
export const similarIncidentSchema = z.object({
  incident: incidentSchema,
  score: z.number().min(0).max(1),
  why: z.string(),
});
export type SimilarIncident = z.infer<typeof similarIncidentSchema>;

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
  /** A notice with the key of one before takes that one's place on the screen instead of standing beside it. */
  key: z.string().optional(),
  incidentId: z.number().int().positive().optional(),
  /** Kept in the list without a toast or a native notification: muted, cooling down, or in quiet hours. */
  silent: z.boolean().optional(),
  /** The skills of a notice that speaks for several. */
  skillIds: z.array(skillIdSchema).optional(),
});
export type Notice = z.infer<typeof noticeSchema>;
