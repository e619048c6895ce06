import { readFileSync, statSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { CommandError } from '../../shared/contract/index.ts';
import {
  addCounts,
  type ExchangeRead,
  type ImportCounts,
  importChunks,
  MAX_EXCHANGE_BYTES,
  readFixExchange,
} from '../../shared/model/fix-exchange.ts';
import type { HostClient } from './client.ts';
import { print, withHost } from './with-host.ts';

/** `fix export` and `fix import`: what was learned here, taken to another machine. */
export function addFixExchangeCommands(fix: Command, dataDir: () => string): void {
  fix
    .command('export')
    .argument('[file]', 'where to; without it, to standard output')
    .description('every fix as JSON, with secrets masked')
    .action((file: string | undefined) =>
      withHost(dataDir(), async (host) => {
        const exchange = await host.call('fix.export', {});
        const text = `${JSON.stringify(exchange, null, 2)}`;
        if (file === undefined) return print(text);
        writeFileSync(file, `${text}\n`, { mode: 0o600 });
        print(`Wrote ${exchange.patterns.length} fixes to ${file}.`);
      }),
    );
  fix
    .command('import')
    .argument('<file>', 'made by fix export')
    .option('--dry-run', 'only say what it would do')
    .option('--json', 'the counts as JSON')
    .description('take over the fixes of another machine; counts are never lost')
    .action((file: string, { dryRun, json }: { dryRun?: boolean; json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const read = readExchange(file);
        if (!read.ok) throw new CommandError('invalid_payload', `${file}: ${read.message}`);
        const mode = dryRun === true ? 'preview' : 'merge';
        const counts = await importAll(host, read.patterns, mode);
        if (json === true) return print(JSON.stringify(counts));
        print(`${dryRun === true ? 'Would import' : 'Imported'} ${inWords(counts)}.`);
      }),
    );
}

function readExchange(file: string): ExchangeRead {
  try {
    if (statSync(file).size > MAX_EXCHANGE_BYTES)
      return { ok: false, message: 'The file is larger than 16 MiB.' };
    return readFixExchange(readFileSync(file, 'utf8'));
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

async function importAll(
  host: HostClient,
  patterns: Parameters<typeof importChunks>[0],
  mode: 'preview' | 'merge',
): Promise<ImportCounts> {
  let counts: ImportCounts = { added: 0, same: 0, conflicting: 0, refused: 0 };
  for (const chunk of importChunks(patterns))
    counts = addCounts(counts, await host.call('fix.import', { patterns: chunk, mode }));
  return counts;
}

function inWords({ added, same, conflicting, refused }: ImportCounts): string {
  const unusable = refused === 0 ? '' : `, ${refused} left out: they name no error`;
  return `${added} new, ${same} known already, ${conflicting} more for known errors${unusable}`;
}
