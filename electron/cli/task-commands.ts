import type { Command } from 'commander';
import type { Schedule, ScheduledTask } from '../../shared/model/schedule.ts';
import { print, withHost } from './with-host.ts';
import { agoInWords, printable, table } from './words.ts';

/** `tasks`: what runs when, and taking it off the schedule or putting it back. */
export function addTaskCommands(program: Command, dataDir: () => string): void {
  const tasks = program.command('tasks').description('what runs when');
  tasks
    .command('list', { isDefault: true })
    .option('--json', 'every task as JSON')
    .description('every task, its schedule and when it runs next')
    .action(({ json }: { json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const { tasks: all } = await host.call('scheduler.list', {});
        if (json === true) return print(JSON.stringify({ tasks: all }));
        const nowMs = Date.now();
        const rows = all.map((task) => [
          task.id,
          scheduleInShort(task.schedule),
          stateInWords(task, nowMs),
          agoInWords(task.lastRunAt, nowMs),
          printable(task.name),
        ]);
        for (const line of table([['TASK', 'SCHEDULE', 'NEXT RUN', 'LAST RUN', 'NAME'], ...rows]))
          print(line);
      }),
    );
  tasks
    .command('run')
    .argument('<id>', 'the task')
    .option('--json', 'the run as JSON')
    .description('run a task now, whatever its schedule, and wait for the outcome')
    .action((taskId: string, { json }: { json?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const { run } = await host.call('scheduler.trigger_now', { taskId });
        if (run.outcome === 'error') process.exitCode = 1;
        if (json === true) return print(JSON.stringify({ run }));
        print(`${taskId}: ${run.outcome} after ${Math.round(run.durationMs)} ms, ${printable(run.summary)}`);
      }),
    );
  for (const [name, enabled, description] of [
    ['pause', false, 'take a task off the schedule'],
    ['resume', true, 'put a task back on the schedule'],
  ] as const) {
    tasks
      .command(name)
      .argument('<id>', 'the task')
      .description(description)
      .action((taskId: string) =>
        withHost(dataDir(), async (host) => {
          const { task } = await host.call('scheduler.update', { taskId, enabled });
          print(`${printable(task.name)}: ${stateInWords(task, Date.now())}`);
        }),
      );
  }
}

function scheduleInShort(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'interval':
      return `every ${schedule.secs} s`;
    case 'daily':
      return `daily ${timeOfDay(schedule)}`;
    case 'weekly':
      return `${schedule.days.join(',')} ${timeOfDay(schedule)}`;
    case 'cron':
      return `cron ${printable(schedule.expression)}`;
  }
}

function stateInWords({ enabled, running, nextRunAt }: ScheduledTask, nowMs: number): string {
  if (running) return 'running now';
  if (!enabled) return 'paused';
  if (nextRunAt === null) return 'never';
  const secs = Math.max(0, Math.ceil((nextRunAt - nowMs) / 1000));
  return secs < 120
    ? `in ${secs} s`
    : `${new Date(nextRunAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function timeOfDay({ hour, minute }: { readonly hour: number; readonly minute: number }): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
