import { readFileSync, statSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { CommandError } from '../../shared/contract/index.ts';
import { MAX_SETTINGS_FILE_BYTES, type SettingChange } from '../../shared/model/settings-file.ts';
import { print, withHost } from './with-host.ts';
import { printable } from './words.ts';

/** `config export` and `config import`: settings as a file, to keep or to take to another machine. */
export function addConfigCommands(program: Command, dataDir: () => string): void {
  const config = program.command('config').description('settings as a file');
  config
    .command('export')
    .argument('[file]', 'where to; without it, to standard output')
    .description('every setting as JSON, without skills folders and without credentials')
    .action((file: string | undefined) =>
      withHost(dataDir(), async (host) => {
        const text = JSON.stringify(await host.call('config.export', {}), null, 2);
        if (file === undefined) return print(text);
        writeFileSync(file, `${text}\n`, { mode: 0o600 });
        print(`Wrote the settings to ${file}.`);
      }),
    );
  config
    .command('import')
    .argument('<file>', 'made by config export')
    .option('--dry-run', 'only say what it would change')
    .option('--json', 'the changes as JSON')
    .description('take over settings as one change; what the file does not name stays as it is')
    .action((file: string, { dryRun, json }: { dryRun?: boolean; json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const mode = dryRun === true ? 'preview' : 'apply';
        const { changes } = await host.call('config.import', { file: readJsonFile(file), mode });
        if (json === true) return print(JSON.stringify({ changes }));
        for (const change of changes) print(inWords(change));
        const count = `${changes.length} ${changes.length === 1 ? 'setting' : 'settings'}`;
        if (changes.length === 0) print('Nothing to change: these settings are in force.');
        else print(dryRun === true ? `Would change ${count}.` : `Changed ${count}.`);
      }),
    );
}

function readJsonFile(file: string): unknown {
  try {
    if (statSync(file).size > MAX_SETTINGS_FILE_BYTES)
      throw new CommandError('invalid_payload', `${file}: larger than 1 MiB, so it is no settings file.`);
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError('invalid_payload', `${file}: ${error instanceof Error ? error.message : error}`);
  }
}

function inWords({ path, from, to }: SettingChange): string {
  const value = (side: unknown) => (side === null ? 'inherited' : printable(JSON.stringify(side)));
  return `${path}: ${value(from)} → ${value(to)}`;
}
