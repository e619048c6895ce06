/** The longest error text a reason or message repeats, in characters. The record keeps the whole text. */
const HEADLINE_CHARS = 300;

/**
 * A duration the way people say it: `640 ms`, `5.4 s`, `42 s`, `12 min`, `2 h 5 min`, `3 d 4 h`.
 * `ms` below 0 (a wall clock set back) reads as `0 ms`.
 */
export function durationInWords(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  if (whole < 1000) return `${whole} ms`;
  if (whole < 10_000) return `${Number((whole / 1000).toFixed(1))} s`;
  const secs = Math.round(whole / 1000);
  if (secs < 60) return `${secs} s`;
  if (secs < 3600) return twoUnits(secs, 60, 'min', 1, 's');
  if (secs < 86_400) return twoUnits(secs, 3600, 'h', 60, 'min');
  return twoUnits(secs, 86_400, 'd', 3600, 'h');
}

/**
 * The line of an error that says most, at most 300 characters: the last line of a Python traceback
 * (the exception itself), otherwise the first line that is not blank.
 */
export function headline(error: string): string {
  const lines = error.split('\n').filter((line) => line.trim() !== '');
  const line = error.includes('Traceback (most recent call last)') ? lines.at(-1) : lines[0];
  return clip(line?.trim() ?? '', HEADLINE_CHARS) || 'no error text';
}

/** `1 failure`, `5 failures`. */
export function failuresInWords(count: number): string {
  return count === 1 ? '1 failure' : `${count} failures`;
}

/** At most `maxChars` characters; what was cut is marked, and no character is cut in two. */
export function clip(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : `${text.slice(0, maxChars - 1).toWellFormed()}…`;
}

function twoUnits(secs: number, bigSecs: number, big: string, smallSecs: number, small: string): string {
  const bigs = Math.floor(secs / bigSecs);
  const smalls = Math.floor((secs % bigSecs) / smallSecs);
  return smalls === 0 ? `${bigs} ${big}` : `${bigs} ${big} ${smalls} ${small}`;
}
