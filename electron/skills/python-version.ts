/** The numeric parts of a version, most significant first: `3.11.7` is `[3, 11, 7]`. */
export type Version = readonly number[];

const wildcard = /^(\d+(?:\.\d+)*)(\.[*x])?$/;
const clause = /^(~=|===?|!=|<=|>=|<|>)?\s*([^\s]+)$/;

/** The first dotted number in what a program says about itself (`Python 3.13.0rc1`, `uv 0.9.2 (…)`), else null. */
export function readVersion(text: string): Version | null {
  const found = /(\d+(?:\.\d+)+)/.exec(text)?.[1];
  return found === undefined ? null : found.split('.').map(Number);
}

/** `3.11`: how people name a Python. */
export function shortVersion(version: Version): string {
  return version.slice(0, 2).join('.');
}

export function compareVersions(left: Version, right: Version): number {
  for (let part = 0; part < Math.max(left.length, right.length); part += 1) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

/**
 * Whether `version` fulfils `spec`: a bare version (`3.11`, read as "or newer") or the release clauses of
 * PEP 440 joined by commas (`>=3.10,<4`, `==3.12.*`, `~=3.11`). Null when `spec` cannot be read.
 */
export function satisfiesVersion(version: Version, spec: string): boolean | null {
  let fulfilled = true;
  for (const part of spec.split(',')) {
    const [, operator = '>=', wanted = ''] = clause.exec(part.trim()) ?? [];
    const [, release, open] = wildcard.exec(wanted) ?? [];
    if (release === undefined) return null;
    const verdict = compare(version, operator, release.split('.').map(Number), open !== undefined);
    if (verdict === null) return null;
    fulfilled &&= verdict;
  }
  return fulfilled;
}

/** Whether `satisfiesVersion` can read it. */
export function isVersionSpec(spec: string): boolean {
  return satisfiesVersion([0], spec) !== null;
}

function compare(version: Version, operator: string, wanted: Version, open: boolean): boolean | null {
  const order = compareVersions(open ? version.slice(0, wanted.length) : version, wanted);
  switch (operator) {
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '==':
    case '===':
      return order === 0;
    case '!=':
      return order !== 0;
    case '~=': {
      const stem = wanted.slice(0, -1);
      return stem.length === 0
        ? null
        : order >= 0 && compareVersions(version.slice(0, stem.length), stem) === 0;
    }
    default:
      return null;
  }
}
