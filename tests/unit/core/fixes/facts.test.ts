import { describe, expect, it } from 'vitest';
import { readError } from '../../../../electron/core/fixes/facts.ts';
import { normalizeError } from '../../../../electron/core/fixes/normalize.ts';
import { corpusTexts } from '../../../support/corpus/corpus.ts';

describe('readError', () => {
  it('collects codes and quoted names', () => {
    const facts = readError(
      "discord.errors.Forbidden: 403 Forbidden (error code: 50013): cannot pin in 'general'",
    );
    expect(facts.codes).toEqual(['http:403', 'code:50013']);
    expect(facts.quoted).toEqual(['general']);
    expect(facts.exceptionType).toBe('Forbidden');
  });

  it('takes placeholders for no names', () => {
    expect(readError("PermissionError: [Errno 13] Permission denied: '/x/y'").quoted).toEqual([]);
  });

  it.each(['12345', '', '   ', '2026-01-15 12:34:56', '550e8400-e29b-41d4-a716-446655440000', '!!! ???'])(
    'finds nothing in %j',
    (text) => {
      expect(readError(text).empty).toBe(true);
    },
  );

  it.each(['boom', 'exit code 137', '连接被拒绝'])('finds something in %j', (text) => {
    expect(readError(text).empty).toBe(false);
  });

  it('signs like normalizeError, and its own signature has the same facts', () => {
    for (const { text } of corpusTexts()) {
      const facts = readError(text);
      expect(facts.signature).toBe(normalizeError(text));
      const again = readError(facts.signature);
      expect([again.codes, again.quoted, again.empty]).toEqual([facts.codes, facts.quoted, facts.empty]);
    }
  });
});
