/** A block of inline metadata (PEP 723). */
export interface MetadataBlock {
  /** The TOML inside, comment signs removed; line N of it is line `lineOffset + N` of the file. */
  readonly toml: string;
  readonly lineOffset: number;
}

export type MetadataResult =
  | { readonly kind: 'none' }
  | { readonly kind: 'block'; readonly block: MetadataBlock }
  /** More than one `script` block, which the PEP tells tools to refuse. `line` is the second one's, from 1. */
  | { readonly kind: 'ambiguous'; readonly line: number };

const opening = /^# \/\/\/ ([a-zA-Z0-9-]+)$/;
const closing = '# ///';

/**
 * Finds the `script` block of a Python source as the PEP's reference expression does: a block ends at the *last*
 * closing line of its run of comment lines, a block never closed is no block, other block types are skipped.
 */
export function findScriptMetadata(source: string): MetadataResult {
  const lines = source.split(/\r\n|\r|\n/);
  let found: MetadataBlock | null = null;
  for (let at = 0; at < lines.length; at += 1) {
    const type = opening.exec(lines[at] ?? '')?.[1];
    if (type === undefined) continue;
    const end = lastClosing(lines, at + 1);
    if (end === null) continue;
    if (type === 'script') {
      if (found !== null) return { kind: 'ambiguous', line: at + 1 };
      const content = lines.slice(at + 1, end).map((line) => line.slice(2));
      found = { toml: content.join('\n'), lineOffset: at + 1 };
    }
    at = end;
  }
  return found === null ? { kind: 'none' } : { kind: 'block', block: found };
}

/** The line that closes a block whose content starts at `start`; null when nothing does or nothing is inside. */
function lastClosing(lines: readonly string[], start: number): number | null {
  let end: number | null = null;
  for (let at = start; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line !== '#' && !line.startsWith('# ')) break;
    if (line === closing && at > start) end = at;
  }
  return end;
}

/** What a script asks of its interpreter: shown, and decisive for how it is started. */
export interface ScriptNeeds {
  readonly dependencies: readonly string[];
  readonly requiresPython: string | null;
}

/** `dependencies` and `requires-python` of a parsed block; members of another type are left out. */
export function readScriptNeeds(table: Readonly<Record<string, unknown>>): ScriptNeeds {
  const { dependencies, 'requires-python': requiresPython } = table;
  return {
    dependencies: Array.isArray(dependencies)
      ? dependencies.filter((dependency): dependency is string => typeof dependency === 'string')
      : [],
    requiresPython: typeof requiresPython === 'string' ? requiresPython : null,
  };
}
