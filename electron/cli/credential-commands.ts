import type { Command } from 'commander';
import { CommandError } from '../../shared/contract/index.ts';
import { askForSecret } from './read-secret.ts';
import { print, withHost } from './with-host.ts';
import { printable, table } from './words.ts';

const sourceWords = {
  stored: 'entered',
  environment: 'from the environment of the host',
  default: 'its default',
  missing: 'missing',
} as const;

/** `credential list|set|clear`: values go in by a prompt or standard input, never as an argument, and never come out. */
export function addCredentialCommands(program: Command, dataDir: () => string): void {
  const credential = program.command('credential').description('the secrets skills declare');
  credential
    .command('list')
    .argument('[id]', 'one skill')
    .option('--json', 'the answer as JSON')
    .description('which credentials skills declare, and which have a value')
    .action((skillId: string | undefined, { json }: { json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const answer = await host.call('credential.list', skillId === undefined ? {} : { skillId });
        if (json === true) return print(JSON.stringify(answer));
        if (answer.credentials.length === 0) return print('No skill declares a credential.');
        const rows = answer.credentials.map((one) => [
          one.skillId,
          one.name,
          one.required ? 'required' : 'optional',
          sourceWords[one.source],
          printable(one.description),
        ]);
        for (const line of table([['SKILL', 'NAME', '', 'VALUE', 'WHAT FOR'], ...rows])) print(line);
        print(`Kept in ${answer.keptIn}.`);
      }),
    );
  credential
    .command('set')
    .argument('<id>', 'the skill')
    .argument('<name>', 'the credential, as its manifest names it')
    .description('enter a value: at the prompt, without echo, or on standard input')
    .action((skillId: string, name: string) =>
      withHost(dataDir(), async (host) => {
        const { credentials } = await host.call('credential.list', { skillId });
        const wanted = credentials.find((one) => one.name === name);
        if (wanted === undefined)
          throw new CommandError('not_found', `${skillId} declares no credential "${name}".`);
        const value = await askForSecret(`${printable(wanted.description)} (${name}): `);
        if (value === '')
          throw new CommandError('invalid_payload', 'Nothing was entered, so nothing has changed.');
        await host.call('credential.set', { skillId, name, value });
        print(`Kept ${name} of ${skillId}. A running skill gets it at its next start.`);
      }),
    );
  credential
    .command('clear')
    .argument('<id>', 'the skill')
    .argument('<name>', 'the credential, as its manifest names it')
    .description('forget a value')
    .action((skillId: string, name: string) =>
      withHost(dataDir(), async (host) => {
        const answer = await host.call('credential.clear', { skillId, name });
        print(`${name} of ${skillId}: ${sourceWords[answer.credential.source]}.`);
      }),
    );
}
