import { homedir } from 'node:os';
import path from 'node:path';
import { CommandError } from '../../shared/contract/index.ts';
import type { ImportServer, ImportSource } from '../../shared/model/mcp-import.ts';
import type { Catalog } from '../skills/catalog.ts';
import { readText } from '../skills/catalog-files.ts';
import { type ImportPlan, planImports } from '../skills/mcp-import/import-server.ts';
import {
  credentialName,
  type ImportedFolder,
  importedManifest,
  originKey,
} from '../skills/mcp-import/imported-folder.ts';
import { type ListedServer, readServers } from '../skills/mcp-import/read-servers.ts';
import { type KnownSource, knownSources } from '../skills/mcp-import/sources.ts';
import { readTolerantJson } from '../skills/mcp-import/tolerant-json.ts';
import type { ActionLog } from './action-log.ts';
import type { CredentialDesk } from './credential-desk.ts';
import type { SkillBook } from './skill-book.ts';

/** Some of these files hold a history of conversations beside their servers. */
const MAX_CONFIG_BYTES = 33_554_432;
const PASTED = 'pasted text';

/** Where an import comes from: a configuration found on this machine, a file, or its text. */
export interface ImportFrom {
  readonly sourceId?: string | undefined;
  readonly path?: string | undefined;
  readonly text?: string | undefined;
}

export interface ImportDeskPorts {
  readonly catalog: Catalog;
  readonly credentials: CredentialDesk;
  readonly book: SkillBook;
  readonly actions: ActionLog;
  readonly imported: ImportedFolder;
  readonly hostEnv: Readonly<Record<string, string | undefined>>;
  /** Folders of skills: a project's `.mcp.json` may lie in them. */
  folders(): readonly string[];
  /** Reads the folders of skills again, the imported ones included. */
  reload(): Promise<void>;
}

interface Configuration {
  readonly client: string;
  readonly plans: readonly ImportPlan[];
}

/** Makes skills of MCP servers that are set up in other programs. Those programs and their files are only read. */
export class ImportDesk {
  readonly #ports: ImportDeskPorts;

  constructor(ports: ImportDeskPorts) {
    this.#ports = ports;
  }

  /** The configurations on this machine that list servers, or would if they could be read. */
  async sources(): Promise<ImportSource[]> {
    const found: ImportSource[] = [];
    for (const source of this.#known()) {
      const read = await readText(source.path, MAX_CONFIG_BYTES);
      if (read.kind === 'missing') continue;
      const listed =
        read.kind === 'text' ? listServers(read.text) : { ok: false as const, message: read.message };
      if (!listed.ok) found.push({ ...source, servers: 0, problem: listed.message });
      else if (listed.servers.length > 0)
        found.push({ ...source, servers: listed.servers.length, problem: null });
    }
    return found;
  }

  /** What would be started, secrets masked. Changes nothing. Throws `CommandError`. */
  async preview(from: ImportFrom): Promise<{ client: string; servers: ImportServer[] }> {
    const { client, plans } = await this.#read(from);
    return { client, servers: plans.map(({ server }) => server) };
  }

  /**
   * Makes skills of the servers with these names and puts them in service, paused unless `start`. What cannot be made is
   * told and leaves nothing behind. Throws `CommandError` when the configuration itself cannot be read.
   */
  async apply(
    from: ImportFrom,
    names: readonly string[],
    start: boolean,
  ): Promise<{ made: string[]; refused: { name: string; problem: string }[] }> {
    const { client, plans } = await this.#read(from);
    const made: string[] = [];
    const refused: { name: string; problem: string }[] = [];
    for (const name of new Set(names)) {
      const plan = plans.find(({ server }) => server.name === name);
      const problem = plan === undefined ? 'is not in the configuration' : plan.server.problem;
      if (plan === undefined || problem !== null) {
        refused.push({ name, problem: problem ?? 'cannot be imported' });
        continue;
      }
      const failure = await this.#make(plan, client, start);
      if (failure === null) made.push(plan.server.skillId);
      else refused.push({ name, problem: failure });
    }
    if (made.length > 0) await this.#ports.reload();
    return { made, refused };
  }

  /** Null when it is made, else why it is not. */
  async #make(plan: ImportPlan, client: string, start: boolean): Promise<string | null> {
    const { actions, book, credentials, imported } = this.#ports;
    const { skillId, name } = plan.server;
    try {
      await imported.add(skillId, importedManifest(plan, { from: client, name }), async () => {
        for (const variable of plan.variables) {
          if (variable.kind === 'secret' && variable.value !== null)
            await credentials.set(skillId, credentialName(variable.name), variable.value);
        }
        // On disk before anything can start it.
        book.decide(skillId, { lifecycle: 'active', paused: !start });
      });
    } catch (error) {
      return `could not be written: ${error instanceof Error ? error.message : String(error)}`;
    }
    actions.record({
      kind: 'installSkill',
      skillId,
      origin: 'user',
      reason: `imported from ${client}, where it is called "${name}"`,
    });
    return null;
  }

  async #read(from: ImportFrom): Promise<Configuration> {
    const { client, folder, text } = await this.#text(from);
    const listed = listServers(text);
    if (!listed.ok) throw new CommandError('invalid_payload', `The configuration ${listed.message}.`);
    const known = await this.#ports.imported.known();
    const plans = planImports(listed.servers, {
      folder,
      home: homeOf(this.#ports.hostEnv),
      taken: new Set(this.#ports.catalog.list().map(({ id }) => id)),
      importedAs: (name, command) => known.get(originKey({ from: client, name }, command)),
    });
    return { client, plans };
  }

  async #text(from: ImportFrom): Promise<{ client: string; folder: string | null; text: string }> {
    if (from.text !== undefined) return { client: PASTED, folder: null, text: from.text };
    const source = this.#source(from);
    const read = await readText(source.path, MAX_CONFIG_BYTES);
    if (read.kind === 'missing') throw new CommandError('not_found', `${source.path} does not exist.`);
    if (read.kind === 'refused') throw new CommandError('unavailable', `${source.path} ${read.message}.`);
    return { client: source.client, folder: path.dirname(source.path), text: read.text };
  }

  #source({ sourceId, path: file }: ImportFrom): KnownSource {
    const known = this.#known();
    if (file === undefined) {
      const source = known.find((candidate) => candidate.sourceId === sourceId);
      if (source !== undefined) return source;
      throw new CommandError('not_found', `There is no configuration "${sourceId}" to import from.`);
    }
    if (!path.isAbsolute(file)) throw new CommandError('invalid_payload', 'path: give an absolute path.');
    return (
      known.find((candidate) => candidate.path === file) ?? {
        sourceId: file,
        client: path.basename(file),
        path: file,
      }
    );
  }

  #known(): readonly KnownSource[] {
    const { folders, hostEnv } = this.#ports;
    const home = homeOf(hostEnv);
    return knownSources({ platform: process.platform, home, env: hostEnv, projects: folders() });
  }
}

type Listed =
  | { readonly ok: true; readonly servers: readonly ListedServer[] }
  | { readonly ok: false; readonly message: string };

/** A settings file that says nothing of servers is no trouble: it lists none. */
function listServers(text: string): Listed {
  const parsed = readTolerantJson(text);
  return parsed.ok ? { ok: true, servers: readServers(parsed.value) ?? [] } : parsed;
}

function homeOf(env: Readonly<Record<string, string | undefined>>): string {
  return env.HOME ?? env.USERPROFILE ?? homedir();
}
