import { z } from 'zod';
import { actionKindSchema } from '../../shared/model/action.ts';
import { hostIdSchema } from '../../shared/model/fleet.ts';
import { logFilterSchema } from '../components/logs/log-filter.ts';
import { rangeIdSchema } from '../state/ranges.ts';

// What an address may carry. Anything malformed is dropped, never an error: links get old and are typed by hand.
const text = z.string().max(4000).optional().catch(undefined);
const word = z.string().max(100).optional().catch(undefined);
const epochMs = z.number().int().nonnegative().optional().catch(undefined);

export const rootSearchSchema = z.object({
  range: rangeIdSchema.optional().catch(undefined),
  /** Which host of the fleet is shown; absent: the one this page belongs to. */
  host: hostIdSchema.optional().catch(undefined),
});

export const fleetSearchSchema = z.object({
  /** Which chip is on. */
  show: z.enum(['attention', 'unknown', 'well']).optional().catch(undefined),
  /** Words the name, id, version or labels must have. */
  q: word,
  /** `key=value` labels a host must have. */
  labels: z.array(z.string().max(160)).max(20).optional().catch(undefined),
});

export const overviewSearchSchema = z.object({
  /** Which chip is on: a state kind, or `attention`. */
  show: z.enum(['attention', 'bad', 'quar', 'warn', 'busy', 'ok', 'off', 'none']).optional().catch(undefined),
  /** Words the id or name must have. */
  q: word,
  /** 1: the first steps are open again. */
  welcome: z.literal(1).optional().catch(undefined),
});

export const skillSearchSchema = z.object({
  tab: word,
  /** A zoomed stretch; both or neither. */
  from: epochMs,
  to: epochMs,
  /** Which checks the Checks tab shows. */
  outcome: z.enum(['healthy', 'degraded', 'failed', 'unreachable']).optional().catch(undefined),
  /** Which lines the Logs tab shows. */
  ...logFilterSchema.shape,
});

export const incidentsSearchSchema = z.object({
  /** Which part: the audit of everything that was done; absent: the incidents. */
  tab: z.literal('actions').optional().catch(undefined),
  /** `all`: of every host of the fleet. */
  hosts: z.literal('all').optional().catch(undefined),
  /** Which chip is on. */
  show: z.enum(['open', 'acknowledged', 'muted', 'resolved']).optional().catch(undefined),
  q: word,
  /** Who acted, what was done, and to which skill: filters of the audit. */
  who: z.enum(['monitor', 'user', 'scheduler']).optional().catch(undefined),
  kind: actionKindSchema.optional().catch(undefined),
  skill: word,
});

export const addSearchSchema = z.object({
  /** Where the skill comes from: files unless it says otherwise. */
  from: z.enum(['files', 'import']).optional().catch(undefined),
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

export const logsSearchSchema = z.object({
  /** `all`: of every host of the fleet. */
  hosts: z.literal('all').optional().catch(undefined),
  /** Whose lines; absent: of every skill. */
  skills: z
    .array(z.string().regex(/^[a-z0-9_-]{1,64}$/))
    .min(1)
    .max(100)
    .optional()
    .catch(undefined),
  ...logFilterSchema.shape,
});
