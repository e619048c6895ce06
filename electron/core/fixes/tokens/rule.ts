/** Where a rule is applied: the text being scanned, the position of the match, and what is known about it. */
export interface Site {
  readonly text: string;
  readonly at: number;
  /** The text is the message of a named exception. */
  readonly typed: boolean;
  /** The named exception's class in lower case, empty when there is none. */
  readonly type: string;
}

/**
 * One way a text varies. A rule is tried at the start of a word or at a character that is none; the first rule that
 * matches and rewrites wins, and what it returns is not scanned again.
 */
export interface TokenRule {
  /** Sticky. Every repetition in it is bounded: that is what keeps the scan linear. */
  readonly pattern: RegExp;
  /** The replacement, or null to decline. */
  readonly rewrite: (match: RegExpExecArray, site: Site) => string | null;
}

/** Rules that begin with one of some characters. */
export interface CharRule extends TokenRule {
  readonly chars: string;
  /** When it begins with a word: the characters of which one must follow that word. What spares most attempts. */
  readonly after?: string;
}

/** Rules that begin with a word, given in lower case: the run of letters up to the first character that is none. */
export interface WordRule extends TokenRule {
  readonly words: readonly string[];
}

export const DIGITS = '0123456789';
export const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A quoted string on one line, at most 200 characters; group numbers are the caller's. */
export const QUOTED = `(?:b?'(?:\\\\.|[^'\\\\\\n]){0,200}'|b?"(?:\\\\.|[^"\\\\\\n]){0,200}")`;

/** Sticky and ignoring case, from the parts of a pattern. */
export function sticky(...parts: readonly string[]): RegExp {
  return new RegExp(parts.join(''), 'iy');
}

/** The character before the site, or an empty string at the start. */
export function charBefore(site: Site): string {
  return site.at === 0 ? '' : site.text.charAt(site.at - 1);
}
