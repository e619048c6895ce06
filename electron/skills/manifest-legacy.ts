import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  liesInside,
  listFolder,
  maxManifestBytes,
  maxScriptBytes,
  readText,
  statOf,
} from './catalog-files.ts';
import { asObject, ownMember, plainText } from './json-line.ts';
import type { CredentialSpec, ManifestResult } from './manifest.ts';

/** The manifest of skills made for an older one-shot host, which keep their scripts in `scripts/`. */
const legacyName = 'MANIFEST.json';
const defaultTimeoutSecs = 30;
const [shortestSecs, longestSecs] = [5, 300];
const maxChecksums = 200;
const maxCredentials = 50;

type Members = Readonly<Record<string, unknown>>;

/** What such a folder says of itself. `text` is the manifest's. */
export interface LegacyManifest {
  readonly file: string;
  readonly text: string;
  readonly result: ManifestResult;
}

/**
 * Reads a folder with a `MANIFEST.json` of schema 1 and a `scripts` folder as a one-shot skill that runs on demand: its
 * scripts count on parameters only a caller has. Null when the folder is nothing of the kind.
 * @param id the folder's name as an id: these manifests have none
 */
export async function readLegacyManifest(folder: string, id: string): Promise<LegacyManifest | null> {
  const file = path.join(folder, legacyName);
  const read = await readText(file, maxManifestBytes);
  if (read.kind !== 'text') return null;
  const manifest = parse(read.text);
  // Many programs call a file so; the schema and the list of capabilities are what only these skills have.
  if (manifest === null || ownMember(manifest, 'schemaVersion') !== 1) return null;
  if (!Array.isArray(ownMember(manifest, 'capabilities'))) return null;
  const scripts = await scriptsIn(folder);
  if (scripts.length === 0) return null;
  const broken = (message: string): LegacyManifest => ({
    file,
    text: read.text,
    result: { ok: false, broken: { file, line: null, message }, id },
  });
  const script = chooseScript(scripts, id);
  if (script === null) {
    const names = scripts.slice(0, 5).join(', ');
    return broken(`has several scripts (${names}): say which one in a manifest.toml with mode = "one-shot"`);
  }
  const altered = await alteredFile(folder, manifest);
  if (altered !== null) {
    const wayOut = `put the original back, or take its checksum out of ${legacyName} if you changed it yourself`;
    return broken(`${altered} is not what its checksum says: ${wayOut}`);
  }
  return { file, text: read.text, result: { ok: true, manifest: manifestOf(manifest, id, script) } };
}

function manifestOf(manifest: Members, id: string, script: string) {
  const settings = asObject(ownMember(manifest, 'settings')) ?? {};
  const described = ownMember(settings, 'description');
  const shown = ownMember(settings, 'display_name');
  const secs = ownMember(manifest, 'timeoutSeconds');
  const timeoutSecs = typeof secs === 'number' && Number.isFinite(secs) ? secs : defaultTimeoutSecs;
  return {
    ...{ id, version: '0.1.0', entryFile: `scripts/${script}`, protocol: null, mode: 'one-shot' as const },
    name: typeof shown === 'string' && shown.trim() !== '' ? plainText(shown, 200) : id,
    description: typeof described === 'string' ? plainText(described) : null,
    ...{ command: null, cwd: null, interpreter: null, minPython: null, minUvVersion: null },
    credentials: credentialsOf(ownMember(settings, 'fields')),
    ...{ settings: {}, env: {}, override: undefined },
    run: {
      when: 'on-demand' as const,
      timeoutSecs: Math.min(longestSecs, Math.max(shortestSecs, timeoutSecs)),
      params: {},
    },
  };
}

/** Fields that are kept as secrets, by variables of their own names. */
function credentialsOf(fields: unknown): readonly CredentialSpec[] {
  const found = new Map<string, CredentialSpec>();
  for (const field of Array.isArray(fields) ? fields.slice(0, maxCredentials) : []) {
    const members = asObject(field) ?? {};
    const id = ownMember(members, 'id');
    if (ownMember(members, 'store') !== 'secret_store' || typeof id !== 'string') continue;
    const name = id.toLowerCase().replaceAll(/[^a-z0-9_]+/g, '_');
    if (!/^[a-z0-9_]{1,100}$/.test(name) || found.has(name)) continue;
    const label = ownMember(members, 'label');
    const description = typeof label === 'string' && label.trim() !== '' ? plainText(label, 200) : name;
    const required = ownMember(members, 'required') === true;
    found.set(name, { name, envVar: name.toUpperCase(), description, required, default: null });
  }
  return [...found.values()];
}

function chooseScript(scripts: readonly string[], id: string): string | null {
  const [only] = scripts;
  if (scripts.length === 1 && only !== undefined) return only;
  const known = [`${id}.py`, `${id.replaceAll('-', '_')}.py`, 'main.py', 'run.py'];
  return known.find((name) => scripts.includes(name)) ?? null;
}

async function scriptsIn(folder: string): Promise<readonly string[]> {
  const listed = await listFolder(path.join(folder, 'scripts'));
  if (listed instanceof Error) return [];
  return listed.entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
    .map(({ name }) => name);
}

/** The first file whose content is not what `integrity.checksums` says; null when all are, or none are told. */
async function alteredFile(folder: string, manifest: Members): Promise<string | null> {
  const integrity = asObject(ownMember(manifest, 'integrity')) ?? {};
  const checksums = asObject(ownMember(integrity, 'checksums')) ?? {};
  if (ownMember(integrity, 'algorithm') !== 'sha256') return null;
  for (const [name, expected] of Object.entries(checksums).slice(0, maxChecksums)) {
    const file = path.resolve(folder, name);
    const stats = await statOf(file);
    const readable =
      stats !== null && !(stats instanceof Error) && stats.isFile() && stats.size <= maxScriptBytes;
    if (!readable || !(await liesInside(file, folder))) return plainText(name, 200);
    const digest = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    if (digest !== expected) return plainText(name, 200);
  }
  return null;
}

function parse(text: string): Members | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}
