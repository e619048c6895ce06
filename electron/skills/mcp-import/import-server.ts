import path from 'node:path';
import type { ImportServer } from '../../../shared/model/mcp-import.ts';
import { plainText } from '../json-line.ts';
import type { ListedServer } from './read-servers.ts';
import { readVariables, type ServerVariable, shownArgument } from './server-env.ts';

/** A server with all that is needed to make a skill of it, secrets included: never sent anywhere. */
export interface ImportPlan {
  readonly server: ImportServer;
  readonly command: readonly string[];
  readonly cwd: string | null;
  readonly variables: readonly ServerVariable[];
}

/** What names and paths of a configuration are resolved against. */
export interface ImportPlace {
  /** Of the configuration file; null for a text that was pasted. */
  readonly folder: string | null;
  readonly home: string;
  /** Ids that are in use, and those given out here. */
  readonly taken: ReadonlySet<string>;
  /** The skill an earlier import made of this server; undefined when there is none. */
  importedAs(name: string, command: readonly string[]): string | undefined;
}

const variableName = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;
const credentialVariable = /^[A-Z0-9_]{1,100}$/;
const setBySkillward = /^(PYTHONUNBUFFERED|PYTHONIOENCODING|PYTHONFAULTHANDLER|SKILLWARD_.*)$/i;
const maxIdLength = 64;

/** Makes a plan of every listed server; ids are made from names and never given twice. */
export function planImports(servers: readonly ListedServer[], place: ImportPlace): readonly ImportPlan[] {
  const taken = new Set(place.taken);
  return servers.map((listed) => planOne(listed, place, taken));
}

function planOne(listed: ListedServer, place: ImportPlace, taken: Set<string>): ImportPlan {
  const cwd = listed.cwd === null ? null : resolvePlace(listed.cwd, place, null);
  const words = (listed.command ?? []).map((word) => resolveWord(word, place, cwd));
  const command = words.map((word, at) => (at === 0 ? resolveProgram(word, place, cwd) : word));
  const imported = place.importedAs(listed.name, command);
  const skillId = imported ?? freeId(idOf(listed.name), taken);
  taken.add(skillId);
  const variables = readVariables(listed.env).filter(({ name }) => !setBySkillward.test(name));
  const [program = '', ...args] = command;
  const server: ImportServer = {
    name: listed.name,
    skillId,
    command: plainText(program, 4096),
    args: args.map((argument, at) => plainText(shownArgument(argument, args[at - 1]), 4096)),
    cwd: cwd === null ? null : plainText(cwd, 4096),
    env: variables.map((variable) =>
      variable.kind === 'plain'
        ? { name: variable.name, shown: plainText(variable.value, 500), secret: false }
        : { name: variable.name, shown: plainText(variable.shown, 500), secret: true },
    ),
    runtime: runtimeOf(program, args),
    problem:
      listed.problem ??
      (imported !== undefined ? `is imported already, as ${skillId}` : problemOf(command, cwd, variables)),
  };
  return { server, command, cwd, variables };
}

function problemOf(
  command: readonly string[],
  cwd: string | null,
  variables: readonly ServerVariable[],
): string | null {
  const open = command
    .map((word) => /\$\{([^}]{1,100})\}/.exec(word)?.[1])
    .find((name) => name !== undefined);
  if (open !== undefined)
    return `has \${${plainText(open, 100)}} in its command, which Skillward does not fill in: write the value there`;
  const [program = ''] = command;
  if (/[/\\]/.test(program) && !path.isAbsolute(program))
    return 'names its program by a path that is not absolute';
  if (cwd !== null && !path.isAbsolute(cwd)) return 'names its folder by a path that is not absolute';
  for (const { kind, name } of variables) {
    if (!variableName.test(name)) return `sets \`${plainText(name, 100)}\`, which is no name of a variable`;
    if (kind === 'secret' && !credentialVariable.test(name))
      return `sets \`${name}\`, which holds a secret: a credential's variable has capital letters, digits and _ only`;
  }
  const names = variables.filter(({ kind }) => kind === 'secret').map(({ name }) => name.toLowerCase());
  return new Set(names).size === names.length ? null : 'sets two secrets whose names differ only in case';
}

function resolveWord(word: string, { home, folder }: ImportPlace, cwd: string | null): string {
  const workspace = cwd ?? folder;
  return word
    .replaceAll(/\$\{(userHome|env:HOME|HOME)\}/g, () => home)
    .replaceAll(/\$\{(pathSeparator|\/)\}/g, () => path.sep)
    .replaceAll(/\$\{workspaceFolder\}/g, (whole) => workspace ?? whole);
}

function resolvePlace(place: string, from: ImportPlace, base: string | null): string {
  const word = resolveWord(place, from, null);
  if (word === '~' || /^~[/\\]/.test(word)) return path.join(from.home, word.slice(1));
  const against = base ?? from.folder;
  return against === null ? word : path.resolve(against, word);
}

/** A bare name is looked for on the `PATH`; a path is meant from where the server runs. */
function resolveProgram(word: string, place: ImportPlace, cwd: string | null): string {
  return /[/\\]/.test(word) || word.startsWith('~') ? resolvePlace(word, place, cwd) : word;
}

function runtimeOf(program: string, args: readonly string[]): ImportServer['runtime'] {
  const name = (program.split(/[/\\]/).at(-1) ?? '').toLowerCase().replace(/\.(exe|cmd|bat)$/, '');
  if (/^(docker|podman|nerdctl)$/.test(name)) return 'docker';
  if (/^(node|npx|npm|pnpm|yarn|bun|bunx|deno|tsx)$/.test(name) || /\.[cm]?[jt]s$/.test(name)) return 'node';
  if (/^(python[\d.]*|py|uv|uvx|pipx|poetry|pdm|rye|conda)$/.test(name) || name.endsWith('.py'))
    return 'python';
  // `env VAR=1 python3 …` and wrappers of that kind.
  const [first, ...rest] = args;
  return name === 'env' && first !== undefined
    ? runtimeOf(first.includes('=') ? (rest[0] ?? '') : first, rest)
    : 'other';
}

/** `GitHub (work)` becomes `github-work`. */
function idOf(name: string): string {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replaceAll(/-{2,}/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return id === '' ? 'mcp-server' : id;
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  for (let number = 2; ; number += 1) {
    const suffix = `-${number}`;
    const free = id.slice(0, maxIdLength - suffix.length) + suffix;
    if (!taken.has(free)) return free;
  }
}
