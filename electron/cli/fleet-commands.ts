import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import type { fleetAuthSchema } from '../../shared/contract/fleet-commands.ts';
import { CommandError, type CommandPayload } from '../../shared/contract/index.ts';
import type { FleetHost, FleetLink, FleetRole } from '../../shared/model/fleet.ts';
import { askForSecret } from './read-secret.ts';
import { exitCodes, print, withHost } from './with-host.ts';
import { agoInWords, printable, table } from './words.ts';

/** A creds file is a kilobyte. Bytes. */
const MAX_CREDS_BYTES = 16_384;

interface JoinOptions {
  readonly user?: string;
  readonly token?: boolean;
  readonly creds?: string;
  readonly ca?: string;
  readonly name?: string;
  readonly label: Readonly<Record<string, string>>;
  readonly role?: FleetRole;
  readonly shareFixes?: boolean;
}

/** `fleet join|leave|status|doctor`: secrets come by a prompt, standard input or a file, never as an argument. */
export function addFleetCommands(program: Command, dataDir: () => string): void {
  const fleet = program.command('fleet').description('several machines in one dashboard, over a NATS broker');
  addJoin(fleet, dataDir);
  fleet
    .command('leave')
    .description('forget the broker and the credential for it; supervision goes on')
    .action(() =>
      withHost(dataDir(), async (host) => {
        await host.call('fleet.leave', {});
        print('This host is in no fleet now. What it shared before stays with the others.');
      }),
    );
  fleet
    .command('status')
    .option('--json', 'the answer as JSON')
    .description('the link to the broker, and every host of the fleet')
    .action(({ json }: { json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const status = await host.call('fleet.status', {});
        const { hosts, link } = await host.call('fleet.watch', {});
        if (json === true) return print(JSON.stringify({ ...status, link, hosts }));
        print(`${printable(status.name)} (${status.hostId}): ${linkInWords(link, Date.now())}`);
        if (link.state !== 'off') print(`Others may ${roleWords[status.role]} here.`);
        for (const line of hostTable(hosts, Date.now())) print(line);
      }),
    );
  fleet
    .command('doctor')
    .option('--json', 'the findings as JSON')
    .description('look at every part of the link and say what to do')
    .action(({ json }: { json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const { findings } = await host.call('fleet.doctor', {});
        if (json === true) print(JSON.stringify({ findings }));
        else {
          for (const { level, todo, what } of findings) {
            print(`${{ ok: 'ok     ', warning: 'warning', error: 'error  ' }[level]} ${printable(what)}`);
            if (todo !== null) print(`        ${printable(todo)}`);
          }
        }
        if (findings.some(({ level }) => level === 'error')) process.exitCode = exitCodes.refused;
      }),
    );
}

function addJoin(fleet: Command, dataDir: () => string): void {
  fleet
    .command('join')
    .argument('<server...>', 'tls://broker.example.org:4222; nats:// only on this machine')
    .option('--user <name>', 'prove yourself with a user name and a password, which is asked for')
    .addOption(
      new Option('--token', 'prove yourself with a token, which is asked for').conflicts(['user', 'creds']),
    )
    .addOption(new Option('--creds <file>', 'prove yourself with a creds file').conflicts(['user', 'token']))
    .option('--ca <file>', 'the certificate (PEM) of the authority that signed the broker’s')
    .option('--name <name>', 'how this host is called; the machine’s name unless said otherwise')
    .option('--label <key=value>', 'a label of this host; may be given several times', collectLabel, {})
    .addOption(
      new Option('--role <role>', 'what others of the fleet may do here').choices(['viewer', 'operator']),
    )
    .option('--share-fixes', 'share fixes with the fleet, both ways')
    .description('take this host into a fleet; a password or token is asked for, or read from standard input')
    .action((servers: string[], options: JoinOptions) =>
      withHost(dataDir(), async (host) => {
        const { link } = await host.call('fleet.join', await joinPayload(servers, options));
        print(linkInWords(link, Date.now()));
        if (link.state !== 'connected') process.exitCode = exitCodes.refused;
      }),
    );
}

async function joinPayload(servers: string[], options: JoinOptions): Promise<CommandPayload<'fleet.join'>> {
  const { ca, label, name, role, shareFixes } = options;
  return {
    servers,
    auth: await authOf(options),
    ...(ca === undefined ? {} : { caFile: resolve(ca) }),
    ...(name === undefined ? {} : { name }),
    ...(Object.keys(label).length === 0 ? {} : { labels: label }),
    ...(role === undefined ? {} : { role }),
    ...(shareFixes === undefined ? {} : { shareFixes }),
  };
}

async function authOf({ creds, token, user }: JoinOptions): Promise<z.input<typeof fleetAuthSchema>> {
  if (user !== undefined) return { kind: 'password', user, password: await entered(`Password of ${user}: `) };
  if (token === true) return { kind: 'token', token: await entered('Token: ') };
  if (creds !== undefined) return { kind: 'creds', creds: readCredsFile(creds) };
  return { kind: 'none' };
}

async function entered(prompt: string): Promise<string> {
  const secret = await askForSecret(prompt);
  if (secret !== '') return secret;
  throw new CommandError('invalid_payload', 'Nothing was entered, so nothing has changed.');
}

function readCredsFile(file: string): string {
  try {
    if (statSync(file).size > MAX_CREDS_BYTES)
      throw new CommandError('invalid_payload', `${file}: larger than 16 KiB, so it is no creds file.`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError('invalid_payload', `${file}: ${error instanceof Error ? error.message : error}`);
  }
}

function collectLabel(
  text: string,
  before: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const [, key, value] = /^([a-z0-9_.-]{1,40})=(.{0,100})$/.exec(text) ?? [];
  if (key === undefined || value === undefined)
    throw new InvalidArgumentError('key=value, the key of a-z, 0-9, _, . and -');
  return { ...before, [key]: value };
}

const roleWords: Readonly<Record<FleetRole, string>> = {
  viewer: 'look, and change nothing',
  operator: 'look and carry out orders',
};

function linkInWords(
  { keepsEvents, nextAttemptAt, problem, server, since, state }: FleetLink,
  nowMs: number,
): string {
  switch (state) {
    case 'off':
      return 'in no fleet';
    case 'connecting':
      return `connecting to ${server}`;
    case 'connected': {
      const kept = keepsEvents === false ? '; the broker keeps no events' : '';
      const trouble = problem === null ? '' : `. ${printable(problem)}`;
      return `connected to ${server} since ${agoInWords(since, nowMs)}${kept}${trouble}`;
    }
    default: {
      const secs = nextAttemptAt === null ? 0 : Math.max(0, Math.ceil((nextAttemptAt - nowMs) / 1000));
      return `${state}: ${printable(problem ?? '')} Next attempt in ${secs} s.`;
    }
  }
}

function hostTable(hosts: readonly FleetHost[], nowMs: number): string[] {
  const rows = hosts.map((host) => {
    const { counts, hostId, name, state, version } = host;
    const unwell = counts === null ? 0 : counts.degraded + counts.failing + counts.quarantined;
    return [
      printable(name),
      hostId,
      state === 'unknown' ? `unknown since ${agoInWords(host.since, nowMs)}` : state,
      version,
      counts === null ? '–' : String(counts.skills),
      counts === null ? '–' : unwell === 0 ? 'none' : String(unwell),
      host.role,
    ];
  });
  return table([['NAME', 'ID', 'STATE', 'VERSION', 'SKILLS', 'NEED ATTENTION', 'ROLE'], ...rows]);
}
