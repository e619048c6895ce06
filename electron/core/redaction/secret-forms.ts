/** A part of a secret that is shorter would mask ordinary words. Characters. */
const SHORTEST_LINE = 8;

/**
 * The forms in which a program may write a secret it was given: as it is, as the inside of a JSON text, in an address,
 * and line by line where it has several (logs are masked line by line).
 */
export function secretForms(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  const forms = [
    secret,
    secret.trim(),
    JSON.stringify(secret).slice(1, -1),
    ...(secret.isWellFormed() ? [encodeURIComponent(secret)] : []),
    ...(lines.length > 1 ? lines.filter((line) => line.length >= SHORTEST_LINE) : []),
  ];
  return [...new Set(forms)].filter((form) => form !== '');
}
