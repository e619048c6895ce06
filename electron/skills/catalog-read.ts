import path from 'node:path';
import type { Broken } from '../../shared/model/skill.ts';
import {
  digestOf,
  digestSources,
  liesInside,
  maxManifestBytes,
  maxScriptBytes,
  readText,
  stampOf,
  statOf,
} from './catalog-files.ts';
import type { CatalogSkill } from './catalog-skill.ts';
import { type Manifest, type ManifestResult, parseManifest, parseScriptManifest } from './manifest.ts';
import { readLegacyManifest } from './manifest-legacy.ts';
import { readToml, type Table } from './manifest-toml.ts';
import { findScriptMetadata, type MetadataBlock, readScriptNeeds, type ScriptNeeds } from './pep723.ts';

/** The skill in a folder; null when it holds no `manifest.toml` (nor an older host's) and so is none. Nothing is executed. */
export async function readSkillFolder(folder: string): Promise<CatalogSkill | null> {
  const file = path.join(folder, 'manifest.toml');
  const read = await readText(file, maxManifestBytes);
  const fallback = safeId(path.basename(folder));
  if (read.kind === 'missing') {
    const legacy = await readLegacyManifest(folder, fallback);
    return legacy === null ? null : fromManifest(folder, legacy.file, legacy.text, legacy.result, fallback);
  }
  if (read.kind === 'refused') {
    const broken = { file, line: null, message: `${path.basename(file)} ${read.message}` };
    const fingerprint = digestOf(broken.message, await stampOf(file), await digestSources(folder));
    return brokenSkill(fallback, { folder, manifestFile: file }, broken, fingerprint);
  }
  return fromManifest(folder, file, read.text, parseManifest(read.text, file), fallback);
}

async function fromManifest(
  folder: string,
  file: string,
  text: string,
  result: ManifestResult,
  fallback: string,
): Promise<CatalogSkill> {
  const sources = await digestSources(folder);
  const place = { folder, manifestFile: file };
  if (!result.ok) return brokenSkill(result.id ?? fallback, place, result.broken, digestOf(text, sources));
  const { manifest } = result;
  const entry = await readEntry(folder, manifest, file);
  const fingerprint = digestOf(text, sources, entry.content);
  if (entry.broken !== null) return brokenSkill(manifest.id, place, entry.broken, fingerprint, manifest);
  return wholeSkill(place, manifest, entry.needs, fingerprint);
}

/** A single `.py` file as a skill; null when it has no PEP 723 block with `[tool.skillward]`. */
export async function readSkillFile(file: string): Promise<CatalogSkill | null> {
  const read = await readText(file, maxScriptBytes);
  if (read.kind !== 'text') return null;
  const place = { folder: path.dirname(file), manifestFile: file };
  const fileName = path.basename(file);
  const id = safeId(path.basename(file, '.py'));
  const fingerprint = digestOf(read.text);
  const metadata = readMetadata(read.text, file);
  if (metadata.kind === 'broken') {
    // Somebody else's script with a bad block is none of our business.
    return /^# \[tool\.skillward\b/m.test(read.text)
      ? brokenSkill(id, place, metadata.broken, fingerprint)
      : null;
  }
  if (metadata.kind === 'none') return null;
  const result = parseScriptManifest(metadata.table, { file, fileName, stem: id, block: metadata.block });
  if (result === null) return null;
  if (!result.ok) return brokenSkill(result.id ?? id, place, result.broken, fingerprint);
  return wholeSkill(place, result.manifest, readScriptNeeds(metadata.table), fingerprint);
}

/** Another skill got the id first: the same skill, shown as broken under an id of its own. */
export function asBroken(skill: CatalogSkill, id: string, broken: Broken): CatalogSkill {
  return { ...skill, id, broken, fingerprint: digestOf(skill.fingerprint, broken.message) };
}

/** A skill that is known to have been there, without its files. */
export function missingSkill(id: string, folder: string, broken: Broken, fingerprint: string): CatalogSkill {
  return brokenSkill(id, { folder, manifestFile: broken.file }, broken, fingerprint);
}

interface Entry {
  readonly content: string;
  readonly needs: ScriptNeeds | null;
  readonly broken: Broken | null;
}

async function readEntry(folder: string, manifest: Manifest, manifestFile: string): Promise<Entry> {
  if (manifest.entryFile === null) return { content: '', needs: null, broken: null };
  const file = path.resolve(folder, manifest.entryFile);
  const refuse = (message: string): Entry => ({
    content: message,
    needs: null,
    broken: { file: manifestFile, line: null, message: `\`entry_file\` ${manifest.entryFile} ${message}` },
  });
  const stats = await statOf(file);
  if (stats === null) return refuse('does not exist: create it, or name the script that does');
  if (stats instanceof Error) return refuse(`cannot be read: ${stats.message}`);
  if (!stats.isFile()) return refuse('is not a file');
  if (!(await liesInside(file, folder))) {
    return refuse("leads out of the skill's folder through a symbolic link: put the script itself there");
  }
  const read = await readText(file, maxScriptBytes);
  // A huge or binary entry file is started all the same; only what it declares cannot be known.
  if (read.kind !== 'text') return { content: await stampOf(file), needs: null, broken: null };
  const metadata = readMetadata(read.text, file);
  if (metadata.kind === 'broken') return { content: read.text, needs: null, broken: metadata.broken };
  const needs = metadata.kind === 'none' ? null : readScriptNeeds(metadata.table);
  return { content: read.text, needs, broken: null };
}

type Metadata =
  | { readonly kind: 'none' }
  | { readonly kind: 'broken'; readonly broken: Broken }
  | { readonly kind: 'table'; readonly table: Table; readonly block: MetadataBlock };

function readMetadata(source: string, file: string): Metadata {
  const found = findScriptMetadata(source);
  if (found.kind === 'none') return found;
  if (found.kind === 'ambiguous') {
    const message = 'a second `# /// script` block: PEP 723 allows one, merge them';
    return { kind: 'broken', broken: { file, line: found.line, message } };
  }
  const toml = readToml(found.block.toml, file, found.block.lineOffset);
  return toml.ok
    ? { kind: 'table', table: toml.table, block: found.block }
    : { kind: 'broken', broken: toml.broken };
}

interface Place {
  readonly folder: string;
  readonly manifestFile: string;
}

function wholeSkill(
  place: Place,
  manifest: Manifest,
  needs: ScriptNeeds | null,
  fingerprint: string,
): CatalogSkill {
  const { id, name, version, description, entryFile, protocol, mode, override } = manifest;
  return {
    id,
    name,
    version,
    description,
    ...place,
    entryFile: entryFile === null ? null : path.resolve(place.folder, entryFile),
    manifest,
    broken: null,
    fingerprint,
    protocol: protocol ?? 'skill',
    mode,
    override,
    needs,
  };
}

function brokenSkill(
  id: string,
  place: Place,
  broken: Broken,
  fingerprint: string,
  manifest: Manifest | null = null,
): CatalogSkill {
  return {
    id,
    name: manifest?.name ?? id,
    version: manifest?.version ?? '',
    description: manifest?.description ?? null,
    ...place,
    entryFile: null,
    manifest,
    broken,
    fingerprint,
    protocol: manifest?.protocol ?? 'skill',
    mode: manifest?.mode ?? 'daemon',
    override: manifest?.override,
    needs: null,
  };
}

/** A file name as a skill id: `My Skill!` becomes `my-skill`. */
function safeId(name: string): string {
  const id = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return id === '' ? 'skill' : id;
}
