import type { HealthAction } from '../../../shared/model/health.ts';
import { clip, durationInWords, headline } from '../health/words.ts';
import type { CommonCause } from './common-cause.ts';

export type NotifyTopic = Extract<HealthAction, { kind: 'notifyUser' }>['topic'];
export type NewsTopic = NotifyTopic | 'flapping';

/** One thing there is to say about one skill. */
export interface News {
  readonly topic: NewsTopic;
  readonly skillId: string;
  /** For people. */
  readonly name: string;
  readonly level: 'info' | 'warning' | 'error';
  /** One sentence. */
  readonly message: string;
  readonly incidentId: number | null;
  /** What it is about; null where there is no error. */
  readonly signature: string | null;
  readonly error: string | null;
  /** For a recovery: how long it had lasted, ms. */
  readonly lastedMs: number | null;
  /** What fixed this before, in one line. */
  readonly knownFix: string | null;
  /** A person muted notices about it, or has taken it on. */
  readonly muted: boolean;
  readonly acknowledged: boolean;
}

/** Names in one sentence; the list of the dashboard has the rest. */
const MOST_NAMED = 5;
const MAX_ERROR_CHARS = 160;

const titles: Record<NewsTopic, (name: string) => string> = {
  degraded: (name) => `${name} is degraded`,
  failing: (name) => `${name} is failing`,
  quarantined: (name) => `${name} is in quarantine`,
  recovered: (name) => `${name} is well again`,
  configuration: (name) => `${name} cannot start`,
  flapping: (name) => `${name} is flapping`,
};

const manyTitles: Record<NewsTopic, (count: number) => string> = {
  degraded: (count) => `${count} skills are degraded`,
  failing: (count) => `${count} skills are failing`,
  quarantined: (count) => `${count} skills are in quarantine`,
  recovered: (count) => `${count} skills are well again`,
  configuration: (count) => `${count} skills cannot start`,
  flapping: (count) => `${count} skills are flapping`,
};

const causeTitles: Record<CommonCause, (count: number) => string> = {
  'no-python': (count) => `No Python on this machine: ${count} skills cannot start`,
  'disk-full': (count) => `The disk is full: ${count} skills are in trouble`,
  asleep: (count) => `${count} skills are in trouble since this machine woke up`,
};

/** Title and body of what is told about one skill. */
export function wordsForOne(news: News): { readonly title: string; readonly body: string } {
  const body = news.knownFix === null ? news.message : `${news.message} · Known fix: “${news.knownFix}”`;
  return { title: titles[news.topic](news.name), body };
}

/** Title and body of what is told about several skills at once. */
export function wordsForMany(
  group: readonly News[],
  cause: CommonCause | null,
): { readonly title: string; readonly body: string } {
  const topics = new Set(group.map((one) => one.topic));
  const [topic] = topics;
  const title =
    cause !== null
      ? causeTitles[cause](group.length)
      : topic !== undefined && topics.size === 1
        ? manyTitles[topic](group.length)
        : `${group.length} skills are in trouble`;
  return { title, body: `${namesOf(group)}.${whatTheyHave(group)}` };
}

function namesOf(group: readonly News[]): string {
  const named = group.slice(0, MOST_NAMED).map(({ lastedMs, name }) => {
    return lastedMs === null ? name : `${name} after ${durationInWords(lastedMs)}`;
  });
  const more = group.length - named.length;
  if (more > 0) return `${named.join(', ')} and ${more} more`;
  const last = named.pop() ?? '';
  return named.length === 0 ? last : `${named.join(', ')} and ${last}`;
}

/** The error, where it is the same for all. */
function whatTheyHave(group: readonly News[]): string {
  const signatures = new Set(group.map((one) => one.signature));
  const error = group.at(-1)?.error ?? null;
  if (signatures.size !== 1 || error === null) return '';
  return ` The same error for all: ${clip(headline(error), MAX_ERROR_CHARS)}`;
}
