import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromChromium, originOf, toChromium } from '../../support/electron-double/addresses.ts';
import { loud } from '../../support/electron-double/loud.ts';
import { decode, encode } from '../../support/electron-double/page/wire.js';

describe('the double is loud', () => {
  class Part extends EventEmitter {
    #secret = 'kept';
    tell(): string {
      return this.#secret;
    }
  }
  const part = loud('part', new Part());

  test('what it does not have fails with its name, what it has works', () => {
    expect(part.tell()).toBe('kept');
    expect(() => (part as unknown as { setBounds(): void }).setBounds()).toThrow(
      'The Electron double has no part.setBounds.',
    );
  });

  test('what a test puts in place of a member is used', () => {
    part.tell = () => 'replaced';
    expect(part.tell()).toBe('replaced');
  });
});

describe('what crosses between page and main process', () => {
  test('is what the structured clone algorithm makes of it', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }),
        (value) => {
          expect(decode(encode(structuredClone(value)))).toEqual(structuredClone(value));
        },
      ),
      // Rare among the random ones, and once wrong.
      { examples: [[new Date(Number.NaN)]] },
    );
  });

  test('keeps cycles, shared parts and a member called __proto__', () => {
    const shared = { n: -0 };
    const value: Record<string, unknown> = { a: shared, b: shared };
    value.self = value;
    const copy = decode(encode(value)) as { a: object; b: object; self: unknown };
    expect(copy.self).toBe(copy);
    expect(copy.a).toBe(copy.b);
    const hostile = decode(encode(JSON.parse('{"__proto__":{"admin":true}}'))) as { admin?: boolean };
    expect(Object.hasOwn(hostile, '__proto__')).toBe(true);
    expect(hostile.admin).toBe(undefined);
  });
});

test('an address of the app’s scheme goes to Chromium and comes back the same', () => {
  const schemes = new Set(['skillward-app']);
  for (const address of [
    'skillward-app://dashboard/',
    'skillward-app://dashboard/a/b.js?x=1#/skill/a',
    'skillward-app://other/',
  ])
    expect(fromChromium(toChromium(address, schemes))).toBe(address);
  for (const address of ['https://evil.example/', 'about:blank', 'data:text/html,x'])
    expect(fromChromium(toChromium(address, schemes))).toBe(address);
  expect(originOf(toChromium('skillward-app://dashboard/#/x', schemes))).toBe('skillward-app://dashboard');
  expect(originOf('about:blank')).toBe('null');
});
