import { MASK } from './patterns.ts';

/** A known secret that is shorter would mask ordinary words and numbers. Characters. */
const SHORTEST_KNOWN = 4;

/**
 * Any JSON value with the known secrets masked in its texts and names; everything else is as it was. For what a skill
 * answers on purpose, where guessing at secrets would spoil the answer. The value is returned itself when nothing is known.
 */
export function maskKnown(value: unknown, secrets: readonly string[]): unknown {
  const known = secrets
    .filter((secret) => secret.length >= SHORTEST_KNOWN)
    .sort((a, b) => b.length - a.length);
  return known.length === 0 ? value : masked(value, known);
}

function masked(value: unknown, known: readonly string[]): unknown {
  if (typeof value === 'string') return maskText(value, known);
  if (Array.isArray(value)) return value.map((entry) => masked(entry, known));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [maskText(name, known), masked(member, known)]),
  );
}

function maskText(text: string, known: readonly string[]): string {
  return known.reduce((left, secret) => left.replaceAll(secret, MASK), text);
}
