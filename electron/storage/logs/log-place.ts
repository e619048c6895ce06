import { z } from 'zod';
import { LogQueryError } from './log-query.ts';

/** Where a reader stands in the log of one skill: between the lines below `id` and those from it on. */
export interface SkillPlace {
  readonly id: number;
  /** No line below is newer than this, epoch ms; Infinity when unknown. Saves reading what cannot be next. */
  readonly at: number;
}

/** Where a reader stands in the merged logs. A skill that is not in it had no lines yet. */
export type LogPlace = ReadonlyMap<string, SkillPlace>;

const placeSchema = z.strictObject({
  v: z.literal(1),
  at: z.array(z.tuple([z.string(), z.number().int().nonnegative(), z.number().nullable()])),
});

export function encodePlace(place: LogPlace): string {
  const at = [...place].map(([skillId, { id, at: time }]) => [
    skillId,
    id,
    Number.isFinite(time) ? time : null,
  ]);
  return JSON.stringify({ v: 1, at });
}

/** Throws LogQueryError `invalid_cursor` for what `encodePlace` did not write. */
export function decodePlace(cursor: string): LogPlace {
  let value: unknown;
  try {
    value = JSON.parse(cursor);
  } catch {
    value = null;
  }
  const read = placeSchema.safeParse(value);
  if (!read.success)
    throw new LogQueryError(
      'invalid_cursor',
      'This cursor is not one of an earlier answer. Read again without it.',
    );
  return new Map(
    read.data.at.map(([skillId, id, time]) => [skillId, { id, at: time ?? Number.POSITIVE_INFINITY }]),
  );
}
