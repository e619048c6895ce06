import type { CommandAnswer } from '../../shared/contract/index.ts';
import type { Incident } from '../../shared/model/action.ts';
import type { LogLine } from '../../shared/model/log.ts';
import { similarIncidents } from '../core/incidents/similar.ts';
import type { Storage } from '../storage/storage.ts';

/** What is looked at beside the incident itself. Times in ms, the rest are counts. */
const MOST_CHECKS = 500;
const CHECKS_BEFORE = 3;
const MOST_ACTIONS = 500;
const ACTIONS_BEFORE_MS = 60_000;
/** What follows an end (the notice, a person's word) belongs to it. */
const AFTER_END_MS = 60_000;
const LOGS_BEFORE_MS = 30_000;
const LOGS_AFTER_MS = 15_000;
const LOGS_AT_START = 60;
const LOGS_AT_END = 30;
/** Similar ones are looked for among so many of the latest, and among older ones with the very same error. */
const LATEST = 400;
const SAME_ERROR = 50;
const MOST_SIMILAR = 5;

type Story = Omit<CommandAnswer<'incident.get'>, 'incident'>;

/** What happened around an incident, and the earlier ones that look like it. Only reads. */
export async function incidentStory(
  storage: Pick<Storage, 'checks' | 'actions' | 'logs' | 'incidents'>,
  incident: Incident,
  nowMs: number,
): Promise<Story> {
  const { skillId, signature, startedAt, endedAt } = incident;
  const end = endedAt ?? nowMs;
  const during = storage.checks.list(skillId, end + 1, MOST_CHECKS).filter((check) => check.at >= startedAt);
  const before = storage.checks.list(skillId, startedAt, CHECKS_BEFORE);
  const actions = storage.actions
    .list({ skillId, before: end + AFTER_END_MS, limit: MOST_ACTIONS })
    .filter((action) => action.at >= startedAt - ACTIONS_BEFORE_MS);
  const candidates = new Map(
    [
      ...storage.incidents.list({ before: startedAt + 1, limit: LATEST }),
      ...storage.incidents.list({ signature, before: startedAt + 1, limit: SAME_ERROR }),
    ].map((one) => [one.id, one]),
  );
  return {
    checks: [...during, ...before],
    actions,
    logs: await logsAround(storage, incident),
    similar: similarIncidents(incident, [...candidates.values()], MOST_SIMILAR),
  };
}

/** The lines around its first failure and around its last, oldest first. */
async function logsAround(
  { logs }: Pick<Storage, 'logs'>,
  { skillId, startedAt, lastSeenAt }: Incident,
): Promise<LogLine[]> {
  const around = (at: number, limit: number) =>
    logs.read({ skillId, after: at - LOGS_BEFORE_MS, before: at + LOGS_AFTER_MS, limit });
  const first = await around(startedAt, LOGS_AT_START);
  const last = await around(lastSeenAt, LOGS_AT_END);
  const lines = new Map([...first.lines, ...last.lines].map((line) => [line.id, line]));
  return [...lines.values()].sort((a, b) => a.id - b.id);
}
