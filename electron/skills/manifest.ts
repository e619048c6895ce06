import type { SkillOverride } from '../../shared/model/config.ts';
import type { Broken, SkillProtocol } from '../../shared/model/skill.ts';
import { type Problem, problemsOf, sentenceOf } from './manifest-error.ts';
import { findLines, type LineFinder } from './manifest-lines.ts';
import { readOverride } from './manifest-override.ts';
import { defaultRun, type RunSpec } from './manifest-run.ts';
import { manifestSchema } from './manifest-schema.ts';
import { isTable, readToml, type Table } from './manifest-toml.ts';
import type { MetadataBlock } from './pep723.ts';

/** A secret a skill needs, known to it as `name` in the handshake and as `envVar` in its environment. */
export interface CredentialSpec {
  readonly name: string;
  readonly envVar: string;
  readonly description: string;
  readonly required: boolean;
  readonly default: string | null;
}

/** What a skill says about itself (DESIGN.md section 5). Paths and commands are as written, nothing is resolved. */
export interface Manifest {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly description: string | null;
  /** Relative to the skill's folder, never outside it; null when `command` alone says what to run. */
  readonly entryFile: string | null;
  /** Null where it is not written down: the first handshake finds out. */
  readonly protocol: SkillProtocol | null;
  readonly mode: 'daemon' | 'one-shot';
  /** The whole argv when the skill is not started by an interpreter of our choice. */
  readonly command: readonly string[] | null;
  /** Absolute; null: the skill's own folder. */
  readonly cwd: string | null;
  readonly interpreter: string | null;
  /** A version or PEP 440 release clauses; a bare version means "or newer". */
  readonly minPython: string | null;
  readonly minUvVersion: string | null;
  readonly credentials: readonly CredentialSpec[];
  readonly settings: Readonly<Record<string, string>>;
  /** Variables of its environment besides the credentials. */
  readonly env: Readonly<Record<string, string>>;
  /** Of a one-shot skill; null of a daemon. */
  readonly run: RunSpec | null;
  readonly override: SkillOverride | undefined;
}

/** `id` of a broken manifest is what could still be made out, so that the skill keeps its name while broken. */
export type ManifestResult =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly broken: Broken; readonly id: string | null };

/**
 * Reads the text of a `manifest.toml`. Never throws: everything wrong with it comes back as `broken`,
 * with the file, the line (from 1) and a sentence that says what to write instead.
 */
export function parseManifest(text: string, file: string): ManifestResult {
  const document = readToml(text, file);
  if (document.ok) return readManifest(document.table, { file, lineOf: findLines(text) });
  return {
    ok: false,
    broken: document.broken,
    id: /^\s*id\s*=\s*["']([a-z0-9_-]{1,64})["']/m.exec(text)?.[1] ?? null,
  };
}

/** A Python file that is a skill by itself: `fileName` is `<stem>.py`, `block` its PEP 723 metadata. */
export interface ScriptSource {
  readonly file: string;
  readonly fileName: string;
  readonly stem: string;
  readonly block: MetadataBlock;
}

/**
 * Reads `[tool.skillward]` of a single-file skill from its parsed metadata block; null when the table is not there.
 * The members are those of `manifest.toml`; `id` and `name` default to the file's stem.
 */
export function parseScriptManifest(metadata: Table, script: ScriptSource): ManifestResult | null {
  const tool = metadata.tool;
  const table = isTable(tool) ? tool.skillward : undefined;
  if (table === undefined) return null;
  const lines = findLines(script.block.toml);
  const lineOf: LineFinder = (path) => lines(['tool', 'skillward', ...path]) + script.block.lineOffset;
  const source = { file: script.file, lineOf };
  if (!isTable(table)) {
    return broken(source, [{ path: ['tool.skillward'], message: 'must be a table' }], script.stem);
  }
  const id = table.id ?? script.stem;
  if ((table.entry_file ?? script.fileName) !== script.fileName) {
    const message = 'does not belong into a single-file skill, which is its own entry file: leave it out';
    return broken(source, [{ path: ['entry_file'], message }], id);
  }
  return readManifest({ name: id, ...table, id, entry_file: script.fileName }, source);
}

interface Source {
  readonly file: string;
  readonly lineOf: LineFinder;
}

function readManifest(table: Table, source: Source): ManifestResult {
  const parsed = manifestSchema.safeParse(table);
  const { override, problems } = readOverride(table);
  if (!parsed.success || problems.length > 0) {
    return broken(source, [...(parsed.error ? problemsOf(parsed.error) : []), ...problems], table.id);
  }
  const fields = parsed.data;
  const entryFile = fields.entry_file ?? (fields.command === undefined ? 'skill.py' : null);
  return {
    ok: true,
    manifest: {
      id: fields.id,
      name: fields.name,
      version: fields.version,
      description: fields.description ?? null,
      entryFile,
      protocol: fields.protocol ?? null,
      mode: fields.mode,
      command: fields.command ?? null,
      cwd: fields.cwd ?? null,
      interpreter: fields.interpreter ?? null,
      minPython: fields.min_python ?? null,
      minUvVersion: fields.min_uv_version ?? null,
      credentials: fields.credentials.map(({ env_var: envVar, default: preset, ...credential }) => ({
        ...credential,
        envVar,
        default: preset ?? null,
      })),
      settings: fields.settings,
      env: fields.env,
      run: fields.mode === 'one-shot' ? (fields.run ?? defaultRun) : null,
      override,
    },
  };
}

/** The first problem by line is shown: later ones often follow from it. */
function broken(source: Source, problems: readonly Problem[], id: unknown): ManifestResult {
  const [first, ...others] = problems
    .map((problem) => ({ line: source.lineOf(problem.path), message: sentenceOf(problem) }))
    .sort((left, right) => left.line - right.line);
  const more = others.length === 0 ? '' : ` (and ${others.length} more in this file)`;
  return {
    ok: false,
    broken: {
      file: source.file,
      line: first?.line ?? 1,
      message: `${first?.message ?? 'cannot be read'}${more}`,
    },
    id: typeof id === 'string' && /^[a-z0-9_-]{1,64}$/.test(id) ? id : null,
  };
}
