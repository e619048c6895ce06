import { depthExceeds, maxJsonDepth } from '../core/json-depth.ts';

export type JsonLine =
  | { readonly kind: 'json'; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: 'blank' }
  | { readonly kind: 'text' }
  | { readonly kind: 'too-deep' };

/** Reads one line a skill wrote on stdout. Only a JSON object can be a message; everything else is text for the log. */
export function readJsonLine(line: string): JsonLine {
  const text = line.trim();
  if (text === '') return { kind: 'blank' };
  if (!text.startsWith('{') || !text.endsWith('}')) return { kind: 'text' };
  if (depthExceeds(text, maxJsonDepth)) return { kind: 'too-deep' };
  try {
    return { kind: 'json', value: JSON.parse(text) as Record<string, unknown> };
  } catch {
    return { kind: 'text' };
  }
}

/** A plain object with own members, or null. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** An own member of a message. `__proto__` and inherited names are never looked through. */
export function ownMember(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Text from a skill for people to read: control characters out, at most `maxChars` characters. */
export function plainText(value: string, maxChars = 2000): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point
  const clean = value.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
  return clean.length > maxChars ? `${clean.slice(0, maxChars)}…` : clean;
}
