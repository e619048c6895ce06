import { z } from 'zod';
import { actionSchema, incidentSchema, incidentStateSchema, similarIncidentSchema } from '../model/action.ts';
import { checkSchema } from '../model/health.ts';
import { logLineSchema } from '../model/log.ts';
import { epochMsSchema, personTextSchema, skillIdSchema } from '../model/primitives.ts';

const incidentIdSchema = z.number().int().positive();
const theIncident = z.object({ incident: incidentSchema });

/** Incidents: listing them, and what people say about them. */
export const incidentCommands = {
  'incident.list': {
    payload: z.strictObject({
      skillId: skillIdSchema.optional(),
      states: z.array(incidentStateSchema).min(1).max(3).optional(),
      signature: z.string().max(65_536).optional(),
      /** Incidents that began before then. */
      before: epochMsSchema.optional(),
      limit: z.number().int().min(1).max(1000).optional(),
    }),
    answer: z.object({ incidents: z.array(incidentSchema) }),
  },
  /** One incident with what happened around it: checks and actions from a little before its start to its end. */
  'incident.get': {
    payload: z.strictObject({ incidentId: incidentIdSchema }),
    answer: z.object({
      incident: incidentSchema,
      checks: z.array(checkSchema),
      actions: z.array(actionSchema),
      logs: z.array(logLineSchema),
      similar: z.array(similarIncidentSchema),
    }),
  },
  /** Someone looks after it; with `until`, for so long. `note` replaces the one before. */
  'incident.ack': {
    payload: z.strictObject({
      incidentId: incidentIdSchema,
      note: personTextSchema.optional(),
      until: epochMsSchema.optional(),
    }),
    answer: theIncident,
  },
  /** No notice about it before `until`; `recovery`: before it ends; null lifts the mute. */
  'incident.mute': {
    payload: z.strictObject({
      incidentId: incidentIdSchema,
      until: z.union([epochMsSchema, z.literal('recovery'), z.null()]),
    }),
    answer: theIncident,
  },
  /** A person says it is over. The next failure with its signature opens a new one, marked as a regression. */
  'incident.resolve': {
    payload: z.strictObject({
      incidentId: incidentIdSchema,
      note: personTextSchema.optional(),
      fixId: z.number().int().positive().optional(),
    }),
    answer: theIncident,
  },
  /** Takes back an acknowledgement, or a person's own resolution as long as no newer incident took its place. */
  'incident.reopen': {
    payload: z.strictObject({ incidentId: incidentIdSchema }),
    answer: theIncident,
  },
} as const satisfies Record<string, { payload: z.ZodType; answer: z.ZodType }>;
