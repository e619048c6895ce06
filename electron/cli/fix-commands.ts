import type { Command } from 'commander';
import type { FixPattern } from '../../shared/model/fix.ts';
import { print, withHost } from './with-host.ts';
import { printable, table } from './words.ts';

/** `fix record|match|list`: what fixed an error, told and asked from a terminal. */
export function addFixCommands(program: Command, dataDir: () => string): void {
  const fix = program.command('fix').description('remember what fixed an error, and look it up');
  fix
    .command('record')
    .requiredOption('--error <text>', 'the error as it was printed: its last line or the whole traceback')
    .requiredOption('--fix <text>', 'what fixed it')
    .option('--skill <id>', 'only for this skill')
    .option('--json', 'the pattern as JSON')
    .description('record what fixed an error')
    .action(
      ({
        error,
        fix: fixDescription,
        skill,
        json,
      }: {
        error: string;
        fix: string;
        skill?: string;
        json?: boolean;
      }) =>
        withHost(dataDir(), async (host) => {
          const { pattern } = await host.call('fix.record', {
            error,
            fixDescription,
            ...(skill === undefined ? {} : { skillId: skill }),
          });
          print(
            json === true
              ? JSON.stringify({ pattern })
              : `Recorded as fix ${pattern.id} for: ${printable(pattern.errorSignature)}`,
          );
        }),
    );
  fix
    .command('match')
    .argument('<error>', 'the error as it was printed')
    .option('--skill <id>', 'the skill it happened in')
    .option('--json', 'the answer as JSON')
    .description('what fixed this error before')
    .action((error: string, { skill, json }: { skill?: string; json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const answer = await host.call('fix.match', {
          error,
          ...(skill === undefined ? {} : { skillId: skill }),
        });
        if (json === true) return print(JSON.stringify(answer));
        print(`Signature: ${printable(answer.signature)}`);
        if (answer.matches.length === 0) print('Nothing known fixes this yet.');
        for (const { pattern, why } of answer.matches) {
          print(`${pattern.id}  ${printable(pattern.fixDescription)}\n   ${why}; ${worked(pattern)}`);
        }
      }),
    );
  fix
    .command('list')
    .option('--json', 'every pattern as JSON')
    .description('every recorded fix')
    .action(({ json }: { json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const { patterns } = await host.call('fix.list', {});
        if (json === true) return print(JSON.stringify({ patterns }));
        if (patterns.length === 0)
          return print('No fixes recorded yet. Record one with: skillward fix record --error "…" --fix "…"');
        const rows = patterns.map((pattern) => [
          String(pattern.id),
          pattern.skillId ?? 'any skill',
          worked(pattern),
          printable(pattern.fixDescription.split('\n', 1)[0] ?? ''),
        ]);
        for (const line of table([['ID', 'FOR', 'WORKED', 'FIX'], ...rows])) print(line);
      }),
    );
}

function worked({ successCount, failureCount }: FixPattern): string {
  const tried = successCount + failureCount;
  return tried === 0 ? 'not tried yet' : `worked ${successCount} of ${tried} times`;
}
