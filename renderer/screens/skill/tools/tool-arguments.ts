import type { ToolField } from './tool-fields.ts';

export type Draft = Readonly<Record<string, string>>;

export type Arguments =
  | { readonly ok: true; readonly values: Readonly<Record<string, unknown>> }
  /** What is wrong, by the name of the field. */
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> };

/** What stands in a field: typed, or what the schema offers until then. */
export function shownIn(field: ToolField, draft: Draft): string {
  return Object.hasOwn(draft, field.name) ? (draft[field.name] ?? '') : field.initial;
}

/** The arguments a filled-in form means. An optional field left empty is left out. */
export function argumentsOf(fields: readonly ToolField[], draft: Draft): Arguments {
  const values: [string, unknown][] = [];
  const problems: [string, string][] = [];
  for (const field of fields) {
    const text = shownIn(field, draft);
    if (text === '' && !(field.required && field.kind === 'text')) {
      if (field.required && field.kind !== 'switch') problems.push([field.name, 'This is needed.']);
      if (field.required && field.kind === 'switch') values.push([field.name, false]);
      continue;
    }
    const read = readField(field, text);
    if ('problem' in read) problems.push([field.name, read.problem]);
    else values.push([field.name, read.value]);
  }
  return problems.length > 0
    ? { ok: false, problems: Object.fromEntries(problems) }
    : { ok: true, values: Object.fromEntries(values) };
}

function readField(field: ToolField, text: string): { value: unknown } | { problem: string } {
  switch (field.kind) {
    case 'text':
      return { value: text };
    case 'number':
    case 'integer': {
      const value = Number(text);
      if (text.trim() === '' || !Number.isFinite(value)) return { problem: 'Enter a number.' };
      if (field.kind === 'integer' && !Number.isSafeInteger(value))
        return { problem: 'Enter a whole number.' };
      return { value };
    }
    case 'switch':
      return { value: text === 'true' };
    case 'choice': {
      const value = field.options.find((option) => JSON.stringify(option) === text);
      return value === undefined ? { problem: 'Choose one.' } : { value };
    }
    case 'json':
      return readJson(text);
  }
}

function readJson(text: string): { value: unknown } | { problem: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { problem: `Not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Typed parameters: a JSON object, or nothing at all. */
export function paramsOf(
  text: string,
): { readonly value: Record<string, unknown> | undefined } | { readonly problem: string } {
  if (text.trim() === '') return { value: undefined };
  const read = readJson(text);
  if ('problem' in read) return read;
  const { value } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: 'Parameters are a JSON object: { "name": "value" }.' };
  return { value: value as Record<string, unknown> };
}
