import { z } from 'zod';
import { actionSchema, incidentSchema, noticeSchema } from '../model/action.ts';
import { adviceDoneSchema } from '../model/advice.ts';
import { appConfigSchema } from '../model/config.ts';
import { fixPatternSchema, fixProposalSchema, fixTrialSchema } from '../model/fix.ts';
import { fleetHostSchema, fleetLinkSchema, hostIdSchema } from '../model/fleet.ts';
import { healthCheckOutcomeSchema, skillHealthRecordSchema } from '../model/health.ts';
import { logLineSchema } from '../model/log.ts';
import { durationMsSchema, epochMsSchema, skillIdSchema } from '../model/primitives.ts';
import { hostNoticeSchema } from '../model/runtime.ts';
import { scheduledTaskSchema } from '../model/schedule.ts';
import { skillSchema } from '../model/skill.ts';

/** Every event a host publishes. State travels as whole slices, so applying one twice does no harm. */
export const events = {
  /** `skill` is null when the skill is gone from the catalog. */
  'skill.changed': z.object({ skillId: skillIdSchema, skill: skillSchema.nullable() }),
  'health.checked': z.object({
    skillId: skillIdSchema,
    at: epochMsSchema,
    outcome: healthCheckOutcomeSchema,
    latencyMs: durationMsSchema.nullable(),
    record: skillHealthRecordSchema,
  }),
  'action.taken': z.object({ action: actionSchema }),
  'incident.changed': z.object({ incident: incidentSchema }),
  /** `task` is null when the task was deleted. */
  'task.changed': z.object({ taskId: z.string(), task: scheduledTaskSchema.nullable() }),
  'log.appended': z.object({ skillId: skillIdSchema, lines: z.array(logLineSchema) }),
  notification: z.object({ notice: noticeSchema }),
  'config.changed': z.object({ config: appConfigSchema }),
  /** `pattern` is null when the fix was deleted. */
  'fix.changed': z.object({ fixId: z.number().int().positive(), pattern: fixPatternSchema.nullable() }),
  'fix.trial': z.object({ trial: fixTrialSchema }),
  'fix.proposal': z.object({ proposal: fixProposalSchema }),
  /** More of an answer; `offset` counts the characters that came before it. */
  'advice.chunk': z.object({
    adviceId: z.string(),
    offset: z.number().int().nonnegative(),
    text: z.string(),
  }),
  'advice.done': adviceDoneSchema,
  /** What a job on a skill's environment prints; the last one has `end`. `offset` counts the characters before it. */
  'environment.output': z.object({
    jobId: z.string(),
    skillId: skillIdSchema,
    offset: z.number().int().nonnegative(),
    text: z.string(),
    end: z.enum(['done', 'failed', 'cancelled']).optional(),
    /** For `failed`: what went wrong, in one sentence with what to do. */
    problem: z.string().optional(),
  }),
  /** Hosts that are new or changed as a whole; `gone` were taken off the list. At most twice a second. */
  'fleet.changed': z.object({
    link: fleetLinkSchema,
    hosts: z.array(fleetHostSchema),
    gone: z.array(hostIdSchema),
  }),
  /**
   * An event of a host somebody follows, as that host numbered it for its fleet. Read and checked on arrival. A number seen
   * before is passed for somebody else: leave it out. An empty `boot` means that events are gone for good: follow again.
   */
  'fleet.event': z.object({
    hostId: hostIdSchema,
    boot: z.string(),
    seq: z.number().int().positive(),
    event: z.string(),
    payload: z.unknown(),
  }),
  'host.notice': z.object({ notice: hostNoticeSchema }),
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof events;
export type EventPayload<Name extends EventName> = z.output<(typeof events)[Name]>;
/** One event, tagged by name: what a subscriber switches over. */
export type HostEvent = {
  [Name in EventName]: { readonly event: Name; readonly payload: EventPayload<Name> };
}[EventName];
export type SequencedEvent = HostEvent & { readonly v: 1; readonly seq: number };

export function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name);
}
