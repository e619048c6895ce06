/** What stands in the place of a secret. */
export const MASK = '[secret]';

/** A way secrets are written, and what is left of it. Every repetition is bounded or cannot be re-entered, so the time is linear. */
export interface SecretPattern {
  readonly find: RegExp;
  readonly replace: string | ((...parts: string[]) => string);
}

const SECRET_NAME =
  '(?:pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|apikey|access[_-]?key(?:[_-]?id)?|private[_-]?key|secret[_-]?key|auth[_-]?key|credentials?|jsessionid|session[_-]?(?:id|key)|signature|x-amz-(?:credential|security-token))';
/** Values that are none: what a program prints when there is no secret, placeholders, and what is masked already. */
const NO_VALUE =
  '(?!(?:none|null|true|false|undefined|yes|no|str|bytes|missing|invalid|required|expired)\\b|\\[secret\\]|[<{%$*\\[(])';
const LOOKS_SECRET = /^(?=.*\d)(?=.*[A-Za-z])\S{6,}$|^\S{24,}$/;

function named(_: string, before = '', open = '', value = ''): string {
  return open === '' && !LOOKS_SECRET.test(value) ? before + value : before + open + MASK + open;
}

export const SECRET_PATTERNS: readonly SecretPattern[] = [
  {
    find: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:(?!-----)[\s\S]){0,16384}(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
    replace: MASK,
  },
  // Issued keys, by their prefix
  { find: /\beyJ[\w-]{8,4096}\.[\w-]{4,4096}(?:\.[\w-]{0,4096})?/g, replace: MASK },
  { find: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, replace: MASK },
  { find: /\bAIza[\w-]{35}/g, replace: MASK },
  { find: /\bya29\.[\w-]{20,512}/g, replace: MASK },
  { find: /\bSG\.[\w-]{16,32}\.[\w-]{32,64}/g, replace: MASK },
  {
    find: /\b(?:sk|pk|rk)[-_](?=[\w*-]{0,80}[\d*])[\w*-]{12,256}|\b(?:whsec_|gh[pousr]_|github_pat_|glpat-|xox[abeps]-|xapp-|hf_|npm_|pypi-|dop_v1_|gsk_|nvapi-|shpat_|sq0[a-z]{3}-)[\w-]{10,256}/g,
    replace: MASK,
  },
  // Bot tokens: Telegram, Discord
  { find: /(?<![\w:])(bot)?\d{6,12}:[\w-]{30,64}(?![\w:])/g, replace: `$1${MASK}` },
  { find: /\b[MNO][\w-]{22,28}\.[\w-]{6}\.[\w-]{27,64}/g, replace: MASK },
  { find: /(hooks\.slack\.com\/services\/|\/api\/webhooks\/\d{1,24}\/)[\w/-]{8,128}/g, replace: `$1${MASK}` },
  // Credentials in an address: the user is kept, the password is not
  {
    find: /(\b[a-z][a-z0-9+.-]{1,24}:\/\/[^\s:/@"'<>]{0,128}):(?!\[secret\]@)[^\s/@"'<>]{1,256}@/gi,
    replace: `$1:${MASK}@`,
  },
  // Headers
  {
    find: /\b(Bearer|Basic)(\s{1,3}|%20)(?=[\w.~+/=-]{0,16}[\d=]|[\w.~+/=-]{24})[\w.~+/=-]{8,4096}/gi,
    replace: `$1$2${MASK}`,
  },
  {
    find: /\b((?:proxy-)?authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:token|digest|apikey)\s{1,3})(?!\[secret\])[^\s"',;]{6,4096}/gi,
    replace: `$1${MASK}`,
  },
  {
    find: /\b((?:set-)?cookie["']?\s{0,3}:\s{0,3}["']?)(?!\[secret\])(?=[^\s"'=]{1,128}=)[^\n"']{1,4096}/gi,
    replace: `$1${MASK}`,
  },
  // "password": "…", 'api_key': '…', password='…'
  {
    find: new RegExp(
      `(${SECRET_NAME}["']?\\s{0,3}(?:[=:]|=>)\\s{0,3}b?)(["'])${NO_VALUE}([^"'\\n]{1,4096})\\2`,
      'gi',
    ),
    replace: named,
  },
  // password=…, &token=…
  {
    find: new RegExp(`(${SECRET_NAME}=)(?!\\/)${NO_VALUE}[^\\s"'&,;)}\\]<>|]{1,4096}`, 'gi'),
    replace: `$1${MASK}`,
  },
  // password: … only where it looks like one: "token: unexpected end" is prose
  {
    find: new RegExp(`(${SECRET_NAME}["']?:\\s{0,3})()${NO_VALUE}([^\\s"'&,;)}\\]<>|]{6,4096})`, 'gi'),
    replace: named,
  },
];

/** Folders named after a person. Inside an address or another path the word home is just a word. */
export const HOME_FOLDER =
  /(?<![\w.~-])(?:\/(?:home|Users)\/(?!~)[^\s/\\"'`<>:,;|)(\]]{1,64}|[A-Za-z]:(?:\\{1,2}|\/)(?:Users|Documents and Settings)(?:\\{1,2}|\/)(?!~)[^/\\"'`<>:,;|\n]{1,64}(?=[/\\]|["'`\s]|$))/g;
