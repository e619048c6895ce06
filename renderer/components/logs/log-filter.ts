import { z } from 'zod';
import type { CommandPayload } from '../../../shared/contract/index.ts';
import { type LogLevel, type LogStream, logLevelSchema, logStreamSchema } from '../../../shared/model/log.ts';

const HOUR_MS = 3_600_000;

/** How far back lines are shown, by the name it has in an address. */
export const logSpans = {
  '15m': { label: 'Last 15 minutes', ms: HOUR_MS / 4 },
  '1h': { label: 'Last hour', ms: HOUR_MS },
  '24h': { label: 'Last 24 hours', ms: 24 * HOUR_MS },
} as const;
export type LogSpan = keyof typeof logSpans;

/**
 * What the log view shows, as it stands in an address: short names, and only what differs from "everything". What
 * cannot be read is dropped, never an error: links get old and are typed by hand.
 */
export const logFilterSchema = z.object({
  /** Words or, with `re`, a regular expression. */
  find: z.string().max(500).optional().catch(undefined),
  re: z.literal(1).optional().catch(undefined),
  /** Lines without a find are shown too, those with one are marked. */
  mark: z.literal(1).optional().catch(undefined),
  stream: logStreamSchema.optional().catch(undefined),
  level: logLevelSchema.optional().catch(undefined),
  span: z.enum(['15m', '1h', '24h']).optional().catch(undefined),
  /** Between two moments, epoch ms, either of them alone too. */
  since: z.number().int().nonnegative().optional().catch(undefined),
  until: z.number().int().nonnegative().optional().catch(undefined),
  /** The line that is shown in its surroundings: `<epoch ms>:<skill>:<number>`. */
  line: z
    .string()
    .regex(/^\d{1,16}:[a-z0-9_-]{1,64}:\d{1,15}$/)
    .optional()
    .catch(undefined),
});
export type LogFilter = z.infer<typeof logFilterSchema>;

/** The same, without what is `undefined`. */
export interface ShownFilter {
  readonly find: string;
  readonly regex: boolean;
  readonly highlight: boolean;
  readonly stream: LogStream | null;
  readonly level: LogLevel | null;
}

export function shownFilter({ find = '', re, mark, stream, level }: LogFilter): ShownFilter {
  return { find, regex: re === 1, highlight: mark === 1, stream: stream ?? null, level: level ?? null };
}

export type LogQuery = Omit<CommandPayload<'logs.read'>, 'limit' | 'cursor' | 'from'>;

/**
 * The question to the host for a filter. `clearedAt` (epoch ms) hides what is older; `nowMs` is when a span ends, and
 * is rounded to ten seconds so that the question stays the same while one looks.
 */
export function queryOf(
  skillIds: readonly string[],
  filter: LogFilter,
  clearedAt: number | null,
  nowMs: number,
): LogQuery {
  const { find = '', re, mark, stream, level, span, since, until } = filter;
  const spanStart = span === undefined ? null : Math.floor((nowMs - logSpans[span].ms) / 10_000) * 10_000;
  const after = Math.max(clearedAt ?? -1, spanStart ?? -1, since === undefined ? -1 : since - 1);
  return {
    ...(skillIds.length === 0 ? {} : { skillIds: [...skillIds] }),
    ...(stream === undefined ? {} : { stream }),
    ...(level === undefined ? {} : { level }),
    ...(after < 0 ? {} : { after }),
    ...(until === undefined ? {} : { before: until + 1 }),
    ...(find === '' || mark === 1 ? {} : { query: find, ...(re === 1 ? { regex: true } : {}) }),
  };
}

/** Whether lines may be hidden by it. */
export function hidesLines({ find = '', mark, stream, level, span, since, until }: LogFilter): boolean {
  const bySearch = find !== '' && mark !== 1;
  return bySearch || [stream, level, span, since, until].some((part) => part !== undefined);
}

export interface LineAddress {
  readonly at: number;
  readonly key: string;
}

/** The line an address names, and the name of a line for an address. */
export function readLineAddress(line: string | undefined): LineAddress | null {
  if (line === undefined) return null;
  const cut = line.indexOf(':');
  return { at: Number(line.slice(0, cut)), key: line.slice(cut + 1) };
}
