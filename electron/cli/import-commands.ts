import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { type CommandAnswer, CommandError } from '../../shared/contract/index.ts';
import type { ImportServer } from '../../shared/model/mcp-import.ts';
import type { HostClient } from './client.ts';
import { print, withHost } from './with-host.ts';
import { printable, table } from './words.ts';

interface Options {
  readonly list?: boolean;
  readonly from?: string;
  readonly only?: string;
  readonly start?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}
type Origin = { readonly path: string } | { readonly sourceId: string };

/** `import`: skills of the MCP servers that are set up in other programs on this machine. */
export function addImportCommands(program: Command, dataDir: () => string): void {
  program
    .command('import')
    .argument('[file]', 'a configuration that lists MCP servers; without it, what is found on this machine')
    .option('--list', 'only say which configurations were found, or what one lists')
    .option('--from <source>', 'a configuration that was found, by the name --list shows')
    .option('--only <names>', 'of its servers only these, with commas in between')
    .option('--no-start', 'import them paused')
    .option('--yes', 'import without asking')
    .option('--json', 'the answers as JSON')
    .description('make skills of MCP servers that are set up in other programs')
    .action((file: string | undefined, options: Options) =>
      withHost(dataDir(), (host) => importServers(host, file, options)),
    );
}

async function importServers(host: HostClient, file: string | undefined, options: Options): Promise<void> {
  const origin = originOf(file, options);
  if (origin === null) return listSources(host, options);
  const { client, servers } = await host.call('import.preview', origin);
  if (options.list === true) {
    if (options.json === true) print(JSON.stringify({ client, servers }));
    else show(servers);
    return;
  }
  const wanted = options.only?.split(',').map((name) => name.trim()) ?? [];
  for (const name of wanted) {
    if (!servers.some((server) => server.name === name))
      throw new CommandError('not_found', `${client} lists no server "${name}".`);
  }
  const chosen = servers.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const names = chosen.filter(({ problem }) => problem === null).map(({ name }) => name);
  if (options.json !== true) show(chosen);
  if (names.length === 0) throw new CommandError('conflict', 'There is nothing to import.');
  if (options.yes !== true && !(await agreed(names.length))) return;
  const done = await host.call('import.apply', { ...origin, names, start: options.start !== false });
  if (options.json === true) print(JSON.stringify(done));
  else tell(done);
  if (done.refused.length > 0) process.exitCode = 1;
}

function originOf(file: string | undefined, { from }: Options): Origin | null {
  if (file !== undefined) return { path: resolve(file) };
  if (from !== undefined) return { sourceId: from };
  return existsSync('.mcp.json') ? { path: resolve('.mcp.json') } : null;
}

async function listSources(host: HostClient, { json }: Options): Promise<void> {
  const { sources } = await host.call('import.sources', {});
  if (json === true) {
    print(JSON.stringify({ sources }));
    return;
  }
  if (sources.length === 0) {
    print(
      'No configuration with MCP servers was found on this machine. Give a file: skillward import <file>',
    );
    return;
  }
  const rows = sources.map(({ sourceId, client, servers, path, problem }) => [
    sourceId,
    client,
    problem ?? (servers === 1 ? '1 server' : `${servers} servers`),
    path,
  ]);
  for (const line of table(rows.map((row) => row.map(printable)))) print(line);
  print('Look at one: skillward import --from <name> --list');
}

/** Everything that would be started, word for word. */
function show(servers: readonly ImportServer[]): void {
  for (const { name, skillId, command, args, cwd, env, runtime, problem } of servers) {
    print(`${printable(name)} → ${skillId} (${runtime})`);
    if (command !== '') print(`  runs  ${[command, ...args].map(quoted).join(' ')}`);
    if (cwd !== null) print(`  in    ${printable(cwd)}`);
    for (const variable of env) {
      const value = variable.secret
        ? `${variable.shown || 'to be entered'}  (a credential)`
        : quoted(variable.shown);
      print(`  with  ${printable(variable.name)}=${printable(value)}`);
    }
    if (problem !== null) print(`  not imported: it ${printable(problem)}`);
  }
}

async function agreed(count: number): Promise<boolean> {
  if (process.stdin.isTTY !== true) {
    throw new CommandError('not_allowed', 'Nobody is there to ask. Look at the list above and say --yes.');
  }
  const question = count === 1 ? 'Import and start this server?' : `Import and start these ${count} servers?`;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await reader.question(`${question} [y/N] `)).trim());
  } finally {
    reader.close();
  }
}

function tell({ skills, refused }: CommandAnswer<'import.apply'>): void {
  for (const { id, credentialsMissing = [] } of skills) {
    const missing = credentialsMissing.length === 0 ? '' : `; missing: ${credentialsMissing.join(', ')}`;
    print(`imported ${id}${missing}`);
  }
  for (const { name, problem } of refused) print(`refused  ${printable(name)}: it ${printable(problem)}`);
}

/** As a shell would want it, so that it can be tried by hand. */
function quoted(word: string): string {
  const shown = printable(word);
  return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", `'\\''`)}'`;
}
