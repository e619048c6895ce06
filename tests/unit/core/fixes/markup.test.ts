import { describe, expect, it } from 'vitest';
import { signatureParts } from '../../../../electron/core/fixes/markup.ts';
import { normalizeError } from '../../../../electron/core/fixes/normalize.ts';
import { corpusTexts } from '../../../support/corpus/corpus.ts';

describe('signatureParts', () => {
  it('marks what varies and names codes', () => {
    expect(signatureParts("error <http:401> from '<host>':<port:redis> in <module>")).toEqual([
      { text: 'error ', kind: 'text' },
      { text: '<http:401>', kind: 'token', label: 'HTTP status 401' },
      { text: " from '", kind: 'text' },
      { text: '<host>', kind: 'token', label: 'any host' },
      { text: "':", kind: 'text' },
      { text: '<port:redis>', kind: 'token', label: 'port of redis' },
      { text: ' in <module>', kind: 'text' },
    ]);
  });

  it('loses nothing, and every token of the corpus but names of code has a label', () => {
    const unlabelled = new Set<string>();
    for (const { text } of corpusTexts()) {
      const signature = normalizeError(text);
      const parts = signatureParts(signature);
      expect(parts.map((part) => part.text).join('')).toBe(signature);
      for (const part of parts) {
        if (part.kind === 'text')
          for (const match of part.text.match(/<[a-z]+(?::[^<>]+)?>/g) ?? []) unlabelled.add(match);
      }
    }
    expect([...unlabelled].sort()).toEqual(['<module>', '<undefined>']);
  });
});
