import { type CharRule, charBefore, LETTERS, sticky } from './rule.ts';

const SEGMENT = `[^\\s"'\`<>()[\\]{},;|:*?!\\\\/]`;
/** A part of a path; a colon or a star belongs to it when it goes on behind. */
const REST = `(?:${SEGMENT}|/|[*:?](?=[\\w/*]))`;
const LINE = '(?::\\d{1,7}(?::\\d{1,7})?)?';
/** Endings that only file names have. */
const SURE_EXTENSION =
  '(?:pyw?|pyc|pyd|pyx|ipynb|dll|exe|json[l5c]?|ndjson|csv|tsv|txt|md|rst|db|sqlite3?|ya?ml|toml|ini|cfg|html?|xml|tsx?|jsx|mjs|cjs|cc|cpp|hpp|rs|java|png|jpe?g|gif|webp|svg|bmp|tiff?|ico|pdf|zip|gz|tar|tgz|bz2|xz|zst|7z|whl|egg|mp[34]|wav|flac|ogg|mkv|avi|webm|mov|parquet|feather|np[yz]|pth|safetensors|onnx|gguf|hdf5|pkl|pickle|pem|crt|cer|pfx|p12|xlsx?|docx?|pptx?|bat|ps1|ckpt|joblib|plist|pcap|proto|jinja2?|j2|css|scss|sql|wasm|torrent|srt|ttf|otf|woff2?)';
/** Endings that are attribute names too (`self.log`): only of a file when a quote, a folder, a digit or a line number says so. */
const MAYBE_EXTENSION =
  '(?:log|conf|key|lock|pid|sock|socket|bin|dat|tmp|bak|old|env|model|js|go|sh|so|pt|h5|h|c|a|o|out|err|part|session|dump|cache|data)';
const NAME = '[\\w@~+][\\w.@+~-]{0,200}';

const FILE_ENDING = new RegExp(`\\.(?:${SURE_EXTENSION}|${MAYBE_EXTENSION})[.,]?(?::\\d+)*$`, 'i');
const SURE_ENDING = new RegExp(`\\.${SURE_EXTENSION}(?::\\d+)*$`, 'i');

const token = (): string => '<path>';

export const pathCharRules: readonly CharRule[] = [
  {
    // A quoted path may have blanks.
    chars: `'"\``,
    pattern: sticky(
      `(['"\`])((?:~?/[\\w.~*@%+\\u0080-\\uffff-]|~\\\\|\\.{1,2}[\\\\/]|[a-z]:[\\\\/]|\\\\\\\\)[^'"\`\\n<>|]{0,1000})\\1`,
    ),
    rewrite: (match) => `${match[1] ?? ''}<path>${match[1] ?? ''}`,
  },
  {
    chars: '/',
    pattern: sticky(`(?<![\\w)\\]>.])/(?=[\\w.~*@%+\\u0080-\\uffff-])${REST}{1,1000}`),
    rewrite: (match) => {
      const trailing = /[.,:-]+$/.exec(match[0])?.[0] ?? '';
      return match[0].length - trailing.length > 1 ? `<path>${trailing}` : null;
    },
  },
  {
    chars: '.~',
    pattern: sticky(`(?<![\\w.])(?:\\.{1,2}|~[\\w-]{0,40})[\\\\/](?:${REST}|\\\\){0,1000}`),
    rewrite: (match) => `<path>${/[.,:]+$/.exec(match[0])?.[0] ?? ''}`,
  },
  {
    chars: LETTERS,
    after: ':',
    pattern: sticky(
      `(?<!\\w)[a-z]:[\\\\/](?:[^\\s"'<>|*?,;)\\]]|[ ](?=[^\\s"'<>|:*?]{1,60}(?: [^\\s"'<>|:*?\\\\]{1,60}){0,3}\\\\)){0,1000}`,
    ),
    rewrite: (match) => `<path>${/[.,:]+$/.exec(match[0])?.[0] ?? ''}`,
  },
  {
    chars: '\\',
    pattern: sticky(`\\\\{2,4}[\\w.$-]{1,80}\\\\{1,2}[^\\s"'<>|*?,;)]{1,1000}`),
    rewrite: token,
  },
  {
    chars: '%$',
    pattern: sticky(`(?:%\\w{1,40}%|\\$\\{?\\w{1,40}\\}?)[\\\\/]${REST}{1,1000}`),
    rewrite: token,
  },
  {
    // src/core/client.cc, models/v2/x.bin – not and/or, text/html, owner/name
    chars: `${LETTERS}0123456789_@`,
    after: './\\-@+~',
    pattern: sticky(`(?<![\\w.@/\\\\])${NAME}(?:[\\\\/](?=[\\w.@~+-])${NAME}){1,30}[\\\\/]?${LINE}`),
    rewrite: (match) => {
      const path = match[0];
      const hasFile = FILE_ENDING.test(path);
      const deep = (path.match(/[\\/]/g)?.length ?? 0) >= 2 && /[.\d_-]/.test(path);
      return hasFile || deep ? `<path>${/[.:]+$/.exec(path)?.[0] ?? ''}` : null;
    },
  },
  {
    chars: `${LETTERS}0123456789_`,
    after: '.-+',
    pattern: sticky(
      `(?<![\\w.@/\\\\])[\\w][\\w.+-]{0,200}\\.(?:${SURE_EXTENSION}(?![\\w-])|${MAYBE_EXTENSION}(?![\\w(-]))(?!\\.\\w)${LINE}`,
    ),
    rewrite: (match, site) => {
      const name = match[0];
      const sure = SURE_ENDING.test(name);
      const told =
        sure ||
        /['"`]/.test(charBefore(site)) ||
        /:\d/.test(name) ||
        /\d/.test(name.slice(0, name.lastIndexOf('.')));
      return told && !/^(?:self|cls)\./.test(name) && site.text.charAt(site.at + name.length) !== '('
        ? '<path>'
        : null;
    },
  },
];
