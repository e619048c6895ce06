import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTolerantJson } from '../../../../electron/skills/mcp-import/tolerant-json.ts';

const value = (text: string) => {
  const read = readTolerantJson(text);
  if (!read.ok) throw new Error(read.message);
  return read.value;
};

describe('JSON as editors write it', () => {
  it.each([
    ['// first\n{"a": 1, // more\n "b": [1, 2,],\n}', { a: 1, b: [1, 2] }],
    ['/* a\n b */{"a":/**/1,/*x*/}', { a: 1 }],
    ['\uFEFF{"a": 1}', { a: 1 }],
    ['{"a": "// no comment, /* none */ and no comma,]"}', { a: '// no comment, /* none */ and no comma,]' }],
    ['{"a": "\\"// quoted\\\\", }', { a: '"// quoted\\' }],
    ['{"url": "https://x.example/a,}"}', { url: 'https://x.example/a,}' }],
    ['[1 , // last\n]', [1]],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it.each(['{"a": 1,, }', '[,]', '{,}x', '{"a" 1}', '', '/* never closed', '"never closed', '{"a":1'])(
    'is not made valid where it is not: %s',
    (text) => {
      expect(readTolerantJson(text).ok).toBe(false);
    },
  );

  it('says the line and never what stands there', () => {
    const read = readTolerantJson('{\n  // a token\n  "TOKEN": sk-live-0123456789abcdef\n}');
    expect(read).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^is not valid JSON at line 3$/),
    });
  });

  it('is not followed into any depth', () => {
    expect(readTolerantJson('['.repeat(100_000))).toMatchObject({ ok: false });
    expect(readTolerantJson(`${'['.repeat(90)}${']'.repeat(90)}`).ok).toBe(true);
  });

  it('reads everything JSON is as JSON reads it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(readTolerantJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });
});
