import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compose } from '../../../../electron/core/fixes/compose.ts';
import { normalizeError, settledSignature } from '../../../../electron/core/fixes/normalize.ts';
import { MAX_SIGNATURE } from '../../../../electron/core/fixes/settle.ts';
import { corpusTexts, wildTexts } from '../../../support/corpus/corpus.ts';
import { hostileText, seeded } from '../../../support/corpus/hostile.ts';

function expectSettled(text: string): void {
  const signature = normalizeError(text);
  expect(normalizeError(signature)).toBe(signature);
  expect(signature.length).toBeLessThanOrEqual(MAX_SIGNATURE);
}

// Thousands of texts on a busy machine take longer than a usual test.
describe('a signature is its own signature', { timeout: 60_000 }, () => {
  it('for every text of the corpora', () => {
    for (const { text } of [...corpusTexts(), ...wildTexts()]) expectSettled(text);
  });

  it('for any text', () => {
    // Code units, not characters: half a surrogate pair is a text too.
    const text = fc.uint16Array({ maxLength: 400 }).map((units) => String.fromCharCode(...units));
    fc.assert(fc.property(text, expectSettled), { numRuns: 500 });
  });

  it('for texts of the pieces that errors are made of', () => {
    const piece = fc.constantFrom(
      'Error',
      'KeyError: ',
      "'",
      '"',
      ': ',
      ' ',
      '\n',
      '<',
      '>',
      '1',
      '404',
      'code ',
      '/a.b',
      '.',
      '-',
      'x_9999',
      'A',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => expectSettled(pieces.join(''))),
      { numRuns: 500 },
    );
  });

  it('for hostile texts up to the limit', () => {
    const random = seeded(7);
    const texts = corpusTexts();
    for (let count = 0; count < 2000; count += 1) {
      expectSettled(hostileText(random, texts, count % 60 === 0 ? 16_384 : Math.floor(random() * 600)));
    }
  });

  it('for a text that never settles', () => {
    // Every pass of composing this one changes something; the constant it ends in does not.
    const restless = 'localhost:9'.repeat(1500);
    expect(settledSignature(compose(restless))).toBe('<text>');
    expect(normalizeError('<text>')).toBe('<text>');
  });
});
