import type { z } from 'zod';
import type { Row } from '../database.ts';

/** A stored row that is not what the schema says: somebody else wrote into the file, or it is damaged. */
export class DamagedRowError extends Error {
  override readonly name = 'DamagedRowError';
}

/** The text of a column. Throws DamagedRowError when it holds something else. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new DamagedRowError(`column ${column} holds no text`);
  return value;
}

/** The number of a column. Throws DamagedRowError when it holds something else. */
export function numberOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new DamagedRowError(`column ${column} holds no number`);
  return value;
}

/** Reads JSON written by this program with the schema it was written by. Throws DamagedRowError when it does not fit. */
export function jsonOf<Schema extends z.ZodType>(row: Row, column: string, schema: Schema): z.output<Schema> {
  return fitting(schema, parseJson(textOf(row, column), column));
}

/** `value` as `schema` reads it. Throws DamagedRowError when it does not fit. */
export function fitting<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const read = schema.safeParse(value);
  if (!read.success)
    throw new DamagedRowError(`a stored row does not fit: ${read.error.issues[0]?.message ?? ''}`);
  return read.data;
}

/** Every row that can be read; one damaged row does not take the others with it. */
export function readable<T>(rows: readonly Row[], read: (row: Row) => T): T[] {
  const result: T[] = [];
  for (const row of rows) {
    try {
      result.push(read(row));
    } catch (error) {
      if (!(error instanceof DamagedRowError)) throw error;
    }
  }
  return result;
}

/** The longest free text one row keeps, in characters. What a skill says is hostile in length too. */
const LONGEST_TEXT = 4000;

export function clipped(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 1)}…`;
}

function parseJson(text: string, column: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DamagedRowError(`column ${column} holds no JSON`);
  }
}
