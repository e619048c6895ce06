import { z } from 'zod';
import { logLevelSchema, logLineSchema, logStreamSchema } from '../model/log.ts';
import { epochMsSchema, skillIdSchema } from '../model/primitives.ts';

const filter = {
  skillId: skillIdSchema.optional(),
  /** Several skills, merged by time; with neither this nor `skillId`: all of them. */
  skillIds: z.array(skillIdSchema).min(1).max(100).optional(),
  stream: logStreamSchema.optional(),
  /** This level and worse. */
  level: logLevelSchema.optional(),
  query: z.string().max(500).optional(),
  regex: z.boolean().optional(),
  before: epochMsSchema.optional(),
  after: epochMsSchema.optional(),
};

export const logCommands = {
  'logs.read': {
    payload: z.strictObject({
      ...filter,
      /** Which end of the stretch is read when it holds more than `limit` lines; the newest unless said otherwise. */
      from: z.enum(['newest', 'oldest']).optional(),
      /**
       * A place between lines, as `older` or `newer` of an earlier answer said it: the lines before it are read, or with
       * `from: "oldest"` the lines after it. Goes with the same skills as there.
       */
      cursor: z.string().max(100_000).optional(),
      limit: z.number().int().min(1).max(5000),
    }),
    answer: z.object({
      /** Oldest first. */
      lines: z.array(logLineSchema),
      droppedBytes: z.number().int().nonnegative(),
      /** Leads to the lines before these; null when there are none. */
      older: z.string().nullable(),
      /** Leads to the lines after these, also to those that are yet to be written. */
      newer: z.string(),
      /** Nothing newer was there when this was read. */
      atEnd: z.boolean(),
      /** How far back this answer has looked, epoch ms; null: to the beginning. */
      searchedTo: epochMsSchema.nullable(),
    }),
  },
  /** The same lines as a text to save, newest `limit` of them, secrets masked. */
  'logs.export': {
    payload: z.strictObject({
      ...filter,
      format: z.enum(['text', 'jsonl']).optional(),
      limit: z.number().int().min(1).max(50_000).optional(),
    }),
    answer: z.object({
      fileName: z.string(),
      text: z.string(),
      lines: z.number().int().nonnegative(),
      /** There are more, or more has not been looked at. */
      truncated: z.boolean(),
    }),
  },
} as const satisfies Record<string, { payload: z.ZodType; answer: z.ZodType }>;
