/** What a cell may hold. null is an empty cell: nothing was measured. */
export type CsvCell = string | number | boolean | null;

/** A text that begins like this runs as a formula in spreadsheet programs. */
const FORMULA_START = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * Rows as CSV text (RFC 4180): comma, CRLF, quotes only where needed, with a last line end. Text that a spreadsheet would run as a
 * formula gets an apostrophe in front; numbers stay numbers, negative ones too.
 */
export function toCsv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
