import { HOST_NAME, hostPort } from './hosts.ts';
import { portToken, serviceOfPort } from './ports.ts';
import { type CharRule, LETTERS, sticky } from './rule.ts';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IPV4 = `${OCTET}(?:\\.${OCTET}){3}`;
/** A port after an address: `:6379`, `', 6379` (a Python address pair), `", 6379`. */
const PORT_AFTER = `(?::(\\d{1,5})(?!\\d|\\.\\d)|(['"]), ?(\\d{1,5})(?!\\d))`;
/** Top-level domains that are no Python attribute names. */
const SURE_TLD =
  /\.(?:com|net|org|edu|gov|local|localdomain|internal|lan|intranet|corp|cloud|online|site|xyz|biz|arpa|onion|example|test|invalid)$/i;
/** Top-level domains that are also words of code (`tf.io`, `np.ai`): only with a label more, a hyphen or a digit. */
const MAYBE_TLD =
  /\.(?:io|dev|ai|app|co|me|tv|gg|sh|so|info|svc|de|uk|fr|nl|jp|cn|ru|eu|us|ca|au|br|ch|se|es|pl|kr|in|it|cz|at|be|dk|no|fi|tech|space|live|run|link|pro)$/i;
const LABELS = '[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})){1,10}';

/** Words and source files that stand before a colon and a number. */
const NO_HOST =
  /^(?:line|port|pid|id|code|error|errno|row|col|column|char|position|size|length)$|\.(?:py|pyx|c|cc|cpp|h|js|ts|go|rs|java)$/i;
const VERSION_BEFORE = /(?:version|release|chrome|firefox|browser|driver|v)(?: is)?[ :=/]{0,3}$/i;

/** Punctuation after an address; a closing bracket that was opened inside belongs to the address. */
function trailingPunctuation(url: string): string {
  const trailing = /[.,;:!?)\]]{1,200}$/.exec(url)?.[0] ?? '';
  const body = url.slice(0, url.length - trailing.length);
  const closes = {
    ')': body.split('(').length - body.split(')').length,
    ']': body.split('[').length - body.split(']').length,
  };
  let from = 0;
  for (const char of trailing) {
    if (char !== ')' && char !== ']') break;
    closes[char] -= 1;
    if (closes[char] < 0) break;
    from += 1;
  }
  return trailing.slice(from);
}

/** A second level that only domains have: `proxy.cse.cuhk.edu.hk`. */
const COUNTRY = /\.(?:com|co|edu|ac|gov|net|org)\.[a-z]{2}$/i;

function looksLikeHost(name: string): boolean {
  if (SURE_TLD.test(name)) return !/^(?:self|cls)\./.test(name);
  if (COUNTRY.test(name)) return true;
  return MAYBE_TLD.test(name) && (name.split('.').length >= 3 || /[-\d]/.test(name)) && !name.includes('_');
}

export const networkCharRules: readonly CharRule[] = [
  {
    chars: LETTERS,
    after: ':+.-',
    pattern: sticky(`[a-z][a-z0-9+.-]{1,24}://[^\\s"'<>{}|\\\\^\`]{0,2000}`),
    rewrite: (match) => {
      const url = match[0];
      const kept = trailingPunctuation(url);
      const port = /^[^/]+\/\/(?:[^/@]*@)?(?:\[[^\]]*\]|[^/:?#]*):(\d{1,5})(?=[/?#]|$)/.exec(
        url.slice(0, url.length - kept.length),
      )?.[1];
      const service = port === undefined ? null : serviceOfPort(port);
      return `${service === null || /^https?$/.test(service) ? '<url>' : `<url:${service}>`}${kept}`;
    },
  },
  {
    chars: `${LETTERS}0123456789`,
    after: '@.+-',
    pattern: sticky(`[a-z0-9][\\w.+-]{0,63}@[a-z0-9][a-z0-9-]{0,62}(?:\\.[a-z0-9-]{1,63}){1,6}`),
    rewrite: () => '<email>',
  },
  {
    chars: '0123456789',
    after: '.',
    pattern: sticky(`(?<![\\w.])${IPV4}(?![\\d])(?:/\\d{1,2}(?!\\d))?${PORT_AFTER}?`),
    rewrite: (match, site) => {
      if (/^\.\d/.test(site.text.slice(site.at + match[0].length, site.at + match[0].length + 2)))
        return null;
      const port = match[1] ?? match[3];
      if (port === undefined)
        return VERSION_BEFORE.test(site.text.slice(Math.max(0, site.at - 16), site.at)) ? '<ver>' : '<ip>';
      return match[2] === undefined ? hostPort(port) : `<host>${match[2]}, ${portToken(port)}`;
    },
  },
  {
    chars: '[',
    pattern: sticky(`\\[[0-9a-f:]{2,45}(?:%\\w{1,16})?\\](?::(\\d{1,5}))?`),
    rewrite: (match) =>
      /:.*:/.test(match[0]) ? (match[1] === undefined ? '[<ip>]' : hostPort(match[1])) : null,
  },
  {
    chars: '0123456789abcdefABCDEF',
    after: ':-',
    pattern: sticky('[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![0-9a-z:-])'),
    rewrite: () => '<mac>',
  },
  {
    chars: ':0123456789abcdefABCDEF',
    after: ':',
    pattern: sticky(
      `(?<![\\w:.)>])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){7}|(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?(?::?${IPV4})?)(?:%\\w{1,16})?(?:/\\d{1,3})?(?![\\w:.]*\\w)${PORT_AFTER}?`,
    ),
    rewrite: (match, site) => {
      // `Bee::add()` and a lone `::` inside words are code, an address of two colons needs a digit or stands alone.
      if (
        /[a-z]/i.test(match[0]) &&
        !/\d/.test(match[0]) &&
        site.text.charAt(site.at + match[0].length) === '('
      )
        return null;
      const port = match[1] ?? match[3];
      return port === undefined
        ? '<ip>'
        : match[2] === undefined
          ? hostPort(port)
          : `<host>${match[2]}, ${portToken(port)}`;
    },
  },
  {
    chars: `${LETTERS}0123456789`,
    after: '.-',
    pattern: sticky(`(?<![\\w.@/\\\\])(${LABELS})${PORT_AFTER}?(/[^\\s"'<>)\\],;]{0,500})?`),
    rewrite: (match, site) => {
      if (!looksLikeHost(match[1] ?? '')) return null;
      if (site.text.charAt(site.at + match[0].length) === '(') return null;
      // example.com/x?y=1 is an address without its scheme.
      if (match[5] !== undefined) return '<url>';
      const port = match[2] ?? match[4];
      return match[3] === undefined ? hostPort(port) : `<host>${match[3]}, ${portToken(port ?? '')}`;
    },
  },
  {
    // redis-master:6379, broker-1:9092 – a name with the port of a known service
    chars: LETTERS,
    after: ':-.',
    pattern: sticky(`(?<![\\w.@/\\\\])([a-z][\\w.-]{0,200}):(\\d{4,5})(?!\\w|\\.\\d)`),
    rewrite: (match) => {
      const [, name = '', port = ''] = match;
      return serviceOfPort(port) !== null && !NO_HOST.test(name) ? hostPort(port) : null;
    },
  },
  {
    // ('localhost', 5432) – an address pair
    chars: '(',
    pattern: sticky(`\\((['"])(${HOST_NAME})\\1, ?(\\d{2,5})\\)`),
    rewrite: (match) =>
      match[2] === 'localhost' || serviceOfPort(match[3] ?? '') !== null
        ? `(${match[1] ?? ''}<host>${match[1] ?? ''}, ${portToken(match[3] ?? '')})`
        : null,
  },
];
