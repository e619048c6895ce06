import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { addAuthorCommands } from './cli/author-commands.ts';
import { addCallCommands } from './cli/call-commands.ts';
import { addConfigCommands } from './cli/config-commands.ts';
import { addCredentialCommands } from './cli/credential-commands.ts';
import { addEnvironmentCommands } from './cli/environment-commands.ts';
import { addFixCommands } from './cli/fix-commands.ts';
import { addFleetCommands } from './cli/fleet-commands.ts';
import { addImportCommands } from './cli/import-commands.ts';
import { addIncidentCommands } from './cli/incident-commands.ts';
import { addInspectCommands } from './cli/inspect-commands.ts';
import { addLogCommands } from './cli/log-commands.ts';
import { addPackageCommands } from './cli/package-commands.ts';
import { addSkillCommands } from './cli/skill-commands.ts';
import { addTaskCommands } from './cli/task-commands.ts';
import { defaultDataDir } from './hosts/common/data-dir.ts';

// What only some commands need is read when they are called: asking a running host must not take as long as starting one.
const program = new Command('skillward')
  .description(
    'A control room for Python skills: starts them, asks them how they are, restarts and quarantines what fails.',
  )
  .version(packageJson.version)
  .option(
    '--data-dir <folder>',
    'where the host keeps its state (default: SKILLWARD_DATA_DIR, else the platform’s place)',
  )
  .enablePositionalOptions()
  .showSuggestionAfterError();

program
  .command('serve')
  .description('run the host without a window and serve the dashboard on this machine')
  .option('--data-dir <folder>', 'where the host keeps its state')
  .option('--skills <folder>', 'a folder of skills; may be given several times', collect, [])
  .option('--port <number>', 'the dashboard’s port; 0 picks a free one', readPort)
  .option('--json', 'print one JSON line when ready')
  .action(async (options: { dataDir?: string; skills: string[]; port?: number; json?: boolean }) => {
    const { runHeadless } = await import('./headless.ts');
    await runHeadless({
      dataDir: options.dataDir === undefined ? dataDir() : resolve(options.dataDir),
      folders: options.skills.map((folder) => resolve(folder)),
      port: options.port,
      json: options.json === true,
    });
  });

addInspectCommands(program, dataDir);
addIncidentCommands(program, dataDir);
addLogCommands(program, dataDir);
addSkillCommands(program, dataDir);
addFixCommands(program, dataDir);
addTaskCommands(program, dataDir);
addPackageCommands(program, dataDir);
addCredentialCommands(program, dataDir);
addEnvironmentCommands(program, dataDir);
addConfigCommands(program, dataDir);
addImportCommands(program, dataDir);
addFleetCommands(program, dataDir);
addAuthorCommands(program, packageJson.version);
addCallCommands(program, dataDir);

function dataDir(): string {
  const { dataDir: given } = program.opts<{ dataDir?: string }>();
  return given === undefined ? defaultDataDir() : resolve(given);
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function readPort(value: string): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('a whole number from 0 to 65535');
}

await program.parseAsync();
