const MAX_CHARS = 4096;

/** A line that is, or ends in, a JSON object or array, laid out for reading; null for any other line. */
export function jsonLayout(text: string): string | null {
  const start = text.search(/[{[]/);
  if (start < 0 || text.length > MAX_CHARS || !/[}\]]\s*$/.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text.slice(start));
    if (typeof value !== 'object' || value === null) return null;
    const isBare = Object.keys(value).length === 0;
    return isBare ? null : `${text.slice(0, start)}${JSON.stringify(value, null, 2)}`;
  } catch {
    return null;
  }
}
