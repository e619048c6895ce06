import type { Command } from 'commander';
import type { Skill } from '../../shared/model/skill.ts';
import { print, withHost } from './with-host.ts';
import { healthInWords, printable, processInWords } from './words.ts';

const orders = [
  ['start', 'start a paused skill'],
  ['stop', 'pause a skill: not checked, not restarted, until started'],
  ['restart', 'end the process and start it at once'],
  ['disable', 'take a skill out of service'],
  ['activate', 'take a skill into service'],
] as const;

/** `start|stop|restart|disable|activate`, `quarantine`, `release`, `reload`: what a person decides. */
export function addSkillCommands(program: Command, dataDir: () => string): void {
  for (const [order, description] of orders) {
    program
      .command(order)
      .argument('<id>', 'the skill')
      .option('--json', 'the skill as JSON')
      .description(description)
      .action((skillId: string, { json }: { json?: boolean }) =>
        withHost(dataDir(), async (host) =>
          show((await host.call(`skill.${order}`, { skillId })).skill, json),
        ),
      );
  }
  program
    .command('quarantine')
    .argument('<id>', 'the skill')
    .requiredOption('--reason <text>', 'why; it is shown until the release')
    .option('--json', 'the skill as JSON')
    .description('stop a skill until somebody releases it')
    .action((skillId: string, { json, reason }: { json?: boolean; reason: string }) =>
      withHost(dataDir(), async (host) =>
        show((await host.call('skill.quarantine', { skillId, reason })).skill, json),
      ),
    );
  program
    .command('release')
    .argument('<id>', 'the skill')
    .option('--force', 'without the trial of three checks')
    .option('--json', 'the skill as JSON')
    .description('let a skill out of quarantine: start it and watch three checks')
    .action((skillId: string, { force, json }: { force?: boolean; json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const mode = force === true ? 'force' : 'trial';
        show((await host.call('skill.release', { skillId, mode })).skill, json);
      }),
    );
  program
    .command('reload')
    .option('--json', 'the answer as JSON')
    .description('read the skills folders again')
    .action(({ json }: { json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const change = await host.call('skills.reload', {});
        if (json === true) return print(JSON.stringify(change));
        print(
          `added ${list(change.added)}; changed ${list(change.changed)}; removed ${list(change.removed)}`,
        );
        for (const { id, broken } of change.broken) {
          print(
            `broken: ${id}: ${printable(broken.message)} (${broken.file}${broken.line === null ? '' : `, line ${broken.line}`})`,
          );
        }
      }),
    );
}

function list(ids: readonly string[]): string {
  return ids.length === 0 ? 'none' : ids.join(', ');
}

function show(skill: Skill, json: boolean | undefined): void {
  const words = `${skill.id}: ${skill.lifecycle}, ${processInWords(skill, Date.now())}, ${healthInWords(skill.health.status)}`;
  print(json === true ? JSON.stringify({ skill }) : printable(words));
}
