import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeError } from '../../../../electron/core/fixes/normalize.ts';
import { redactSecrets } from '../../../../electron/core/redaction/redact.ts';
import { corpusTexts, wildTexts } from '../../../support/corpus/corpus.ts';
import { hostileText, seeded } from '../../../support/corpus/hostile.ts';

// Put together here so that no file of this repository looks as if it held a key.
const key = (...parts: string[]): string => parts.join('');

describe('masks', () => {
  it.each([
    ['API keys', `no access with ${key('sk-', 'proj-', 'aB3dE5fG7hI9jK1lM3nO5')}`, 'no access with [secret]'],
    ['keys in capitals', `id ${key('AKIA', 'IOSFODNN7EXAMPLE')} unknown`, 'id [secret] unknown'],
    ['GitHub tokens', `bad ${key('ghp', '_', 'a1B2c3D4e5F6g7H8i9J0')}`, 'bad [secret]'],
    [
      'bot tokens',
      `https://api.telegram.org/bot${key('123456789', ':', 'AAE-abcdefghijklmnopqrstuvwxyz01234')}/send`,
      'https://api.telegram.org/bot[secret]/send',
    ],
    ['JWTs', 'got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl back', 'got [secret] back'],
    ['bearer tokens', 'Authorization: Bearer abcdef123456789', 'Authorization: Bearer [secret]'],
    ['passwords in addresses', 'postgresql://app:s3cr3t@db:5432/x', 'postgresql://app:[secret]@db:5432/x'],
    ['assignments', 'connect(password=hunter2, user=a)', 'connect(password=[secret], user=a)'],
    [
      'quoted values',
      '{"api_key": "abc", \'token\': \'x y z\'}',
      '{"api_key": "[secret]", \'token\': \'[secret]\'}',
    ],
    ['query strings', 'GET /x?access_token=abc123&page=2', 'GET /x?access_token=[secret]&page=2'],
    ['values that look secret', 'password: hunter2x9', 'password: [secret]'],
    ['cookies', 'Cookie: sid=abc; theme=dark', 'Cookie: [secret]'],
    [
      'private keys',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY----- end',
      '[secret] end',
    ],
    ['private keys that were cut off', '-----BEGIN PRIVATE KEY-----\nMIIE', '[secret]'],
    ['home folders', 'open /home/maria/x.py and /Users/jo/y.py', 'open ~/x.py and ~/y.py'],
    ['home folders on Windows', "open 'C:\\Users\\Maria L\\x.py'", "open '~\\x.py'"],
  ])('%s', (_, text, redacted) => {
    expect(redactSecrets(text)).toBe(redacted);
  });

  it('secrets it is told of, the longest first, short ones not', () => {
    expect(redactSecrets('abcd-efgh and abcd, 12', ['abcd', 'abcd-efgh', '12'])).toBe(
      '[secret] and [secret], 12',
    );
  });
});

describe('leaves alone', () => {
  it.each([
    'Invalid token: unexpected end of input',
    'password: authentication failed',
    'Token has been expired or revoked.',
    "KeyError: 'access_token'",
    "TypeError: login() missing 1 required positional argument: 'password'",
    'max_tokens=100, api_key=None, token=<hidden>',
    'the value of secret is not set',
    'GET https://example.com/home/index and /homepage',
    'time 12:30 ratio 10:20',
  ])('%s', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });

  it('the signature of nearly every error', () => {
    const texts = [...corpusTexts(), ...wildTexts()];
    const same = texts.filter(({ text }) => normalizeError(redactSecrets(text)) === normalizeError(text));
    expect(same.length / texts.length).toBeGreaterThanOrEqual(0.99);
  });
});

// Thousands of texts on a busy machine take longer than a usual test.
describe('redacting twice is redacting once', { timeout: 60_000 }, () => {
  it('for any text', () => {
    const piece = fc.constantFrom(
      'password',
      'token',
      '=',
      ': ',
      '"',
      "'",
      'abc123def',
      ' ',
      '/home/',
      'a/',
      '[secret]',
      '://',
      '@',
      'Bearer ',
      'sk-',
      '~',
      'C:\\Users\\',
      '\n',
      '&',
      '[',
      ']',
    );
    const text = fc.oneof(
      fc.uint16Array({ maxLength: 60 }).map((units) => String.fromCharCode(...units)),
      fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(
        text,
        fc.array(fc.constantFrom('abc1', 'pass', '=abc', '12', '[sec', 'home'), { maxLength: 2 }),
        (raw, known) => {
          const once = redactSecrets(raw, known);
          expect(redactSecrets(once, known)).toBe(once);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('for what only a mask makes a secret', () => {
    expect(redactSecrets('C:\\Users\\x@C:\\Users\\a/b')).toBe('~/b');
  });

  it('for hostile text', () => {
    const random = seeded(3);
    const texts = corpusTexts();
    for (let count = 0; count < 500; count += 1) {
      const once = redactSecrets(hostileText(random, texts, Math.floor(random() * 4000)));
      expect(redactSecrets(once)).toBe(once);
    }
  });
});
