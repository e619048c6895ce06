import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packJson, readJson, unpackJson, unpackSized } from '../../../electron/fleet/packing.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const LIMIT = 1_000_000;

describe('what hosts send each other', () => {
  it('is plain JSON when short, packed when long, and comes back as it was', async () => {
    const short = { hello: 'wörld' };
    const long = { lines: Array.from({ length: 5000 }, (_, line) => `line ${line}`) };
    expect(new TextDecoder().decode(await packJson(short))).toBe('{"hello":"wörld"}');
    const packed = await packJson(long);
    expect(packed.byteLength).toBeLessThan(JSON.stringify(long).length / 3);
    expect(await unpackJson(await packJson(short), LIMIT)).toEqual(short);
    expect(await unpackSized(packed, LIMIT)).toEqual({ value: long, bytes: JSON.stringify(long).length });
  });

  it.each([
    [
      'longer than allowed once unpacked',
      new Uint8Array(gzipSync('"'.padEnd(50_000_000))),
      'longer than 1000000',
    ],
    ['longer than allowed', bytes('"'.padEnd(LIMIT + 1)), 'longer than 1000000'],
    ['cut off', new Uint8Array(gzipSync('[1,2,3]')).slice(0, 20), 'cannot be read'],
    ['no gzip at all', new Uint8Array([0x1f, 0x8b, 0, 1, 2]), 'cannot be read'],
    ['no JSON', bytes('{"a":'), 'no JSON'],
    ['no text', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), 'not UTF-8'],
    ['nested too deep', bytes('['.repeat(100_000)), 'deeper than 200'],
    ['empty', new Uint8Array(), 'no JSON'],
  ])('is refused with a sentence when it is %s', async (_what, packed, why) => {
    await expect(unpackJson(packed, LIMIT)).rejects.toThrow(why);
  });

  it('is not unpacked where only plain JSON may come', async () => {
    expect(() => readJson(new Uint8Array(gzipSync('[]')), LIMIT)).toThrow('not UTF-8');
  });
});
