import { parse, TomlError } from 'smol-toml';
import type { Broken } from '../../shared/model/skill.ts';
import { explainToml } from './manifest-error.ts';

export type Table = Readonly<Record<string, unknown>>;
export type TomlResult =
  | { readonly ok: true; readonly table: Table }
  | { readonly ok: false; readonly broken: Broken };

/** A manifest is flat; deeper inline nesting than this is a mistake or an attack on the parser. */
const maxInlineDepth = 32;

/** Parses TOML that starts after line `lineOffset` of `file`. A syntax error comes back with its line there. */
export function readToml(text: string, file: string, lineOffset = 0): TomlResult {
  try {
    return { ok: true, table: parse(text, { maxDepth: maxInlineDepth }) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { ok: false, broken: { file, line: error.line + lineOffset, message: explainToml(error, text) } };
  }
}

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
