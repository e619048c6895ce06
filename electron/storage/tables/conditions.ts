import type { SqlValue } from '../database.ts';

/**
 * The conditions for what is given, in SQL with their values in order, each beginning with `AND`: equal to a value, or
 * to one of several. What is undefined does not restrict. The names are columns of the caller's own, never input.
 */
export function conditionsOf(wanted: Readonly<Record<string, SqlValue | readonly SqlValue[] | undefined>>): {
  readonly sql: string;
  readonly values: readonly SqlValue[];
} {
  const given = Object.entries(wanted).flatMap(([column, value]) =>
    value === undefined ? [] : [{ column, values: isList(value) ? value : [value] }],
  );
  return {
    sql: given
      .map(({ column, values }) => ` AND ${column} IN (${values.map(() => '?').join(', ')})`)
      .join(''),
    values: given.flatMap(({ values }) => values),
  };
}

function isList(value: SqlValue | readonly SqlValue[]): value is readonly SqlValue[] {
  return Array.isArray(value);
}
