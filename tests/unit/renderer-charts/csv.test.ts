import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvCell, toCsv } from '../../../renderer/charts/csv.ts';

describe('toCsv', () => {
  it('joins cells with commas and ends every line with CRLF', () => {
    expect(
      toCsv([
        ['a', 1, null, true],
        ['b', -2.5, 0, false],
      ]),
    ).toBe('a,1,,true\r\nb,-2.5,0,false\r\n');
  });

  it('quotes what would break the line, and doubles quotes', () => {
    expect(toCsv([['a,b', 'say "hi"', 'two\nlines', 'plain text']])).toBe(
      '"a,b","say ""hi""","two\nlines",plain text\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://x","y")'])(
    'never lets %j run as a formula',
    (text) => {
      const line = toCsv([[text]]);
      expect(line.replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );

  it('keeps numbers numbers, negative ones too', () => {
    expect(toCsv([[-12, '-12']])).toBe("-12,'-12\r\n");
  });

  it('can be read back cell by cell', () => {
    const cell = fc.oneof(fc.string(), fc.integer(), fc.constant(null));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (rows) => {
        expect(parse(toCsv(rows))).toEqual(rows.map((row) => row.map(expected)));
      }),
    );
  });
});

function expected(cell: CsvCell): string {
  if (cell === null) return '';
  return typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell);
}

/** A reader of RFC 4180, independent of the writer. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ',') {
      row.push(cell);
      cell = '';
    } else if (char === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      at++;
    } else cell += char;
  }
  return rows;
}
