import { codeCharRules, codeWordRules } from './code-forms.ts';
import { hostWordRules } from './hosts.ts';
import { idCharRules, keyCharRules, keyWordRules } from './ids.ts';
import { networkCharRules } from './network.ts';
import { libraryRules, numberCharRules, versionRules } from './numbers.ts';
import { pathCharRules } from './paths.ts';
import { type CharRule, DIGITS, LETTERS, type Site, type TokenRule, type WordRule } from './rule.ts';
import { slotCharRules, slotWordRules } from './slots.ts';
import { timeCharRules, timeWordRules } from './time.ts';
import { rewriteWord } from './words.ts';

/** In order: the first that matches wins. Slots know whole messages, numbers know nothing but themselves. */
const CHAR_RULES: readonly CharRule[] = [
  ...slotCharRules,
  ...codeCharRules,
  ...keyCharRules,
  ...idCharRules,
  ...timeCharRules,
  ...libraryRules,
  ...networkCharRules,
  ...pathCharRules,
  ...numberCharRules,
];
const WORD_RULES: readonly WordRule[] = [
  ...slotWordRules,
  ...codeWordRules,
  ...keyWordRules,
  ...timeWordRules,
  ...hostWordRules,
  ...versionRules,
];

interface GatedRule extends TokenRule {
  /** By character code: whether a word may be followed by it. Null: by anything. */
  readonly after: Uint8Array | null;
}

function gate(chars: string): Uint8Array {
  const open = new Uint8Array(128);
  for (const char of chars) open[char.charCodeAt(0)] = 1;
  return open;
}

/** A token that is there already, from an earlier pass or a person's hand. */
const TOKEN = /<[a-z]{1,12}(?::[a-z0-9_.-]{1,40})?>/y;

const byChar: GatedRule[][] = Array.from({ length: 128 }, () => []);
for (const { pattern, rewrite, chars, after } of CHAR_RULES) {
  const rule = { pattern, rewrite, after: after === undefined ? null : gate(after) };
  for (const char of chars) byChar[char.charCodeAt(0)]?.push(rule);
}
const byWord = new Map<string, GatedRule[]>();
for (const { pattern, rewrite, words } of WORD_RULES) {
  const rule = { pattern, rewrite, after: null };
  for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), rule]);
}

/** Replaces what varies in a message by a token for its kind and keeps what tells errors apart. One pass, left to right. */
export function scanTokens(text: string, type: string | null): string {
  const site = { text, at: 0, typed: type !== null, type: type?.toLowerCase() ?? '' };
  let out = '';
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 60) {
      TOKEN.lastIndex = at;
      if (TOKEN.test(text)) {
        at = TOKEN.lastIndex;
        continue;
      }
    }
    site.at = at;
    const wordEnd = isWord(code) ? endOfWord(text, at) : at;
    const rewritten =
      (wordEnd > at ? applyWord(text, at, wordEnd, site) : null) ??
      apply(byChar[code], text, at, wordEnd, site);
    if (rewritten !== null) {
      out += text.slice(copied, at) + rewritten;
      at = matchEnd;
      copied = at;
    } else if (wordEnd > at) {
      if (mayVary(text, at, wordEnd)) {
        out += text.slice(copied, at) + rewriteWord(text.slice(at, wordEnd));
        copied = wordEnd;
      }
      at = wordEnd;
    } else {
      at += 1;
    }
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** A word without digits that is too short to be random is copied as it is. */
function mayVary(text: string, at: number, end: number): boolean {
  if (end - at >= 8) return true;
  for (let index = at; index < end; index += 1) {
    if (text.charCodeAt(index) <= 57) return true;
  }
  return false;
}

/** Where the last rule that matched ended; kept aside so that a match allocates nothing more. */
let matchEnd = 0;

function applyWord(text: string, at: number, wordEnd: number, site: Site): string | null {
  let end = at;
  while (end < wordEnd && isLetter(text.charCodeAt(end))) end += 1;
  if (end === at || end - at > 12) return null;
  const rules = byWord.get(text.slice(at, end).toLowerCase());
  return rules === undefined ? null : apply(rules, text, at, at, site);
}

function apply(
  rules: readonly GatedRule[] | undefined,
  text: string,
  at: number,
  wordEnd: number,
  site: Site,
): string | null {
  if (rules === undefined) return null;
  const next = wordEnd > at && wordEnd < text.length ? text.charCodeAt(wordEnd) : 0;
  for (const rule of rules) {
    if (rule.after !== null && wordEnd > at && rule.after[next] !== 1) continue;
    rule.pattern.lastIndex = at;
    const match = rule.pattern.exec(text);
    // A rule that matches nothing would never get on.
    if (match === null || match[0].length === 0) continue;
    const rewritten = rule.rewrite(match, site);
    if (rewritten === null) continue;
    matchEnd = at + match[0].length;
    return rewritten;
  }
  return null;
}

/** By character code: 2 a letter, 1 a digit or underscore, 0 anything else. */
const KIND = new Uint8Array(128);
for (const char of LETTERS) KIND[char.charCodeAt(0)] = 2;
for (const char of `${DIGITS}_`) KIND[char.charCodeAt(0)] = 1;

function isLetter(code: number): boolean {
  return KIND[code] === 2;
}

function isWord(code: number): boolean {
  return (KIND[code] ?? 0) > 0;
}

function endOfWord(text: string, from: number): number {
  let end = from;
  while (end < text.length && isWord(text.charCodeAt(end))) end += 1;
  return end;
}
