import { isHttpError, signalToken } from './codes.ts';
import { type CharRule, charBefore, sticky, type WordRule } from './rule.ts';

/** Codes that are recognised by their own form, wherever they stand. */
export const codeCharRules: readonly CharRule[] = [
  {
    chars: '[(',
    pattern: sticky('([[(])(errno|winerror|os error)[ :](-?\\d{1,6})[\\])]'),
    rewrite: (match) => `<${/^win/i.test(match[2] ?? '') ? 'winerror' : 'errno'}:${match[3] ?? ''}>`,
  },
  {
    // ConnectionResetError(104, 'Connection reset by peer'), OperationalError: (1045, "Access denied …"), (535, b'5.7.8 …')
    chars: '(',
    pattern: sticky(`\\((-?\\d{1,6}),(?=\\s?[bu]?['"])`),
    rewrite: (match, site) => {
      const value = match[1] ?? '';
      if (site.type.startsWith('smtp')) return `(<smtp:${value}>,`;
      if (/\w/.test(charBefore(site))) return `(<${isHttpError(value) ? 'http' : 'errno'}:${value}>,`;
      const database = Number(value) >= 1000 && Number(value) < 5000;
      return `(<${database ? 'db' : isHttpError(value) ? 'http' : 'code'}:${value}>,`;
    },
  },
  {
    // SQLSTATE of ODBC and MySQL: [08001], ('HYT00', …), 1045 (28000)
    chars: '([',
    pattern: sticky(`([[(])('?)((?:[0-9][0-9A-Z]|HY|IM)(?=[0-9A-Z]{0,2}\\d)[0-9A-Z]{3})\\2(?=[\\]),])`),
    rewrite: (match, site) => {
      const [whole, open = '', quote = '', state = ''] = match;
      if (state !== state.toUpperCase()) return null;
      const { text, at } = site;
      // Five digits alone are more often a pid than a state.
      const told =
        quote !== '' ||
        /[A-Z]/.test(state) ||
        (open === '(' && /\d $|<db:\d{4}> $/.test(text.slice(Math.max(0, at - 12), at))) ||
        (open === '[' && /^\] ?\[[A-Za-z]/.test(text.slice(at + whole.length, at + whole.length + 4)));
      return told ? `${open}${quote}<sqlstate:${state.toLowerCase()}>${quote}` : null;
    },
  },
  {
    // NTSTATUS and HRESULT values; an address of that length is the exception, not the rule.
    chars: '0',
    pattern: sticky(`0x((?:c0|80)[0-9a-f]{6})(?![0-9a-z])`),
    rewrite: (match) => `<nt:0x${(match[1] ?? '').toLowerCase()}>`,
  },
  {
    // MySQL's command line form: 1045 (28000)
    chars: '123456789',
    after: ' ',
    pattern: sticky(`(\\d{4})(?= \\([0-9A-Z]{5}\\))`),
    rewrite: (match) => `<db:${match[1] ?? ''}>`,
  },
];

export const codeWordRules: readonly WordRule[] = [
  {
    // The status line of a protocol or of an access log: HTTP/1.1" 404
    words: ['http'],
    pattern: sticky('http/\\d(?:\\.\\d)?(["\']?)\\s{1,3}([1-5]\\d\\d)(?![\\w.])'),
    rewrite: (match) => `http/<num>${match[1] ?? ''} <http:${match[2] ?? ''}>`,
  },
  {
    words: ['signals'],
    pattern: sticky('Signals\\.(SIG[A-Z]{2,8}\\d?)(?:: -?\\d{1,3})?'),
    rewrite: (match) => `signals.<signal:${(match[1] ?? '').toLowerCase()}>`,
  },
  {
    words: ['signal', 'sig'],
    pattern: sticky(
      'sig(?:nal)?[ :=#]{1,2}(\\d{1,2})(?: \\(SIG[A-Z0-9]{2,8}\\)|: SIG[A-Z0-9]{2,8}\\b)?(?![\\w.])',
    ),
    rewrite: (match) => `signal ${signalToken(match[1] ?? '')}`,
  },
  {
    words: ['signal'],
    pattern: sticky('signal[ :=]{1,2}(SIG[A-Z]{2,8}\\d?)\\b'),
    rewrite: (match) => `signal <signal:${(match[1] ?? '').toLowerCase()}>`,
  },
  {
    words: [
      'sigkill',
      'sigterm',
      'sigsegv',
      'sigabrt',
      'sigint',
      'sighup',
      'sigbus',
      'sigfpe',
      'sigill',
      'sigpipe',
      'sigquit',
      'sigalrm',
      'sigtrap',
    ],
    pattern: sticky('sig[a-z]{3,4}\\b'),
    rewrite: (match) => `<signal:${match[0].toLowerCase()}>`,
  },
  {
    words: ['ora', 'tns', 'pls', 'dpy', 'dpi', 'sqlstate', 'aadsts'],
    pattern: sticky('(ora|tns|pls|dpy|dpi|sqlstate|aadsts)([-[: =]{0,2})([0-9A-Z]{4,7})\\b\\]?'),
    rewrite: (match) => {
      const [, family = '', joint = '', value = ''] = match;
      return /\d/.test(value) ? `<code:${family}${joint === '-' ? '-' : ''}${value}>`.toLowerCase() : null;
    },
  },
];
