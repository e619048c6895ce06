import type { Command } from 'commander';
import { commandNames } from '../../shared/contract/index.ts';
import { exitCodes, print, withHost } from './with-host.ts';

/** `call` and `doctor`: for scripts, and for when something is wrong. */
export function addCallCommands(program: Command, dataDir: () => string): void {
  program
    .command('call')
    .argument('[command]', 'a command of the contract')
    .argument('[json]', 'its payload', '{}')
    .option('--list', 'print the names of all commands')
    .description('send one command and print the response envelope; exit code 0 only if it says ok')
    .action(async (command: string | undefined, json: string, { list }: { list?: boolean }) => {
      if (list === true || command === undefined) {
        for (const name of commandNames) print(name);
        return;
      }
      const payload = readJson(json);
      if (payload === undefined) {
        process.stderr.write(`The payload is not JSON: ${json.slice(0, 200)}\n`);
        process.exitCode = exitCodes.refused;
        return;
      }
      await withHost(dataDir(), async (host) => {
        const response = await host.request(command, payload);
        print(JSON.stringify(response));
        if (!response.ok) process.exitCode = exitCodes.refused;
      });
    });
  program
    .command('doctor')
    .description('look at Python, the data folder and the host, and say what is wrong')
    .option('--json', 'the findings as JSON')
    .option('--repair', 'mend what can be mended without losing anything')
    .action(async ({ json, repair }: { json?: boolean; repair?: boolean }) => {
      const { doctor } = await import('./doctor.ts');
      await doctor(dataDir(), { json: json === true, repair: repair === true });
    });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
