import type { Command } from 'commander';
import { CommandError, type EventPayload } from '../../shared/contract/index.ts';
import type { HostClient } from './client.ts';
import { print, withHost } from './with-host.ts';
import { printable } from './words.ts';

type Output = EventPayload<'environment.output'>;

/** `env plan|create`: the Python environment of a skill, made because a person says so. */
export function addEnvironmentCommands(program: Command, dataDir: () => string): void {
  const env = program.command('env').description('the Python environments of skills');
  env
    .command('plan')
    .argument('<id>', 'the skill')
    .option('--json', 'the answer as JSON')
    .description('what creating its environment would do, word for word')
    .action((skillId: string, { json }: { json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const plan = await host.call('environment.plan', { skillId });
        if (json === true) return print(JSON.stringify(plan));
        print(`Installs ${printable(plan.dependencies.join(', '))} into ${plan.folder}:`);
        for (const step of plan.steps) print(`  ${printable(step.join(' '))}`);
      }),
    );
  env
    .command('create')
    .argument('<id>', 'the skill')
    .description('make its environment and install what it declares; Ctrl+C gives up')
    .action((skillId: string) => withHost(dataDir(), (host) => create(host, skillId)));
}

async function create(host: HostClient, skillId: string): Promise<void> {
  const ended = Promise.withResolvers<Output>();
  let jobId: string | null = null;
  await host.listen(({ event, payload }) => {
    if (event !== 'environment.output' || payload.skillId !== skillId) return;
    // The first output may be here before the answer that names the job.
    jobId ??= payload.jobId;
    if (payload.jobId !== jobId) return;
    process.stdout.write(payload.text);
    if (payload.end !== undefined) ended.resolve(payload);
  });
  const giveUp = () => {
    if (jobId !== null) void host.call('environment.cancel', { jobId });
  };
  process.on('SIGINT', giveUp);
  process.on('SIGTERM', giveUp);
  try {
    jobId = (await host.call('environment.create', { skillId })).jobId;
    const gone = host.closed.then(() => {
      throw new CommandError('unavailable', 'The host went away; the environment was not finished.');
    });
    const { end, problem } = await Promise.race([ended.promise, gone]);
    if (end === 'done') return print(`The environment of ${skillId} is ready.`);
    throw new CommandError(
      'skill_error',
      end === 'cancelled'
        ? 'Given up; what was made so far is gone.'
        : `It was not made. ${printable(problem ?? '')}`,
    );
  } finally {
    process.off('SIGINT', giveUp);
    process.off('SIGTERM', giveUp);
  }
}
