import type { Command } from 'commander';
import type { Skill } from '../../shared/model/skill.ts';
import type { HostClient } from './client.ts';
import { print, withHost } from './with-host.ts';
import { agoInWords, healthInWords, outcomeInWords, printable, processInWords, table } from './words.ts';

/** `status`, `check`, `events`: look, without changing anything. */
export function addInspectCommands(program: Command, dataDir: () => string): void {
  program
    .command('status')
    .description('every skill: what people decided, what the process does, what the checks say')
    .option('--json', 'the host’s status and every skill as JSON')
    .action(({ json }: { json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const { skills } = await host.call('skill.list', {});
        if (json === true) {
          print(JSON.stringify({ host: await host.call('runtime.status', {}), skills }));
          return;
        }
        if (skills.length === 0) {
          print(
            'No skills yet. Start the host with --skills <folder>, a folder that holds one folder per skill.',
          );
          return;
        }
        const nowMs = Date.now();
        const rows: string[][] = [];
        for (const skill of skills) {
          const health = skill.broken?.message ?? healthInWords(skill.health.status);
          rows.push([
            skill.id,
            skill.lifecycle,
            processInWords(skill, nowMs),
            agoInWords(skill.health.lastCheck, nowMs),
            printable(`${health}${await knownFix(host, skill)}`),
          ]);
        }
        for (const line of table([['SKILL', 'LIFECYCLE', 'PROCESS', 'CHECKED', 'HEALTH'], ...rows]))
          print(line);
      }),
    );

  program
    .command('check')
    .argument('[id]', 'one skill; without it, every running one')
    .option('--json', 'the answer as JSON')
    .description('ask a skill how it is, now')
    .action((skillId: string | undefined, { json }: { json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const answer = await host.call(
          'skill.health.check',
          skillId === undefined ? { all: true } : { skillId },
        );
        if (json === true) return print(JSON.stringify(answer));
        const rows = answer.skills.map(({ skillId: id, outcome, latencyMs }) => [
          id,
          latencyMs === null || latencyMs === undefined ? '–' : `${Math.round(latencyMs * 10) / 10} ms`,
          printable(outcome === undefined ? 'no verdict' : outcomeInWords(outcome)),
        ]);
        for (const line of table(rows)) print(line);
        if (
          answer.skills.some(({ outcome }) => outcome?.kind === 'failed' || outcome?.kind === 'unreachable')
        )
          process.exitCode = 1;
      }),
    );

  program
    .command('events')
    .description('every event of the host as JSON lines, until Ctrl+C')
    .action(() => withHost(dataDir(), (host) => host.follow((event) => print(JSON.stringify(event)))));
}

/** ` (fix known: …)` for a skill in trouble whose error was fixed before. */
async function knownFix(host: HostClient, { id, health }: Skill): Promise<string> {
  if (health.lastError === null || health.lastError === '') return '';
  const { matches } = await host.call('fix.match', { error: health.lastError, skillId: id, limit: 1 });
  const [best] = matches;
  if (best === undefined || best.tier === 'similar') return '';
  return ` (fix known: ${best.pattern.fixDescription.split('\n', 1)[0] ?? ''})`;
}
