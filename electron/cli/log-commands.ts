import { type Command, InvalidArgumentError } from 'commander';
import { CommandError, type CommandPayload } from '../../shared/contract/index.ts';
import { type LogLevel, type LogLine, logLevelSchema } from '../../shared/model/log.ts';
import { plainText } from '../../shared/model/log-text.ts';
import type { HostClient } from './client.ts';
import { print, withHost } from './with-host.ts';

const LOG_LINES = 200;
/** Lines asked for at once while following. */
const ROUND = 1000;
const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

interface LogOptions {
  readonly follow?: boolean;
  readonly lines: number;
  readonly level?: LogLevel;
  readonly grep?: string;
  readonly regex?: string;
  readonly since?: number;
  readonly json?: boolean;
}

/** `logs`: what skills wrote, merged by time. */
export function addLogCommands(program: Command, dataDir: () => string): void {
  program
    .command('logs')
    .argument('[ids...]', 'the skills; without any, all of them')
    .option('-f, --follow', 'go on as lines arrive')
    .option('-n, --lines <number>', 'how many lines of the past', readCount, LOG_LINES)
    .option('--level <level>', 'this level and worse: debug, info, warning, error', readLevel)
    .option('--grep <text>', 'only lines with this text, whatever its case')
    .option('--regex <pattern>', 'only lines this regular expression finds something in')
    .option('--since <when>', 'nothing older: 15m, 2h, 3d, or a date and time', readMoment)
    .option('--json', 'every line as a JSON object')
    .description('what skills wrote, and what the host wrote about them')
    .action((ids: string[], options: LogOptions) =>
      withHost(dataDir(), async (host) => {
        for (const id of ids) await mustExist(host, id);
        const query = queryOf(ids, options);
        const past = await host.call('logs.read', { ...query, limit: options.lines });
        const show = (line: LogLine) =>
          print(options.json === true ? JSON.stringify(line) : words(line, ids));
        for (const line of past.lines) show(line);
        if (options.follow === true) await follow(host, query, past.newer, show);
      }),
    );
}

type Query = Omit<CommandPayload<'logs.read'>, 'limit'>;

function queryOf(ids: readonly string[], { level, grep, regex, since }: LogOptions): Query {
  return {
    ...(ids.length === 0 ? {} : { skillIds: [...ids] }),
    ...(level === undefined ? {} : { level }),
    ...(since === undefined ? {} : { after: since }),
    ...(regex === undefined ? {} : { query: regex, regex: true }),
    ...(grep === undefined || regex !== undefined ? {} : { query: grep }),
  };
}

/** Prints what comes after a place in the log, until the host goes. The events only say that there is something. */
async function follow(host: HostClient, query: Query, place: string, show: (line: LogLine) => void) {
  let cursor = place;
  let asked = false;
  let reading: Promise<void> = Promise.resolve();
  const readOn = async (): Promise<void> => {
    asked = false;
    for (let atEnd = false; !atEnd; ) {
      const page = await host.call('logs.read', { ...query, from: 'oldest', cursor, limit: ROUND });
      for (const line of page.lines) show(line);
      ({ newer: cursor, atEnd } = page);
    }
  };
  const nudge = (): void => {
    if (asked) return;
    asked = true;
    reading = reading.then(readOn);
  };
  const wanted = new Set(query.skillIds);
  const followed = host.follow(({ event, payload }) => {
    if (event === 'log.appended' && (wanted.size === 0 || wanted.has(payload.skillId))) nudge();
  });
  // What was written between the first answer and the subscription.
  nudge();
  await followed;
  await reading;
}

async function mustExist(host: HostClient, skillId: string): Promise<void> {
  const { skills } = await host.call('skill.list', {});
  if (skills.some((skill) => skill.id === skillId)) return;
  // A skill that is gone may have left its log.
  const { lines } = await host.call('logs.read', { skillId, limit: 1 });
  if (lines.length === 0)
    throw new CommandError('not_found', `There is no skill "${skillId}", and no log of it.`);
}

function words(line: LogLine, ids: readonly string[]): string {
  const whose = ids.length === 1 ? '' : `${line.skillId}  `;
  const stream = line.stream === 'stderr' ? '' : `[${line.stream}] `;
  return `${new Date(line.at).toISOString().slice(11, 23)}  ${whose}${stream}${plainText(line.text)}`;
}

function readCount(value: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 1 && count <= 5000) return count;
  throw new InvalidArgumentError('a whole number from 1 to 5000');
}

function readLevel(value: string): LogLevel {
  const level = logLevelSchema.safeParse(value);
  if (level.success) return level.data;
  throw new InvalidArgumentError(`one of ${logLevelSchema.options.join(', ')}`);
}

function readMoment(value: string): number {
  const [, amount, unit = ''] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
  const at = amount === undefined ? Date.parse(value) : Date.now() - Number(amount) * (UNITS_MS[unit] ?? 0);
  if (Number.isFinite(at) && at >= 0) return Math.round(at);
  throw new InvalidArgumentError('15m, 2h, 3d, or a date such as 2026-03-01T12:00');
}
