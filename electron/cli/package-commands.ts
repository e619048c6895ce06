import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CommandError } from '../../shared/contract/index.ts';
import type { Skill } from '../../shared/model/skill.ts';
import type { HostClient } from './client.ts';
import { exitCodes, print, withHost } from './with-host.ts';
import { agoInWords, printable, table } from './words.ts';

/** `install`, `update`, `rollback`, `remove`, `versions`: how skills come, change and go. */
export function addPackageCommands(program: Command, dataDir: () => string): void {
  program
    .command('install')
    .argument('<path>', 'a folder with a manifest.toml, or a Python file with a [tool.skillward] table')
    .option('--link', 'use it where it lies instead of copying it')
    .option('--json', 'the answer as JSON')
    .description('put a skill in service; one that is installed already is updated')
    .action((path: string, { link, json }: { link?: boolean; json?: boolean }) =>
      withHost(dataDir(), (host) => install(host, path, { link: link === true, json: json === true })),
    );
  program
    .command('update')
    .argument('<path>', 'the new version of a skill that is installed')
    .option('--link', 'use it where it lies instead of copying it')
    .option('--json', 'the answer as JSON')
    .description('put a new version of an installed skill in service')
    .action((path: string, { link, json }: { link?: boolean; json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const { facts } = await host.call('skill.inspect', { path: resolve(path) });
        if (facts.standing === 'new' && facts.id !== null)
          throw new CommandError('not_found', `${facts.id} is not installed yet: skillward install ${path}`);
        await install(host, path, { link: link === true, json: json === true });
      }),
    );
  program
    .command('rollback')
    .argument('<id>', 'the skill')
    .option(
      '--to <version>',
      'a version as skillward versions lists it; without it, the last that was healthy',
    )
    .option('--json', 'the answer as JSON')
    .description('put an earlier version of an installed skill back in service')
    .action((skillId: string, { to, json }: { to?: string; json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const answer = await host.call('skill.rollback', {
          skillId,
          ...(to === undefined ? {} : { versionId: to }),
        });
        if (json === true) print(JSON.stringify(answer));
        else print(`${skillId}: version ${printable(answer.skill.version)} is in force again.`);
      }),
    );
  program
    .command('remove')
    .argument('<id>', 'the skill')
    .option('--forget', 'delete what it kept, its history and its credentials too')
    .option('--json', 'the answer as JSON')
    .description('stop an installed skill and take it away')
    .action((skillId: string, { forget, json }: { forget?: boolean; json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const answer = await host.call('skill.remove', { skillId, forget: forget === true });
        if (json === true) return print(JSON.stringify(answer));
        const rest = forget === true ? 'Nothing of it is left.' : 'What it kept and its history stay.';
        print(`${skillId} was removed. ${rest}`);
      }),
    );
  program
    .command('versions')
    .argument('<id>', 'the skill')
    .option('--json', 'the answer as JSON')
    .description('the kept versions of an installed skill')
    .action((skillId: string, { json }: { json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const { versions } = await host.call('skill.versions', { skillId });
        if (json === true) return print(JSON.stringify({ versions }));
        if (versions.length === 0)
          return print(`${skillId} was not installed by Skillward: it lies in a skills folder of yours.`);
        const now = Date.now();
        const rows = versions.map(({ versionId, version, installedAt, healthyAt, current, linked }) => [
          versionId,
          printable(version),
          agoInWords(installedAt, now),
          healthyAt === null ? 'never' : agoInWords(healthyAt, now),
          [current ? 'in force' : '', linked ? 'linked' : ''].filter((word) => word !== '').join(', '),
        ]);
        for (const line of table([['ID', 'VERSION', 'INSTALLED', 'LAST HEALTHY', ''], ...rows]))
          print(line.trimEnd());
      }),
    );
}

async function install(
  host: HostClient,
  path: string,
  { link, json }: { readonly link: boolean; readonly json: boolean },
): Promise<void> {
  const answer = await host.call('skill.install', {
    path: resolve(path),
    mode: link ? 'link' : 'copy',
  });
  if (json) print(JSON.stringify(answer));
  else for (const line of outcome(answer)) print(line);
  if (answer.skill.lifecycle === 'pending') process.exitCode = exitCodes.refused;
}

function outcome({ skill, updated }: { readonly skill: Skill; readonly updated: boolean }): string[] {
  const what = `${skill.id} ${printable(skill.version)} was ${updated ? 'updated' : 'installed'}`;
  const why = printable(skill.process.cause?.message ?? '');
  if (skill.lifecycle === 'pending')
    return [
      `${what}, but did not pass its test: ${why}.`,
      `It is not in service. Mend it and install it again, or run it all the same: skillward activate ${skill.id}`,
    ];
  if (skill.process.state === 'failed') return [`${what}. It waits: ${why}.`, ...wayOut(skill)];
  return [
    skill.lifecycle === 'active' && !skill.paused
      ? `${what} and runs.`
      : `${what}. It is ${skill.paused ? 'paused' : skill.lifecycle}, as before.`,
  ];
}

function wayOut({ id, process: { cause } }: Skill): string[] {
  if (cause?.remedy === 'create-environment') return [`Create its environment: skillward env create ${id}`];
  if (cause?.remedy === 'enter-credentials')
    return [`Enter what is missing: skillward credential list ${id}`];
  return [];
}
