import { normalizeError } from '../../../electron/core/fixes/normalize.ts';
import { HealthMonitor } from '../../../electron/core/health/monitor.ts';
import { CheckPlan } from '../../../electron/core/schedule/check-plan.ts';
import { TaskTable } from '../../../electron/core/schedule/scheduler.ts';
import { scheduledTask } from '../../../electron/core/schedule/task.ts';
import { cronNext } from '../../../electron/runtime/task-runner.ts';
import { healthMonitorConfigSchema } from '../../../shared/model/config.ts';
import type { HealthCheckOutcome } from '../../../shared/model/health.ts';
import type { Schedule } from '../../../shared/model/schedule.ts';
import { corpusTexts } from '../../support/corpus/corpus.ts';
import { seeded } from '../../support/corpus/hostile.ts';
import { atLeast, below, type Figure, type Part } from '../lib/figures.ts';

const NOW_MS = 1_760_000_000_000;
const HOUR_MS = 3_600_000;
const TASKS = 10_000;
/** Growth is judged with so much room for what is not the algorithm: caches, the collector, the neighbours. */
const GROWTH_ROOM = 2;

/** The rules without a world around them. CPU time, so that a busy machine does not spoil it. */
export function measureCore(): Part {
  const tasks = fullTable(TASKS);
  tasks.due(NOW_MS);
  return {
    title: 'Core',
    about: [
      'The pure rules, in CPU time of one core, the best of several runs. Growth compares eight times the size with the size itself:',
      `n log n, with a factor of ${GROWTH_ROOM} as room, is the most that is allowed.`,
    ].join('\n'),
    figures: [
      atLeast({ name: 'monitor, results per second', value: monitorRate(), unit: '/s' }, 200_000),
      atLeast({ name: 'signatures, texts per second', value: signatureRate(), unit: '/s' }, 15_000),
      below(
        { name: `what is due of ${TASKS} tasks`, value: bestCpuMs(() => tasks.due(NOW_MS)), unit: 'ms' },
        20,
      ),
      ...growth('monitor, one result of each of n skills', 2000, (n) => judgeEach(n)),
      ...growth('check plan, n skills planned and asked', 2000, (n) => planEach(n)),
      ...growth('schedule, n tasks added and looked through', 1250, (n) =>
        fullTable(n).due(NOW_MS + HOUR_MS),
      ),
      ...growth('signature of a text of n characters', 1000, (n) => normalizeError(longText(n))),
    ],
  };
}

/** Long enough for the kernel's count, which some machines only keep in steps of 10 ms. */
const LONG_ENOUGH_MS = 80;

/** CPU time of one `run`, ms: the best of a few rows of them. Of this thread, without the collector's own. */
function bestCpuMs(run: () => unknown): number {
  const row = (runs: number): number => {
    const before = process.threadCpuUsage();
    for (let done = 0; done < runs; done += 1) run();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  };
  let runs = 1;
  while (row(runs) < LONG_ENOUGH_MS) runs *= 2;
  return Math.min(row(runs), row(runs), row(runs)) / runs;
}

function monitorRate(): number {
  const results = 50_000;
  const config = healthMonitorConfigSchema.parse({});
  const random = seeded(7);
  const ids = Array.from({ length: 1000 }, (_, index) => `skill-${index}`);
  const took = bestCpuMs(() => {
    const monitor = new HealthMonitor(config);
    for (let result = 0; result < results; result += 1) {
      monitor.processCheckResult(ids[result % ids.length] ?? '', outcomeOf(random()), NOW_MS + result);
      if (result % 100 === 0) monitor.pendingActions();
    }
  });
  return (results / took) * 1000;
}

/** What a real life brings: mostly well, sometimes slow, now and then dead. */
function outcomeOf(dice: number): HealthCheckOutcome {
  if (dice < 0.97) return { kind: 'healthy' };
  if (dice < 0.985) return { kind: 'degraded', detail: 'slow' };
  return { kind: 'unreachable', reason: 'exited with code 1', cause: 'exit' };
}

function signatureRate(): number {
  const texts = corpusTexts().map(({ text }) => text);
  const took = bestCpuMs(() => {
    for (const text of texts) normalizeError(text);
  });
  return (texts.length / took) * 1000;
}

const names = Array.from({ length: 20_000 }, (_, index) => `skill-${index}`);

function judgeEach(count: number): void {
  const monitor = new HealthMonitor(healthMonitorConfigSchema.parse({}));
  for (let round = 0; round < 5; round += 1) {
    for (let index = 0; index < count; index += 1) {
      const outcome = outcomeOf((index % 100) / 100);
      monitor.processCheckResult(names[index] ?? '', outcome, NOW_MS + round * HOUR_MS);
    }
    monitor.pendingActions();
  }
}

function planEach(count: number): void {
  const plan = new CheckPlan();
  for (let index = 0; index < count; index += 1)
    plan.setSkill(names[index] ?? '', 300_000, 0, { soon: true });
  for (const skillId of plan.due(0)) plan.asked(skillId, 0);
  plan.due(300_000);
}

const schedules: readonly Schedule[] = [
  { kind: 'interval', secs: 60 },
  { kind: 'daily', hour: 3, minute: 30 },
  { kind: 'weekly', days: ['mon', 'thu'], hour: 12, minute: 0 },
  { kind: 'interval', secs: 3600 },
];

function fullTable(count: number): TaskTable {
  const table = new TaskTable(cronNext);
  for (let index = 0; index < count; index += 1) {
    const schedule = schedules[index % schedules.length];
    if (schedule !== undefined) table.addTask(scheduledTask(`task-${index}`, 'a task', schedule), NOW_MS);
  }
  return table;
}

function longText(length: number): string {
  const line = 'ConnectionError: host 10.0.0.7 port 5432 refused after 3.2 s (request 8f14e45f) ';
  return line.repeat(Math.ceil(length / line.length)).slice(0, length);
}

/** How much more CPU eight times as much takes, against what n log n would take. */
function growth(name: string, small: number, run: (count: number) => unknown): [Figure] {
  const large = small * 8;
  run(small);
  run(large);
  const factor =
    bestCpuMs(() => run(large)) /
    Math.max(
      0.05,
      bestCpuMs(() => run(small)),
    );
  const allowed = ((8 * Math.log(large)) / Math.log(small)) * GROWTH_ROOM;
  return [below({ name, value: factor, unit: '×' }, Math.round(allowed * 10) / 10)];
}
