import { HOME_FOLDER, MASK, SECRET_PATTERNS } from './patterns.ts';

/** A known secret that is shorter would mask ordinary words and numbers. */
const SHORTEST_KNOWN = 4;
/** A mask may bring two ends together that look like a secret; every pass leaves less that could. */
const MAX_PASSES = 10;

/**
 * The text with its secrets masked: keys, bearer tokens, JWTs, passwords in addresses and assignments, private key
 * blocks and every secret in `knownSecrets` (of four characters and more) become `[secret]`, the folder of a person
 * becomes `~`. Ordinary error text stays as it is. Idempotent, linear in the length of the text.
 */
export function redactSecrets(text: string, knownSecrets: readonly string[] = []): string {
  const known = knownSecrets.filter((secret) => secret.length >= SHORTEST_KNOWN && !MASK.includes(secret));
  // The longest first: one secret may be the beginning of another.
  known.sort((a, b) => b.length - a.length);
  let redacted = text;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const next = redactOnce(redacted, known);
    if (next === redacted) break;
    redacted = next;
  }
  return redacted;
}

function redactOnce(text: string, known: readonly string[]): string {
  let redacted = text.replace(HOME_FOLDER, '~');
  for (const secret of known) redacted = redacted.replaceAll(secret, MASK);
  for (const { find, replace } of SECRET_PATTERNS) {
    redacted =
      typeof replace === 'string' ? redacted.replace(find, replace) : redacted.replace(find, replace);
  }
  return redacted;
}
