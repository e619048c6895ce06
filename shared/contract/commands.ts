// Over 300 lines on purpose: the contract is one value, so that nothing can be in it twice or beside it.
import { z } from 'zod';
import { actionKindSchema, actionOriginSchema, actionSchema, noticeSchema } from '../model/action.ts';
import { adviceMessageSchema, adviceOriginSchema } from '../model/advice.ts';
import { appConfigPatchSchema, appConfigSchema } from '../model/config.ts';
import {
  fixHistoryEntrySchema,
  fixMatchSchema,
  fixPatternSchema,
  fixProposalSchema,
  fixTrialSchema,
  safeActionSchema,
} from '../model/fix.ts';
import { exchangePatternSchema, fixExchangeSchema, importCountsSchema } from '../model/fix-exchange.ts';
import {
  checkSchema,
  healthCheckOutcomeSchema,
  outcomeKindSchema,
  skillHealthRecordSchema,
} from '../model/health.ts';
import { heartbeatSchema, historyBucketSchema, historyMarkSchema } from '../model/history.ts';
import { durationMsSchema, epochMsSchema, personTextSchema, skillIdSchema } from '../model/primitives.ts';
import { hostEnvironmentSchema, runtimeStatusSchema } from '../model/runtime.ts';
import { scheduledTaskSchema, scheduleSchema, taskIdSchema, taskRunSchema } from '../model/schedule.ts';
import { settingChangeSchema, settingsFileSchema } from '../model/settings-file.ts';
import { brokenSchema, skillSchema } from '../model/skill.ts';
import { fleetCommands } from './fleet-commands.ts';
import { incidentCommands } from './incident-commands.ts';
import { logCommands } from './log-commands.ts';
import { packageCommands } from './package-commands.ts';
import { snapshotSchema } from './snapshot.ts';

const nothing = z.strictObject({});
const bySkill = z.strictObject({ skillId: skillIdSchema });
const theSkill = z.object({ skill: skillSchema });
const page = { before: epochMsSchema.optional(), limit: z.number().int().min(1).max(1000).optional() };
const fixIdSchema = z.number().int().positive();
/** The longest error text a person or skill can hand in, in characters. */
const errorTextSchema = z.string().min(1).max(65_536);
const invocationSchema = z.strictObject({
  skillId: skillIdSchema,
  method: z.string().min(1).max(200),
  params: z.record(z.string(), z.unknown()).optional(),
});
/** What a fix carries out when it is applied; `none` is how a person takes the action away. */
const chosenActionSchema = z.enum(['none', ...safeActionSchema.options]);
const adviceSubject = { skillId: skillIdSchema, error: errorTextSchema };

/**
 * Every command of the host: the payload it takes and the answer it gives.
 * Names, types, dispatch, the preload API and the CLI are derived from this value and from nothing else.
 */
export const commands = {
  'host.ping': { payload: nothing, answer: z.object({ pong: z.literal(true) }) },
  'host.version': {
    payload: nothing,
    answer: z.object({
      name: z.literal('skillward'),
      version: z.string(),
      contractVersion: z.number(),
      hostKind: z.enum(['desktop', 'headless']),
      node: z.string(),
      platform: z.string(),
    }),
  },
  'runtime.status': { payload: nothing, answer: runtimeStatusSchema },
  'state.snapshot': { payload: nothing, answer: snapshotSchema },

  'skills.reload': {
    payload: nothing,
    answer: z.object({
      added: z.array(z.string()),
      changed: z.array(z.string()),
      removed: z.array(z.string()),
      broken: z.array(z.object({ id: z.string(), broken: brokenSchema })),
    }),
  },
  'skill.list': { payload: nothing, answer: z.object({ skills: z.array(skillSchema) }) },
  'skill.start': { payload: bySkill, answer: theSkill },
  'skill.stop': { payload: bySkill, answer: theSkill },
  'skill.restart': { payload: bySkill, answer: theSkill },
  'skill.disable': { payload: bySkill, answer: theSkill },
  'skill.activate': { payload: bySkill, answer: theSkill },
  'skill.quarantine': {
    payload: z.strictObject({ skillId: skillIdSchema, reason: personTextSchema }),
    answer: theSkill,
  },
  'skill.release': {
    payload: z.strictObject({ skillId: skillIdSchema, mode: z.enum(['trial', 'force']).optional() }),
    answer: theSkill,
  },
  'skill.invoke': {
    payload: z.strictObject({
      skillId: skillIdSchema,
      method: z.string().min(1).max(200),
      params: z.record(z.string(), z.unknown()).optional(),
      timeoutMs: z.number().int().min(1).max(3_600_000).optional(),
    }),
    answer: z.object({ result: z.unknown() }),
  },

  'skill.health.check': {
    payload: z.strictObject({ skillId: skillIdSchema.optional(), all: z.literal(true).optional() }),
    answer: z.object({
      checked: z.number().int().nonnegative(),
      skills: z.array(
        z.object({
          skillId: skillIdSchema,
          outcome: healthCheckOutcomeSchema.optional(),
          latencyMs: durationMsSchema.nullable().optional(),
          record: skillHealthRecordSchema,
        }),
      ),
    }),
  },
  'skill.health.status': {
    payload: nothing,
    answer: z.object({ total: z.number().int().nonnegative(), skills: z.array(skillHealthRecordSchema) }),
  },

  'history.query': {
    payload: z.strictObject({
      skillId: skillIdSchema,
      from: epochMsSchema,
      to: epochMsSchema,
      points: z.number().int().min(1).max(360).optional(),
    }),
    answer: z.object({ buckets: z.array(historyBucketSchema), marks: z.array(historyMarkSchema) }),
  },
  'history.checks': {
    payload: z.strictObject({ skillId: skillIdSchema, outcome: outcomeKindSchema.optional(), ...page }),
    answer: z.object({ checks: z.array(checkSchema) }),
  },
  'history.heartbeats': {
    payload: z.strictObject({
      from: epochMsSchema,
      to: epochMsSchema,
      cells: z.number().int().min(1).max(120).optional(),
      skillId: skillIdSchema.optional(),
    }),
    answer: z.object({ heartbeats: z.array(heartbeatSchema) }),
  },

  'action.list': {
    payload: z.strictObject({
      skillId: skillIdSchema.optional(),
      origin: actionOriginSchema.optional(),
      kinds: z.array(actionKindSchema).min(1).max(30).optional(),
      ...page,
    }),
    answer: z.object({ actions: z.array(actionSchema) }),
  },
  ...incidentCommands,
  ...logCommands,

  'fix.record': {
    payload: z
      .strictObject({
        error: errorTextSchema.optional(),
        errorSignature: errorTextSchema.optional(),
        fixDescription: personTextSchema,
        skillId: skillIdSchema.optional(),
        incidentId: z.number().int().positive().optional(),
        /** The proposal this answers. */
        proposalId: fixIdSchema.optional(),
        safeAction: chosenActionSchema.optional(),
        autoApply: z.boolean().optional(),
      })
      .refine((fix) => (fix.error === undefined) !== (fix.errorSignature === undefined), {
        message: 'give either error or errorSignature',
      }),
    answer: z.object({ pattern: fixPatternSchema }),
  },
  'fix.match': {
    payload: z.strictObject({
      error: errorTextSchema,
      skillId: skillIdSchema.optional(),
      limit: z.number().int().min(1).max(50).optional(),
    }),
    answer: z.object({
      signature: z.string(),
      matches: z.array(fixMatchSchema),
      /** Failed checks on record with this very signature. */
      pastErrors: z.number().int().nonnegative(),
    }),
  },
  'fix.list': { payload: nothing, answer: z.object({ patterns: z.array(fixPatternSchema) }) },
  'fix.feedback': {
    payload: z.strictObject({ fixId: fixIdSchema, worked: z.boolean(), skillId: skillIdSchema.optional() }),
    answer: z.object({ pattern: fixPatternSchema }),
  },
  'fix.update': {
    payload: z.strictObject({
      fixId: fixIdSchema,
      fixDescription: personTextSchema,
      skillId: skillIdSchema.nullable().optional(),
      safeAction: chosenActionSchema.optional(),
      autoApply: z.boolean().optional(),
    }),
    answer: z.object({ pattern: fixPatternSchema }),
  },
  'fix.delete': {
    payload: z.strictObject({ fixId: fixIdSchema }),
    answer: z.object({ deleted: z.literal(true), pattern: fixPatternSchema }),
  },
  /** Puts one fix into another: the counts add up, the other's words and signature stay, both signatures lead to it. */
  'fix.merge': {
    payload: z.strictObject({ fixId: fixIdSchema, intoFixId: fixIdSchema }),
    answer: z.object({ pattern: fixPatternSchema }),
  },
  /** What became of a fix: recorded, edited, merged, tried, judged; newest first. */
  'fix.history': {
    payload: z.strictObject({ fixId: fixIdSchema, limit: z.number().int().min(1).max(200).optional() }),
    answer: z.object({ entries: z.array(fixHistoryEntrySchema) }),
  },
  'fix.apply': {
    payload: z.strictObject({
      fixId: fixIdSchema,
      skillId: skillIdSchema,
      incidentId: z.number().int().positive().optional(),
    }),
    answer: z.object({ trial: fixTrialSchema, pattern: fixPatternSchema }),
  },
  'fix.trials': {
    payload: z.strictObject({
      skillId: skillIdSchema.optional(),
      fixId: fixIdSchema.optional(),
      limit: z.number().int().min(1).max(200).optional(),
    }),
    answer: z.object({ trials: z.array(fixTrialSchema) }),
  },
  'fix.proposals': { payload: nothing, answer: z.object({ proposals: z.array(fixProposalSchema) }) },
  'fix.proposals.dismiss': {
    payload: z.strictObject({ proposalId: fixIdSchema }),
    answer: z.object({ proposal: fixProposalSchema }),
  },
  'fix.export': { payload: nothing, answer: fixExchangeSchema },
  'fix.import': {
    payload: z.strictObject({
      patterns: z.array(exchangePatternSchema).max(1000),
      mode: z.enum(['preview', 'merge']),
    }),
    answer: importCountsSchema,
  },
  'fix.advice.preview': {
    payload: z.strictObject(adviceSubject),
    answer: z.object({
      origin: adviceOriginSchema,
      /** Everything that will be sent, word for word. */
      messages: z.array(adviceMessageSchema),
      /** Names this very text: the first request must give it back, with `consent`. */
      digest: z.string(),
      consented: z.boolean(),
    }),
  },
  'fix.advice.request': {
    payload: z.strictObject({
      ...adviceSubject,
      digest: z.string().max(200).optional(),
      consent: z.literal(true).optional(),
    }),
    answer: z.object({ adviceId: z.string(), origin: adviceOriginSchema }),
  },
  'fix.advice.cancel': {
    payload: z.strictObject({ adviceId: z.string().min(1).max(100) }),
    answer: z.object({ cancelled: z.boolean() }),
  },
  /** Write-only: kept in the keychain of the operating system, where the host has one. */
  'fix.advice.key': {
    payload: z.strictObject({ key: z.string().trim().min(1).max(4000).nullable() }),
    answer: z.object({ stored: z.boolean() }),
  },

  'scheduler.list': { payload: nothing, answer: z.object({ tasks: z.array(scheduledTaskSchema) }) },
  'scheduler.create': {
    payload: z.strictObject({
      id: taskIdSchema,
      name: z.string().min(1).max(200),
      schedule: scheduleSchema,
      invoke: invocationSchema,
    }),
    answer: z.object({ task: scheduledTaskSchema }),
  },
  'scheduler.update': {
    payload: z.strictObject({
      taskId: taskIdSchema,
      name: z.string().min(1).max(200).optional(),
      schedule: scheduleSchema.optional(),
      /** Only of a person's own tasks; what is not given of it is taken away. */
      invoke: invocationSchema.optional(),
      enabled: z.boolean().optional(),
    }),
    answer: z.object({ task: scheduledTaskSchema }),
  },
  /** When a schedule would run next, epoch ms. A schedule that never runs gives none; one that is none is refused. */
  'scheduler.preview': {
    payload: z.strictObject({
      schedule: scheduleSchema,
      count: z.number().int().min(1).max(50).optional(),
    }),
    answer: z.object({ runs: z.array(epochMsSchema) }),
  },
  'scheduler.delete': {
    payload: z.strictObject({ taskId: taskIdSchema }),
    answer: z.object({ deleted: z.literal(true) }),
  },
  'scheduler.trigger_now': {
    payload: z.strictObject({ taskId: taskIdSchema }),
    answer: z.object({ run: taskRunSchema }),
  },
  'scheduler.history': {
    payload: z.strictObject({ taskId: taskIdSchema.optional(), ...page }),
    answer: z.object({ runs: z.array(taskRunSchema) }),
  },

  'config.get': { payload: nothing, answer: z.object({ config: appConfigSchema }) },
  'config.patch': { payload: appConfigPatchSchema, answer: z.object({ config: appConfigSchema }) },

  /** The settings as a file to keep or take elsewhere. Never holds a credential. */
  'config.export': { payload: nothing, answer: settingsFileSchema },
  /** `preview` says what would change and changes nothing; `apply` does it, as one change. */
  'config.import': {
    payload: z.strictObject({ file: z.unknown(), mode: z.enum(['preview', 'apply']) }),
    answer: z.object({ changes: z.array(settingChangeSchema), config: appConfigSchema }),
  },
  /** What this machine offers to skills: for the first start, and for `doctor`. */
  'host.environment': { payload: nothing, answer: hostEnvironmentSchema },
  /** Tells a person something for a try, the way everything is told. */
  'notification.test': { payload: nothing, answer: z.object({ notice: noticeSchema }) },

  ...packageCommands,
  ...fleetCommands,

  'events.subscribe': {
    payload: z.strictObject({ since: z.number().int().nonnegative().optional() }),
    answer: z.object({
      seq: z.number().int().nonnegative(),
      /** False when events after `since` are no longer kept: take a new snapshot. */
      complete: z.boolean(),
    }),
  },
} as const satisfies Record<string, { payload: z.ZodType; answer: z.ZodType }>;

export type CommandName = keyof typeof commands;
export type CommandPayload<Name extends CommandName> = z.input<(typeof commands)[Name]['payload']>;
/** The payload after its schema has read it: what a handler gets. */
export type ParsedPayload<Name extends CommandName> = z.output<(typeof commands)[Name]['payload']>;
export type CommandAnswer<Name extends CommandName> = z.output<(typeof commands)[Name]['answer']>;

export const commandNames = Object.keys(commands) as readonly CommandName[];

/** Own-property lookup only: a command named `__proto__` or `constructor` is unknown, not inherited. */
export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
