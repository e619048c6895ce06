import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'smol-toml';
import { isFileError, maxManifestBytes, readText } from '../catalog-files.ts';
import { asObject, ownMember } from '../json-line.ts';
import type { ImportPlan } from './import-server.ts';

/** Servers fetched at their first start (`npx`, `uvx`, a container's image) take longer than a skill of one's own. */
const handshakeTimeoutSecs = 60;

/** Which server of which program an imported skill was made of. */
export interface Origin {
  readonly from: string;
  readonly name: string;
}

/** The same server is one that is called the same, in the same program, and started by the same command. */
export function originKey({ from, name }: Origin, command: readonly string[]): string {
  return JSON.stringify([from, name, command]);
}

/** The manifest of an imported server. Secrets are credentials: none of their values is in it. */
export function importedManifest(plan: ImportPlan, origin: Origin): string {
  const { server, command, cwd, variables } = plan;
  const env = variables.filter((variable) => variable.kind === 'plain');
  const secrets = variables.filter((variable) => variable.kind === 'secret');
  return stringify({
    id: server.skillId,
    name: server.name,
    description: `MCP server, imported from ${origin.from}.`,
    protocol: 'mcp',
    command: [...command],
    ...(cwd === null ? {} : { cwd }),
    ...(env.length === 0 ? {} : { env: Object.fromEntries(env.map(({ name, value }) => [name, value])) }),
    restart: { handshake_timeout_secs: handshakeTimeoutSecs },
    imported: { ...origin },
    ...(secrets.length === 0
      ? {}
      : {
          credentials: secrets.map(({ name }) => ({
            name: credentialName(name),
            env_var: name,
            description: `${name}, as ${origin.from} gave it to this server`,
          })),
        }),
  });
}

/** The name a credential is kept under for a variable of a server. */
export function credentialName(variable: string): string {
  return variable.toLowerCase();
}

/** `<data-dir>/imported`: one folder for each imported server, with its manifest alone. */
export class ImportedFolder {
  readonly root: string;

  constructor(dataDir: string) {
    this.root = path.join(dataDir, 'imported');
  }

  /**
   * Writes a skill's folder under a name nothing reads, and gives it its own name when `before` is done. Throws what either
   * throws; then nothing is left.
   */
  async add(skillId: string, manifest: string, before: () => Promise<void>): Promise<void> {
    const incoming = path.join(this.root, `.incoming-${skillId}`);
    try {
      await rm(incoming, { recursive: true, force: true });
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      await writeFile(path.join(incoming, 'manifest.toml'), manifest, { mode: 0o600 });
      await before();
      await rename(incoming, path.join(this.root, skillId));
    } catch (error) {
      await rm(incoming, { recursive: true, force: true });
      throw error;
    }
  }

  /** The skill made of each server, by `originKey`. */
  async known(): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const skillId of await this.#names()) {
      const read = await readText(path.join(this.root, skillId, 'manifest.toml'), maxManifestBytes);
      const key = read.kind === 'text' ? keyIn(read.text) : null;
      if (key !== null) found.set(key, skillId);
    }
    return found;
  }

  async #names(): Promise<readonly string[]> {
    try {
      const entries = await readdir(this.root, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
        .map(({ name }) => name);
    } catch (error) {
      // Nothing was imported yet, or it cannot be read: then nothing is known.
      if (isFileError(error)) return [];
      throw error;
    }
  }
}

function keyIn(manifest: string): string | null {
  try {
    const { imported, command } = parse(manifest);
    const table = asObject(imported) ?? {};
    const [from, name] = [ownMember(table, 'from'), ownMember(table, 'name')];
    if (typeof from !== 'string' || typeof name !== 'string' || !Array.isArray(command)) return null;
    return originKey({ from, name }, command.map(String));
  } catch {
    // Somebody edited it: the catalog shows what is wrong with it.
    return null;
  }
}
