import { asObject, ownMember, plainText } from '../json-line.ts';
import { splitCommand } from '../manifest-command.ts';

/** A server as a configuration lists it, in one form whatever the program. */
export interface ListedServer {
  /** As the configuration calls it; made different where two are called the same. */
  readonly name: string;
  /** The program and its arguments; null for a server that is reached and not started. */
  readonly command: readonly string[] | null;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | null;
  /** Why it cannot be a command, in words; null when it is one. */
  readonly problem: string | null;
}

/** More than anybody has; a longer list is a mistake or an attack. */
const maxServers = 200;
const maxArguments = 200;
const maxTextChars = 16_384;

type Members = Readonly<Record<string, unknown>>;

/**
 * Every server of a configuration: `mcpServers` (most programs), `servers` (VS Code, also inside `mcp`), `context_servers`
 * (Zed), those of the projects in Claude Code's file, or a bare map of servers. Null when nothing of that is there.
 */
export function readServers(root: unknown): readonly ListedServer[] | null {
  const config = asObject(root);
  if (config === null) return null;
  const found: ListedServer[] = [];
  let any = false;
  const take = (table: unknown, cwd: string | null): void => {
    const servers = asObject(table);
    if (servers === null) return;
    any = true;
    for (const [name, entry] of Object.entries(servers)) {
      if (found.length >= maxServers) return;
      found.push(readServer(uniqueName(name, cwd, found), asObject(entry), cwd));
    }
  };
  take(ownMember(config, 'mcpServers'), null);
  take(ownMember(config, 'servers'), null);
  take(ownMember(config, 'context_servers'), null);
  take(ownMember(config, 'mcp.servers'), null);
  const mcp = asObject(ownMember(config, 'mcp'));
  if (mcp !== null) take(ownMember(mcp, 'servers') ?? ownMember(mcp, 'mcpServers'), null);
  for (const [folder, project] of Object.entries(asObject(ownMember(config, 'projects')) ?? {}))
    take(ownMember(asObject(project) ?? {}, 'mcpServers'), folder);
  if (any) return found;
  const entries = Object.values(config);
  const bare = entries.length > 0 && entries.every((entry) => looksLikeServer(asObject(entry)));
  if (bare) take(config, null);
  else if (looksLikeServer(config)) take({ server: config }, null);
  return any ? found : null;
}

function looksLikeServer(entry: Members | null): boolean {
  return entry !== null && (typeof ownMember(entry, 'command') === 'string' || addressOf(entry) !== null);
}

function readServer(name: string, entry: Members | null, project: string | null): ListedServer {
  const bare = { name, command: null, env: {}, cwd: project };
  if (entry === null) return { ...bare, problem: 'is no object with a `command`' };
  const address = addressOf(entry);
  if (address !== null)
    return { ...bare, problem: `is reached over the network (${address}): there is no process to supervise` };
  // Zed writes `command` as a text, or as an object with `path`, `args` and `env`.
  const nested = asObject(ownMember(entry, 'command'));
  const program = nested === null ? ownMember(entry, 'command') : ownMember(nested, 'path');
  if (typeof program !== 'string' || program.trim() === '')
    return { ...bare, problem: 'names no `command`: it may be started by an extension of its program' };
  const args = readArguments(ownMember(nested ?? entry, 'args'));
  const env = readEnv(ownMember(nested ?? entry, 'env'));
  const cwd = ownMember(entry, 'cwd');
  if (args === null || env === null)
    return { ...bare, problem: 'has arguments or variables that are no text' };
  return {
    name,
    command: [...wordsOf(program.trim(), args), ...args],
    env,
    cwd: typeof cwd === 'string' && cwd !== '' ? cwd : project,
    problem: null,
  };
}

/** Some write the whole command line into `command`; a path with a space in it is one word. */
function wordsOf(program: string, args: readonly string[]): readonly string[] {
  const isPath = /^([/~.\\]|[A-Za-z]:)/.test(program);
  return args.length > 0 || isPath ? [program] : (splitCommand(program) ?? [program]);
}

function readArguments(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.length > maxArguments) return null;
  const texts = value.map(textOf);
  return texts.every((text) => text !== null) ? texts : null;
}

function readEnv(value: unknown): Readonly<Record<string, string>> | null {
  if (value === undefined || value === null) return {};
  const table = asObject(value);
  if (table === null) return null;
  const entries: [string, string][] = [];
  for (const [name, member] of Object.entries(table)) {
    if (member === null) continue;
    const text = textOf(member);
    if (text === null) return null;
    entries.push([name, text]);
  }
  return Object.fromEntries(entries);
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.length <= maxTextChars && !value.includes('\0') ? value : null;
}

/** The address of a server that is reached over the network, its query and user left out: they may hold a token. */
function addressOf(entry: Members): string | null {
  const url = ['url', 'serverUrl', 'httpUrl']
    .map((name) => ownMember(entry, name))
    .find((text) => text !== undefined);
  if (typeof url !== 'string') {
    const type = ownMember(entry, 'type');
    return typeof type === 'string' && /^(sse|http|streamable-?http|ws)$/i.test(type)
      ? plainText(type, 20)
      : null;
  }
  try {
    const { protocol, host } = new URL(url);
    return plainText(`${protocol}//${host}`, 200);
  } catch {
    return 'an address';
  }
}

/** Two projects may call different servers the same. */
function uniqueName(name: string, project: string | null, found: readonly ListedServer[]): string {
  const shown = plainText(name, 150).trim() || 'server';
  const taken = (candidate: string) => found.some((server) => server.name === candidate);
  if (!taken(shown)) return shown;
  const folder = project?.split(/[/\\]/).findLast((part) => part !== '');
  const withFolder = folder === undefined ? shown : `${shown} (${plainText(folder, 40)})`;
  for (let number = 2; ; number += 1) {
    const candidate = number === 2 ? withFolder : `${withFolder} ${number}`;
    if (!taken(candidate)) return candidate;
  }
}
