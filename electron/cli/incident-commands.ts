import { type Command, InvalidArgumentError } from 'commander';
import { type Incident, MUTED_UNTIL_RECOVERY } from '../../shared/model/action.ts';
import { print, withHost } from './with-host.ts';
import { agoInWords, durationInWords, printable, table } from './words.ts';

const UNITS = { s: 1000, min: 60_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** `--all` shows so many at most. */
const MOST_LISTED = 200;

/** `incidents`, `ack`, `mute`, `resolve`, `reopen`: what is wrong, and what people say about it. */
export function addIncidentCommands(program: Command, dataDir: () => string): void {
  program
    .command('incidents')
    .option('--json', 'as JSON')
    .option('--all', 'those that are over, too')
    .description('what is wrong now: each stretch of trouble with one error')
    .action(({ json, all }: { json?: boolean; all?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const states: Incident['state'][] =
          all === true ? ['open', 'acknowledged', 'resolved'] : ['open', 'acknowledged'];
        const { incidents } = await host.call('incident.list', { states, limit: MOST_LISTED });
        if (json === true) return print(JSON.stringify({ incidents }));
        if (incidents.length === 0)
          return print(
            all === true ? 'No incident is on record.' : 'Nothing is wrong. Earlier incidents: --all.',
          );
        const nowMs = Date.now();
        const rows = incidents.map((incident) => rowOf(incident, nowMs));
        for (const line of table([['ID', 'SKILL', 'STATE', 'BEGAN', 'LASTED', 'FAILURES', 'ERROR'], ...rows]))
          print(line);
      }),
    );

  program
    .command('ack')
    .argument('<incident>', 'its number', readId)
    .option('--note <text>', 'who looks after it, and what is known')
    .option('--for <time>', 'for so long: 30min, 4h, 2d (default: until it ends)', readDuration)
    .description('take an incident on: it is not told again until it is quarantined')
    .action((incidentId: number, { note, for: ms }: { note?: string; for?: number }) =>
      withHost(dataDir(), async (host) => {
        const { incident } = await host.call('incident.ack', {
          incidentId,
          ...(note === undefined ? {} : { note }),
          ...(ms === undefined ? {} : { until: Date.now() + ms }),
        });
        print(`${nameOf(incident)} is acknowledged${ms === undefined ? '' : ` for ${durationInWords(ms)}`}.`);
      }),
    );

  program
    .command('mute')
    .argument('<incident>', 'its number', readId)
    .option('--for <time>', 'for so long: 30min, 4h, 2d (default: until it ends)', readDuration)
    .option('--off', 'lift the mute')
    .description('no notice about an incident for a time')
    .action((incidentId: number, { for: ms, off }: { for?: number; off?: boolean }) =>
      withHost(dataDir(), async (host) => {
        const until = off === true ? null : ms === undefined ? 'recovery' : Date.now() + ms;
        const { incident } = await host.call('incident.mute', { incidentId, until });
        print(`${nameOf(incident)} is ${muteWords(incident, Date.now()) || 'no longer muted'}.`);
      }),
    );

  program
    .command('resolve')
    .argument('<incident>', 'its number', readId)
    .option('--note <text>', 'what it was')
    .option('--fix <id>', 'the number of the recorded fix that ended it', readId)
    .description('say that an incident is over; if its error comes back, that is a regression')
    .action((incidentId: number, { note, fix }: { note?: string; fix?: number }) =>
      withHost(dataDir(), async (host) => {
        const { incident } = await host.call('incident.resolve', {
          incidentId,
          ...(note === undefined ? {} : { note }),
          ...(fix === undefined ? {} : { fixId: fix }),
        });
        print(`${nameOf(incident)} is resolved.`);
      }),
    );

  program
    .command('reopen')
    .argument('<incident>', 'its number', readId)
    .description('take back an acknowledgement, or a resolution by hand')
    .action((incidentId: number) =>
      withHost(dataDir(), async (host) => {
        const { incident } = await host.call('incident.reopen', { incidentId });
        print(`${nameOf(incident)} is ${incident.state} again.`);
      }),
    );
}

function rowOf(incident: Incident, nowMs: number): string[] {
  const { id, skillId, state, startedAt, endedAt, failures, error, quarantined } = incident;
  const marks = [
    state,
    ...(quarantined ? ['quarantined'] : []),
    ...(incident.regressionOf === undefined ? [] : [`back since #${incident.regressionOf}`]),
    ...(endedAt === null && muteWords(incident, nowMs) !== '' ? ['muted'] : []),
  ];
  return [
    `#${id}`,
    skillId,
    marks.join(', '),
    agoInWords(startedAt, nowMs),
    durationInWords((endedAt ?? nowMs) - startedAt),
    String(failures),
    printable(error.trim().split('\n').at(-1) ?? ''),
  ];
}

function nameOf({ id, skillId }: Incident): string {
  return `Incident #${id} of ${skillId}`;
}

/** Empty when it is not muted. */
function muteWords({ mutedUntil }: Incident, nowMs: number): string {
  if (mutedUntil === null || mutedUntil <= nowMs) return '';
  return mutedUntil === MUTED_UNTIL_RECOVERY
    ? 'muted until it ends'
    : `muted for ${durationInWords(mutedUntil - nowMs)}`;
}

function readId(value: string): number {
  const id = Number(value.replace(/^#/, ''));
  if (Number.isInteger(id) && id > 0) return id;
  throw new InvalidArgumentError('a whole number, as `skillward incidents` shows it');
}

/** `90s`, `30min`, `4h`, `2d` as ms. */
function readDuration(value: string): number {
  const [, count, unit] = /^(\d{1,6})\s?(s|min|m|h|d)$/.exec(value) ?? [];
  const ms = Number(count) * (UNITS[unit as keyof typeof UNITS] ?? Number.NaN);
  if (ms > 0) return ms;
  throw new InvalidArgumentError('a number with its unit: 30min, 4h, 2d');
}
