import { describe, expect, it } from 'vitest';
import { maskKnown } from '../../../../electron/core/redaction/mask-known.ts';
import { redactSecrets } from '../../../../electron/core/redaction/redact.ts';
import { secretForms } from '../../../../electron/core/redaction/secret-forms.ts';

describe('the forms of a secret', () => {
  it('as it is, in JSON, in an address, line by line', () => {
    const secret = 'pa"ss wörd/1';
    const forms = secretForms(secret);
    for (const text of [
      secret,
      JSON.stringify({ token: secret }),
      `https://x.test/?t=${encodeURIComponent(secret)}`,
    ]) {
      const shown = redactSecrets(text, forms);
      expect(shown).toContain('[secret]');
      for (const form of forms) expect(shown).not.toContain(form);
    }
    const key = '  first-line-of-key\nsecond-line-of-key\nend\n';
    expect(redactSecrets('it said: second-line-of-key', secretForms(key))).toBe('it said: [secret]');
    expect(secretForms(key)).not.toContain('end');
  });

  it.each(['\ud800', 'a\udfffb', '\n', ' ', '"', '%', '\\'])('%j has forms, none of them empty', (secret) => {
    const forms = secretForms(secret);
    expect(forms).toContain(secret);
    expect(forms).not.toContain('');
  });
});

describe('masking what a skill answers', () => {
  it('in texts and names at any depth, and nowhere else', () => {
    const answer = { a: ['x tok-12345 y', 7, null, true], 'tok-12345': { b: 'tok-1' } };
    expect(maskKnown(answer, ['tok-12345'])).toEqual({
      a: ['x [secret] y', 7, null, true],
      '[secret]': { b: 'tok-1' },
    });
  });

  it('the longest first, and nothing for secrets that are ordinary words', () => {
    expect(maskKnown('abcdefgh', ['abcd', 'abcdefgh'])).toBe('[secret]');
    const answer = { path: '/home/me/x', on: 'yes' };
    expect(maskKnown(answer, ['yes'])).toBe(answer);
  });
});
