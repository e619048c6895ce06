import { fleetConfigSchema } from '../../../shared/model/config.ts';

/** Labels as they are written: `place=attic`. */
export function labelsAsText(labels: Readonly<Record<string, string>>): string[] {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`);
}

/** Labels read from what was written; the last of one key counts. `problem` says what cannot be taken, or is null. */
export function labelsFromText(texts: readonly string[]): {
  readonly labels: Record<string, string>;
  readonly problem: string | null;
} {
  const pairs = texts.map((text) => {
    const at = text.indexOf('=');
    return at < 0 ? ([text, ''] as const) : ([text.slice(0, at).trim(), text.slice(at + 1).trim()] as const);
  });
  const nameless = pairs.find(([, value]) => value === '');
  if (nameless !== undefined)
    return { labels: {}, problem: `“${nameless[0]}” has no value: write key=value.` };
  const labels = Object.fromEntries(pairs);
  const read = fleetConfigSchema.shape.labels.safeParse(labels);
  if (read.success) return { labels: read.data, problem: null };
  return {
    labels: {},
    problem: 'A key has a–z, 0–9, _ . and -, at most 40; a value at most 100 characters.',
  };
}
