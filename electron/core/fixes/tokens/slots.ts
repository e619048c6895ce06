import { type CharRule, QUOTED, sticky, type WordRule } from './rule.ts';

/** What a program was called with is data; the program and its subcommand are not. */
function commandLine(list: string): string {
  const quoted = [...list.matchAll(/(['"])((?:\\.|(?!\1).){0,200})\1/g)].map((match) => match[2] ?? '');
  const parts = quoted.length > 0 && list.startsWith('[') ? quoted : list.replace(/^\[/, '').split(/\s+/);
  const program = (parts[0] ?? '').split(/[\\/]/).at(-1) ?? '';
  const second = parts[1] ?? '';
  const sub = /^[a-z][a-z-]{1,20}$/.test(second) ? ` ${second}` : '';
  return /^[\w.+-]{1,40}$/.test(program) ? `${program}${sub} <args>` : '<args>';
}

/** Keeps the first group and replaces what follows it, unless that has been done already. */
const keep =
  (replacement: string) =>
  (match: RegExpExecArray): string | null => {
    const kept = match[1] ?? '';
    return match[0].startsWith(replacement, kept.length) ? null : kept + replacement;
  };

/** Places of known messages that hold the caller's data: whatever stands there is the same error. */
export const slotWordRules: readonly WordRule[] = [
  {
    words: ['base'],
    pattern: sticky(`(base \\d{1,2}: )(?:<val>|${QUOTED}|[^\\n]{0,200})`),
    rewrite: (match) => `${match[1] ?? ''}<val>`,
  },
  {
    words: ['float', 'complex', 'decimal', 'int'],
    pattern: sticky(`((?:float|complex|decimal|int): )${QUOTED}`),
    rewrite: keep('<val>'),
  },
  { words: ['type'], pattern: sticky(`(type [\\w ]{2,40}: )${QUOTED}`), rewrite: keep('<val>') },
  {
    words: ['isoformat', 'string'],
    pattern: sticky(`((?:isoformat string|string value|string format): )(?:${QUOTED}|[^\\s<]\\S{0,200})`),
    rewrite: keep('<val>'),
  },
  { words: ['time'], pattern: sticky(`(time data )${QUOTED}`), rewrite: keep('<val>') },
  {
    words: ['format'],
    pattern: sticky(`(format )(['"])([^'"\\n]{0,80}%[^'"\\n]{0,80})\\2`),
    rewrite: (match) => match[0],
  },
  // PostgreSQL shows where in the statement it was.
  { words: ['line'], pattern: sticky('line \\d{1,6}: [^\\n]{0,1000}\\n\\s{0,400}\\^'), rewrite: () => '' },
  {
    words: ['failing', 'gzipped'],
    pattern: sticky('((?:failing row contains|gzipped file) )\\([^\\n]{0,500}\\)'),
    rewrite: keep('(<val>)'),
  },
  { words: ['output'], pattern: sticky(`(output: )(?:${QUOTED}|\`[^\`]{0,1000}\`)`), rewrite: keep('<val>') },
  { words: ['url'], pattern: sticky('(url: )/[^\\s"\'()]{0,1000}'), rewrite: keep('<path>') },
  {
    words: ['unconverted'],
    pattern: sticky('(unconverted data remains: )[^\\n]{1,200}'),
    rewrite: keep('<val>'),
  },
  { words: ['duplicate'], pattern: sticky(`(duplicate entry )${QUOTED}`), rewrite: keep('<val>') },
  {
    words: ['key'],
    pattern: sticky('(key \\([^()\\n]{1,100}\\)=)\\([^\\n]{0,300}?\\)(?=\\s|$|\\.)'),
    rewrite: keep('(<val>)'),
  },
  {
    words: ['input'],
    pattern: sticky('(input_value=)(?:(?!, input_type=)[^\\n]){0,1000}'),
    rewrite: keep('<val>'),
  },
  {
    words: ['debug'],
    pattern: sticky('(debug_error_string\\s*=\\s*)"[^\\n]{0,4000}'),
    rewrite: keep('<val>'),
  },
  {
    words: ['http', 'headers', 'header', 'response'],
    pattern: sticky(
      `((?:http )?(?:response )?headers?["']?\\s?[:=]\\s?)(?:[A-Za-z]{1,40}\\()?[{<][^\\n]{2,4000}`,
    ),
    rewrite: keep('<val>'),
  },
  {
    words: ['command'],
    pattern: sticky(
      `command (["'])(\\[[^\\]\\n]{1,1000}\\]|[^"'\\n]{1,500})\\1 (?=returned|died|timed|failed|exited)`,
    ),
    rewrite: (match) => `command ${match[1] ?? ''}${commandLine(match[2] ?? '')}${match[1] ?? ''} `,
  },
  // Names of code are kept whole: a module is neither a host nor a file.
  {
    words: ['module', 'modules', 'package', 'import', 'named', 'attribute', 'name', 'distribution'],
    pattern: sticky(
      `(?:modules?(?: named)?|package|import(?: name)?|named|attribute|name|distribution) (['"])([A-Za-z_][\\w.-]{0,120})\\1`,
    ),
    rewrite: (match) =>
      /\.[A-Za-z_]|^[A-Za-z_]\w*$/.test(match[2] ?? '') && !/\d{4}|-\d/.test(match[2] ?? '')
        ? match[0]
        : null,
  },
];

export const slotCharRules: readonly CharRule[] = [
  {
    // ValueError: 'x' is not a valid Color; 'x' is not in list
    chars: `'"`,
    pattern: new RegExp(
      `${QUOTED}(?= is not (?:in list|in tuple|one of |a valid (?:[A-Z]\\w|UUID|uuid|choice|date|number|integer|value|email|url|boolean|JSON)))`,
      'y',
    ),
    rewrite: () => '<val>',
  },
  {
    chars: '[',
    pattern: sticky(
      '\\[(?:SQL|parameters|cached since)[: ][^\\n]{0,4000}(?:\\n(?!\\[|\\(Background)[^\\n]{0,1000}){0,40}',
    ),
    rewrite: () => '',
  },
  { chars: '(', pattern: sticky('\\(Background on this error at:[^)\\n]{0,200}\\)'), rewrite: () => '' },
  // What is given to a name is data unless it is a word: name='Task-44', b="1".
  {
    chars: '=',
    pattern: sticky(`=(["'])((?:\\\\.|(?!\\1)[^\\\\\\n\\s]){0,200})\\1`),
    rewrite: (match, site) =>
      /^[A-Za-z_][A-Za-z_.:-]*$/.test(match[2] ?? '') ||
      (match[2] ?? '').includes('<') ||
      site.text.charAt(site.at - 1) === '='
        ? null
        : '=<val>',
  },
  {
    chars: '=',
    pattern: sticky('=(?:true|false)\\b'),
    rewrite: (_, site) => (site.text.charAt(site.at - 1) === '=' ? null : '=<bool>'),
  },
];
