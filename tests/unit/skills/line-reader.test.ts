import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineReader, maxLineBytes } from '../../../electron/skills/line-reader.ts';

interface Seen {
  readonly lines: string[];
  overlong: number;
}

function read(chunks: readonly Buffer[], maxBytes = maxLineBytes, overflow: 'drop' | 'cut' = 'drop'): Seen {
  const seen: Seen = { lines: [], overlong: 0 };
  const reader = new LineReader({
    maxBytes,
    overflow,
    onLine: (line) => seen.lines.push(line),
    onOverlong: () => {
      seen.overlong += 1;
    },
  });
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return seen;
}

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [...new Set(at.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...places, bytes.length].map((to, index) =>
    bytes.subarray(index === 0 ? 0 : places[index - 1], to),
  );
}

const piece = fc.oneof(
  fc.constantFrom('\n', '\r\n', '\r', '', 'é', '🙂', '{"a":1}'),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

describe('LineReader', () => {
  test('any chunking of a stream gives the same lines, the over-long ones included', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        fc.constantFrom<'drop' | 'cut'>('drop', 'cut'),
        fc.integer({ min: 1, max: 25 }),
        (pieces, places, overflow, maxBytes) => {
          const bytes = Buffer.from(pieces.join(''));
          const whole = read([bytes], maxBytes, overflow);
          expect(read(cut(bytes, places), maxBytes, overflow)).toEqual(whole);
          const single = Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1));
          expect(read(single, maxBytes, overflow)).toEqual(whole);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('lines within the limit are those of a plain split', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        (pieces, places) => {
          const text = Buffer.from(pieces.join('')).toString();
          const expected = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
          const atEnd = text.endsWith('\n') || text === '';
          expect(read(cut(Buffer.from(text), places)).lines).toEqual(
            atEnd ? expected.slice(0, -1) : expected,
          );
        },
      ),
    );
  });

  test.each([
    [maxLineBytes - 1, 1, 0],
    [maxLineBytes, 1, 0],
    [maxLineBytes + 1, 0, 1],
  ])('a line of %i bytes', (length, lines, overlong) => {
    for (const ending of ['\n', '\r\n', '']) {
      const seen = read([
        Buffer.from('x'.repeat(length) + ending),
        Buffer.from(ending === '' ? '' : 'next\n'),
      ]);
      expect(seen.lines.filter((line) => line !== 'next')).toHaveLength(lines);
      expect(seen.overlong).toBe(overlong);
      if (ending !== '') expect(seen.lines.at(-1)).toBe('next');
    }
  });

  test('endless bytes without a newline are dropped once and cost no memory', () => {
    const seen = { overlong: 0 };
    const reader = new LineReader({
      maxBytes: maxLineBytes,
      overflow: 'drop',
      onLine: () => expect.unreachable(),
      onOverlong: () => {
        seen.overlong += 1;
      },
    });
    const chunk = Buffer.alloc(65_536, 'x');
    const before = process.memoryUsage().arrayBuffers;
    for (let sent = 0; sent < 512; sent += 1) reader.push(chunk);
    expect(seen.overlong).toBe(1);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * maxLineBytes);
  });

  test('a cut line keeps its beginning, and the rest of it is gone', () => {
    expect(read([Buffer.from('abcdef\nxy\n')], 4, 'cut').lines).toEqual(['abcd', 'xy']);
  });

  test('bytes that are no UTF-8 are shown as such and do no harm', () => {
    expect(read([Buffer.from([0x61, 0xff, 0x0a, 0x62, 0x0a])]).lines).toEqual(['a\ufffd', 'b']);
  });

  test('an ignored chunk takes the line under way with it, and reading goes on with the next line', () => {
    const lines: string[] = [];
    const reader = new LineReader({ maxBytes: 100, overflow: 'drop', onLine: (line) => lines.push(line) });
    reader.push(Buffer.from('half'));
    reader.ignore(Buffer.from('ignored\nand half'));
    reader.push(Buffer.from(' of it\nwhole\n'));
    reader.ignore(Buffer.from('ignored\n'));
    reader.push(Buffer.from('whole too\n'));
    expect(lines).toEqual(['whole', 'whole too']);
  });
});
