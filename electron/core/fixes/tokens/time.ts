import { type CharRule, charBefore, DIGITS, sticky, type WordRule } from './rule.ts';

const CLOCK = '(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:[.,]\\d{1,9})?)?(?![\\d:])';
const ZONE =
  '(?: ?(?:Z(?:\\d\\d:\\d\\d)?|UTC|GMT|[ECMP][SD]T|CES?T|BST|IST|JST|KST|MSK|AEST)(?:[+-]\\d\\d:?\\d\\d)?\\b| ?[+-]\\d\\d(?::?\\d\\d)?(?![\\d:]))?(?: \\([A-Z][A-Za-z ]{2,40}\\))?';
const MONTH =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const MERIDIEM = '(?: ?[AP]\\.?M\\b\\.?)?';
const AT_TIME = `(?:(?:[T ]|, ?| at | - )${CLOCK}${MERIDIEM}${ZONE})?`;
const DAY_MONTH = `${DAY}[ -]${MONTH}[ -](?:\\d{4}|\\d{2})(?!\\d)${AT_TIME}`;
const MONTH_DAY = `${MONTH} {1,2}${DAY}(?:,? \\d{4}(?!\\d)${AT_TIME}| ${CLOCK}${MERIDIEM}(?: \\d{4}(?!\\d))?${ZONE})`;
const MONTHS = [
  'jan',
  'january',
  'feb',
  'february',
  'mar',
  'march',
  'apr',
  'april',
  'may',
  'jun',
  'june',
  'jul',
  'july',
  'aug',
  'august',
  'sep',
  'sept',
  'september',
  'oct',
  'october',
  'nov',
  'november',
  'dec',
  'december',
];
const WEEKDAYS = [
  'mon',
  'monday',
  'tue',
  'tues',
  'tuesday',
  'wed',
  'wednesday',
  'thu',
  'thur',
  'thurs',
  'thursday',
  'fri',
  'friday',
  'sat',
  'saturday',
  'sun',
  'sunday',
];

const stamp = (): string => '<time>';
/** A date inside a longer number or a version is none. */
const standsAlone = (_: RegExpExecArray, site: Parameters<CharRule['rewrite']>[1]): string | null =>
  /[\d.:]/.test(charBefore(site)) ? null : '<time>';

export const timeCharRules: readonly CharRule[] = [
  {
    chars: DIGITS,
    after: '-/.',
    pattern: sticky(`\\d{4}([-/.])(?:0[1-9]|1[0-2])\\1(?:0[1-9]|[12]\\d|3[01])(?!\\d)${AT_TIME}`),
    rewrite: standsAlone,
  },
  {
    chars: '12',
    pattern: sticky(
      `(?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?:[T ](?:[01]\\d|2[0-3])[0-5]\\d[0-5]\\d(?!\\d)${ZONE}|[T ]${CLOCK}${ZONE})`,
    ),
    rewrite: standsAlone,
  },
  {
    chars: DIGITS,
    after: '/.',
    pattern: sticky(
      `(?:0?[1-9]|[12]\\d|3[01])([/.])(?:0?[1-9]|[12]\\d|3[01])\\1(?:19|20)?\\d\\d(?![\\d.])${AT_TIME}`,
    ),
    // 1.2.34 is a version: dots need a year of four digits.
    rewrite: (match, site) =>
      match[1] === '.' && !/\.(?:19|20)\d\d/.test(match[0]) ? null : standsAlone(match, site),
  },
  { chars: DIGITS, after: ' -', pattern: sticky(DAY_MONTH), rewrite: standsAlone },
  { chars: DIGITS, after: ':', pattern: sticky(`${CLOCK}${MERIDIEM}${ZONE}`), rewrite: standsAlone },
];

export const timeWordRules: readonly WordRule[] = [
  { words: MONTHS, pattern: sticky(MONTH_DAY), rewrite: stamp },
  { words: WEEKDAYS, pattern: sticky(`[a-z]{3,9},? (?:${DAY_MONTH}|${MONTH_DAY})`), rewrite: stamp },
  {
    words: ['datetime', 'timestamp', 'date'],
    pattern: sticky(`(?:datetime\\.)?(?:datetime|date|time|Timestamp)\\([\\d'"][^()\\n]{0,120}\\)`),
    rewrite: stamp,
  },
];
