import { CallError } from '../../../bridge/call.ts';

/** What a call came to, as text to show: never as markup, whatever the skill sent. */
export interface ShownResult {
  /** An MCP tool said that it failed. The server itself is well. */
  readonly isError: boolean;
  readonly parts: readonly { readonly kind: 'text' | 'json'; readonly text: string }[];
}

/** The most of one part that is shown, in characters. */
const MAX_SHOWN = 50_000;

/** Takes an MCP result apart into its texts; everything else is shown as JSON. */
export function shownResult(result: unknown): ShownResult {
  if (typeof result !== 'object' || result === null) return plain(result);
  const { content, isError, structuredContent } = result as Readonly<Record<string, unknown>>;
  if (!Array.isArray(content)) return plain(result);
  const parts = content.map((part: unknown) => {
    const text = textOf(part);
    return text === null
      ? ({ kind: 'json', text: json(part) } as const)
      : ({ kind: 'text', text: cut(text) } as const);
  });
  return {
    isError: isError === true,
    parts:
      structuredContent === undefined
        ? parts
        : [...parts, { kind: 'json' as const, text: json(structuredContent) }],
  };
}

/** What a call that failed came to: the skill's own words where it answered, else why there is no answer. */
export function shownFailure(error: Error): ShownResult & { readonly answered: boolean } {
  if (!(error instanceof CallError) || error.code !== 'skill_error')
    return { answered: false, isError: true, parts: [{ kind: 'text', text: cut(error.message) }] };
  const details = (error.details ?? {}) as Readonly<Record<string, unknown>>;
  const said = { kind: 'text' as const, text: cut(error.message) };
  const { data } = details;
  const whole = data === undefined || data === null ? null : shownResult(data);
  const parts = whole === null ? [said] : whole.isError ? whole.parts : [said, ...whole.parts];
  return { answered: true, isError: true, parts };
}

function plain(result: unknown): ShownResult {
  return { isError: false, parts: [{ kind: 'json', text: json(result) }] };
}

function textOf(part: unknown): string | null {
  if (typeof part !== 'object' || part === null) return null;
  const { type, text } = part as Readonly<Record<string, unknown>>;
  return type === 'text' && typeof text === 'string' ? text : null;
}

function json(value: unknown): string {
  return cut(JSON.stringify(value, null, 2) ?? 'nothing');
}

function cut(text: string): string {
  if (text.length <= MAX_SHOWN) return text;
  return `${text.slice(0, MAX_SHOWN)}\n… ${(text.length - MAX_SHOWN).toLocaleString('en')} more characters`;
}
