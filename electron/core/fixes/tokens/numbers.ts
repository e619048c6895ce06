import { codeToken } from './codes.ts';
import { type CharRule, charBefore, DIGITS, sticky, type WordRule } from './rule.ts';

const DURATION =
  '(?:(?:ns|us|µs|ms|s|m|h|d)(?![\\w%])| ?(?:(?:nano|micro|milli)?sec(?:ond)?s?|mins?|minutes?|hrs?|hours?|days?|weeks?)(?!\\w)| (?:ms|s)(?![\\w%]))';
const SIZE = ' ?(?:[kmgtp]i?b|bytes?|bits?)(?![\\w])';

/** Numbers, the last of all rules: what is no code, date or identifier by now is a count, a position or an amount. */
export const numberCharRules: readonly CharRule[] = [
  {
    // A requirement: foo==9.9, bar>=1.2
    chars: '=<>~!',
    pattern: sticky('([=<>~!]=)\\d{1,9}(?:\\.[\\w*]{1,20}){1,6}'),
    rewrite: (match) => `${match[1] ?? ''}<ver>`,
  },
  { chars: DIGITS, pattern: sticky(`\\d{1,40}(?:\\.\\d{1,40})?${DURATION}`), rewrite: () => '<dur>' },
  {
    chars: DIGITS,
    pattern: sticky(`(?:\\d{1,3}(?:,\\d{3}){1,6}|\\d{1,40})(?:\\.\\d{0,40})?${SIZE}`),
    rewrite: () => '<size>',
  },
  { chars: DIGITS, pattern: sticky('\\d{1,9}(?:x\\d{1,9}){1,6}(?!\\w)'), rewrite: () => '<shape>' },
  {
    chars: 'vV',
    pattern: sticky(
      'v?\\d{1,9}(?:\\.\\d{1,9}){1,4}(?:[-+.]?(?:rc|dev|post|alpha|beta|a|b|cu)\\.?\\d{0,9})?(?!\\w)',
    ),
    rewrite: (_, site) => (/[\w.]/.test(charBefore(site)) ? null : '<ver>'),
  },
  {
    chars: DIGITS,
    pattern: sticky(
      '\\d{1,9}(?:\\.\\d{1,9}){2,4}(?:[-+.]?(?:rc|dev|post|alpha|beta|a|b|cu)\\.?\\d{0,9})?(?!\\w)',
    ),
    rewrite: () => '<ver>',
  },
  {
    chars: `${DIGITS}-+`,
    pattern: sticky(
      '[-+]?(?:\\d{1,3}(?:,\\d{3}){1,6}(?![\\d])|\\d{1,200})(?:\\.\\d{1,200}(?![\\w]*\\.\\d))?(?:e[-+]?\\d{1,4})?(?!\\w)',
    ),
    rewrite: (match, site) => {
      const value = match[0];
      const before = charBefore(site);
      // In `name-12` the hyphen is a joint, in `2.5.1` and `x_1` the number is part of a name.
      if (/^[-+]/.test(value) && /[A-Za-z0-9)\]>]/.test(before)) return null;
      if (before === '-' && isNamedPart(site.text, site.at, value)) return value;
      // Digits with leading zeros are a part of a hash that happens to have no letters.
      if (/^0\d{7,}$/.test(value)) return '<hex>';
      const whole = /^-?\d{1,10}$/.test(value) && before !== '.';
      return (whole ? codeToken(value, site.at + value.length, site) : null) ?? '<num>';
    },
  },
  { chars: DIGITS, pattern: sticky('\\d{1,200}(?:_\\d{1,200}){1,9}(?!\\w)'), rewrite: () => '<num>' },
];

/** The number of `utf-8`, `iso-8859-1`, `sha-256` … is their name. */
function isNamedPart(text: string, at: number, value: string): boolean {
  if (value.length > 4) return false;
  const before = text.slice(Math.max(0, at - 12), at);
  return /(?:^|[^A-Za-z])(?:utf|ucs|iso|iso-8859|latin|sha|sha-?\d|base|md|cp|windows|aes|http|ipv|rfc|big|euc)-$/i.test(
    before,
  );
}

/** What is called a version is one, whatever it consists of. */
export const versionRules: readonly WordRule[] = [
  {
    words: ['version', 'versions'],
    pattern: sticky(
      '(versions?(?: is)?[:= ]{1,2})v?\\d{1,9}(?:\\.\\w{1,20}){0,6}(?:, v?\\d{1,9}(?:\\.\\w{1,20}){0,6}){0,99}(?!\\w)',
    ),
    rewrite: (match) => `${match[1] ?? ''}<ver>`,
  },
];

/** Shared objects are named by their version: `libcudart.so.11.0` is not `libcudart.so.12`. */
export const libraryRules: readonly CharRule[] = [
  {
    chars: 'lL',
    after: '.-+',
    pattern: sticky('(?:lib|ld-)[\\w+.-]{1,80}?\\.(?:so(?:\\.\\d{1,6}){0,4}|dylib)(?![\\w])'),
    rewrite: (match, site) => (/[\w/\\]/.test(charBefore(site)) ? null : match[0]),
  },
];
