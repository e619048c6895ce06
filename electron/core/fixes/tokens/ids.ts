import { type CharRule, charBefore, LETTERS, sticky, type WordRule } from './rule.ts';

const HEX_DIGITS = '0123456789abcdefABCDEF';

/** Identifiers with a form of their own. */
export const idCharRules: readonly CharRule[] = [
  {
    chars: HEX_DIGITS,
    after: '-',
    pattern: sticky('[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-z])'),
    rewrite: () => '<uuid>',
  },
  {
    // W3C trace context, AWS X-Ray and request roots
    chars: '01',
    after: '-',
    pattern: sticky('(?:00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}|1-[0-9a-f]{8}-[0-9a-f]{24})(?![0-9a-z])'),
    rewrite: () => '<id>',
  },
  {
    chars: '0',
    pattern: sticky('0x[0-9a-f]{1,64}(?![0-9a-z])'),
    rewrite: () => '<hex>',
  },
  {
    chars: 'a',
    after: ':',
    pattern: sticky(`arn:aws[a-z-]{0,12}:[^\\s"'<>,)\\]]{3,300}`),
    rewrite: (match) => `<arn>${/[.:;]+$/.exec(match[0])?.[0] ?? ''}`,
  },
  {
    // A key somebody has masked already: sk-hzTc****6wmv, ****abcd
    chars: `${LETTERS}0123456789*`,
    after: '*-',
    pattern: sticky('[\\w-]{0,40}\\*{3,200}[\\w*-]{0,40}'),
    rewrite: (_, site) => (/[\w/\\]/.test(charBefore(site)) ? null : '<key>'),
  },
  { chars: '[', pattern: sticky('\\[(?:secret|redacted|filtered)\\]'), rewrite: () => '<key>' },
  {
    // The escaped characters of a repr; a written-out line end or tab is white space.
    chars: '\\',
    pattern: /(?:\\(?:u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|x[\dA-Fa-f]{2})){1,50}/y,
    rewrite: () => '<char>',
  },
  { chars: '\\', pattern: /\\[nrt]/y, rewrite: () => ' ' },
  {
    // OpenStack Swift's transaction
    chars: 't',
    after: '-',
    pattern: /tx[0-9a-f]{21}-[0-9a-f]{10}(?:-[\w-]{1,40})?/y,
    rewrite: () => '<id>',
  },
  {
    // The random end of a pod's name: 7d4b9c6f5d-x2x9p
    chars: 'bcdfghjklmnpqrstvwxz0123456789ae',
    after: '-',
    pattern:
      /(?=[a-z]{0,9}\d)(?=\d{0,9}[a-z])(?:[0-9a-f]{8,10}|[bcdfghjklmnpqrstvwxz2456789]{8,10})-[a-z0-9]{5}(?![\w-])/y,
    rewrite: () => '<id>',
  },
  {
    // A mail relay's queue id: 22-ab2f30…pfn.41
    chars: HEX_DIGITS,
    after: '-',
    pattern: sticky('[a-z0-9]{1,2}-(?=[a-z]{0,40}\\d)[a-z0-9]{20,100}(?:\\.\\d{1,6})?(?!\\w)'),
    rewrite: () => '<id>',
  },
];

/** Keys by their issuer's prefix. */
export const keyWordRules: readonly WordRule[] = [
  {
    words: [
      'sk',
      'pk',
      'rk',
      'whsec',
      'ghp',
      'gho',
      'ghs',
      'ghu',
      'ghr',
      'github',
      'glpat',
      'xoxb',
      'xoxp',
      'xoxa',
      'xoxs',
      'xapp',
      'hf',
      'npm',
      'pypi',
      'dop',
      'gsk',
      'nvapi',
      'shpat',
      'sq',
    ],
    pattern: sticky(
      '(?:sk|pk|rk|whsec|ghp|gho|ghs|ghu|ghr|github_pat|glpat|xox[abps]|xapp|hf|npm|pypi|dop_v1|gsk|nvapi|shpat|sq0[a-z]{3})[-_](?=[\\w-]{0,80}\\d)[\\w-]{10,200}',
    ),
    rewrite: () => '<key>',
  },
  { words: ['eyj'], pattern: sticky('eyJ[\\w-]{5,}(?:\\.[\\w-]{2,}){1,2}'), rewrite: () => '<key>' },
];

// The run of letters at the start of these is cut short by a digit or goes on with the secret itself.
export const keyCharRules: readonly CharRule[] = [
  { chars: 'e', after: '.-', pattern: /eyJ[\w-]{5,2000}(?:\.[\w-]{2,2000}){1,2}/y, rewrite: () => '<key>' },
  { chars: 'A', pattern: /(?:AKIA|ASIA|AROA|AIDA)[0-9A-Z]{16}(?!\w)|AIza[\w-]{35}/y, rewrite: () => '<key>' },
  { chars: 'y', after: '.', pattern: /ya29\.[\w-]{20,300}/y, rewrite: () => '<key>' },
];
