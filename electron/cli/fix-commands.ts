import type { Command } from 'commander';
import { countsEverywhere, type FixPattern } from '../../shared/model/fix.ts';
import { addFixExchangeCommands } from './fix-exchange-commands.ts';
import { print, withHost } from './with-host.ts';
import { printable, table } from './words.ts';

/** `fix record|match|list|apply|proposals|export|import`: what fixed an error, told, asked and tried from a terminal. */
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
          print(`${pattern.id}  ${printable(pattern.fixDescription)}\n   ${printable(why)}`);
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
          printable(pattern.fixDescription.split('\n', 1)[0] ?? '') +
            (pattern.origin === undefined ? '' : ` (learnt on ${printable(pattern.origin.name)})`),
        ]);
        for (const line of table([['ID', 'FOR', 'WORKED', 'FIX'], ...rows])) print(line);
      }),
    );
  fix
    .command('apply')
    .argument('<fix>', 'the number of the fix (fix list, fix match)')
    .argument('<skill>', 'the skill in trouble')
    .option('--json', 'the answer as JSON')
    .description('say that you try this fix; what it carries out is done, later checks judge it')
    .action((fixId: string, skillId: string, { json }: { json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const { trial, pattern } = await host.call('fix.apply', { fixId: Number(fixId), skillId });
        if (json === true) return print(JSON.stringify({ trial, pattern }));
        const done = pattern.safeAction === undefined ? '' : ` and carried out (${pattern.safeAction})`;
        print(
          `Fix ${pattern.id} is on record for ${skillId}${done}. The next checks decide whether it worked.`,
        );
      }),
    );
  fix
    .command('proposals')
    .option('--json', 'every proposal as JSON')
    .option('--dismiss <number>', 'do not ask about this one any more', Number)
    .description('recoveries you had a hand in and have not recorded yet')
    .action(({ json, dismiss }: { json?: boolean; dismiss?: number }) =>
      withHost(dataDir(), async (host) => {
        if (dismiss !== undefined) await host.call('fix.proposals.dismiss', { proposalId: dismiss });
        const { proposals } = await host.call('fix.proposals', {});
        if (json === true) return print(JSON.stringify({ proposals }));
        if (proposals.length === 0) return print('Nothing to record.');
        for (const { id, skillId, suggestion, error } of proposals)
          print(`${id}  ${skillId}: ${printable(suggestion)}\n   after: ${printable(error)}`);
      }),
    );
  fix
    .command('merge')
    .argument('<fix>', 'the fix that goes into the other')
    .requiredOption('--into <fix>', 'the fix whose words stay')
    .description('make one fix of two: both errors lead to it, the counts add up')
    .action((fixId: string, { into }: { into: string }) =>
      withHost(dataDir(), async (host) => {
        const { pattern } = await host.call('fix.merge', { fixId: Number(fixId), intoFixId: Number(into) });
        const errors = 1 + (pattern.alsoFor?.length ?? 0);
        print(`Fix ${pattern.id} is for ${errors} errors now: ${worked(pattern)}.`);
      }),
    );
  fix
    .command('history')
    .argument('<fix>', 'the number of the fix')
    .option('--json', 'the answer as JSON')
    .description('what became of a fix, newest first')
    .action((fixId: string, { json }: { json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const { entries } = await host.call('fix.history', { fixId: Number(fixId) });
        if (json === true) return print(JSON.stringify({ entries }));
        const rows = entries.map(({ at, kind, skillId, detail }) => [
          new Date(at).toISOString().slice(0, 16).replace('T', ' '),
          kind,
          skillId ?? '',
          printable(detail),
        ]);
        for (const line of table(rows)) print(line);
      }),
    );
  addFixExchangeCommands(fix, dataDir);
}

function worked(pattern: FixPattern): string {
  const { worked: helped, failed } = countsEverywhere(pattern);
  const tried = helped + failed;
  return tried === 0 ? 'not tried yet' : `worked ${helped} of ${tried} times`;
}
