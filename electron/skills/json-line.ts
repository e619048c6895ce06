/** Deeper than this no answer of a skill is looked at: whatever walks it later may recurse. */
export const maxJsonDepth = 200;

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

/** Looks at the text, not at the parsed value: nothing is built for a line that is refused. */
function depthExceeds(text: string, limit: number): boolean {
  if (text.length <= 2 * limit) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) {
      inString = true;
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
    }
  }
  return false;
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
