import { z } from 'zod';
import { rangeIdSchema } from '../state/ranges.ts';

// What an address may carry. Anything malformed is dropped, never an error: links get old and are typed by hand.
const text = z.string().max(4000).optional().catch(undefined);
const word = z.string().max(100).optional().catch(undefined);
const epochMs = z.number().int().nonnegative().optional().catch(undefined);

export const rootSearchSchema = z.object({ range: rangeIdSchema.optional().catch(undefined) });

export const overviewSearchSchema = z.object({
  /** Which chip is on: a state kind, or `attention`. */
  show: z.enum(['attention', 'bad', 'quar', 'warn', 'busy', 'ok', 'off', 'none']).optional().catch(undefined),
});

export const skillSearchSchema = z.object({
  tab: word,
  /** A zoomed stretch; both or neither. */
  from: epochMs,
  to: epochMs,
});

export const fixesSearchSchema = z.object({
  /** 1: the record form is open, prefilled from `error` and `skill`. */
  record: z.literal(1).optional().catch(undefined),
  error: text,
  skill: word,
  /** Id of the fix whose details are open. */
  fix: z.number().int().positive().optional().catch(undefined),
  /** Id of the recovery the record form answers. */
  proposal: z.number().int().positive().optional().catch(undefined),
  q: text,
});

export const settingsSearchSchema = z.object({ section: word, skill: word, q: word });
