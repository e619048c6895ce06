/** What tells two errors apart whatever else they have in common. */
export interface Marks {
  readonly codes: readonly string[];
  readonly quoted: readonly string[];
}

/**
 * Whether two errors must not be taken for each other: both carry codes, or both carry quoted names, and each has one
 * the other lacks. A 401 is not a 503, `'group'` is not `'groups'`; an error that merely says less is no contradiction.
 */
export function contradict(left: Marks, right: Marks): boolean {
  return differ(left.codes.map(bareCode), right.codes.map(bareCode)) || differ(left.quoted, right.quoted);
}

/** `http:401` and `code:401` are the same number in different words; a port is known by its service. */
function bareCode(code: string): string {
  return code.slice(code.indexOf(':') + 1);
}

function differ(left: readonly string[], right: readonly string[]): boolean {
  const other = new Set(right);
  const own = new Set(left);
  return left.some((mark) => !other.has(mark)) && right.some((mark) => !own.has(mark));
}
