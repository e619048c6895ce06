import type { HealthAction } from '../../../shared/model/health.ts';

type NotifyTopic = Extract<HealthAction, { kind: 'notifyUser' }>['topic'];
/** What a person was told about in a stretch of trouble. */
export type TroubleTopic = Exclude<NotifyTopic, 'recovered'>;
const troubleTopics: readonly TroubleTopic[] = ['degraded', 'failing', 'quarantined', 'configuration'];

/** How many different configuration messages are remembered as told; an older one may be told again. */
const MAX_CONFIGURATION_MESSAGES = 8;
/** The longest remembered message, in characters: enough to tell two apart. */
const MAX_MESSAGE_CHARS = 500;

/** One stretch without a healthy check: since when (epoch ms), and what was said about it. */
export interface Trouble {
  readonly sinceMs: number;
  readonly told: readonly TroubleTopic[];
  readonly configurationMessages: readonly string[];
}

/** What must survive a restart of the host besides the health record. Plain JSON. */
export interface HealthMonitorState {
  /** A release on trial: checks still to pass, and when it began (epoch ms). */
  readonly trial: { readonly checksLeft: number; readonly sinceMs: number } | null;
  readonly trouble: Trouble | null;
  /** Failures of the present streak that were configuration errors and do not count towards quarantine. */
  readonly configurationFailures: number;
}

export const calmState: HealthMonitorState = Object.freeze({
  trial: null,
  trouble: null,
  configurationFailures: 0,
});

/** The trouble of `state`, begun at `atMs` if there was none. */
export function troubleSince(state: HealthMonitorState, atMs: number): Trouble {
  return state.trouble ?? { sinceMs: atMs, told: [], configurationMessages: [] };
}

export function withTold(trouble: Trouble, topic: TroubleTopic): Trouble {
  return trouble.told.includes(topic) ? trouble : { ...trouble, told: [...trouble.told, topic] };
}

export function wasToldOfConfiguration(trouble: Trouble, message: string): boolean {
  return trouble.configurationMessages.includes(message.slice(0, MAX_MESSAGE_CHARS));
}

export function withConfigurationMessage(trouble: Trouble, message: string): Trouble {
  const messages = [...trouble.configurationMessages, message.slice(0, MAX_MESSAGE_CHARS)];
  return {
    ...withTold(trouble, 'configuration'),
    configurationMessages: messages.slice(-MAX_CONFIGURATION_MESSAGES),
  };
}

/** Reads a stored state. Whatever is missing or not of its shape (another version, a damaged row) counts as calm. */
export function readMonitorState(stored: unknown): HealthMonitorState {
  if (!isObject(stored)) return calmState;
  return {
    trial: readTrial(stored.trial),
    trouble: readTrouble(stored.trouble),
    configurationFailures: isCount(stored.configurationFailures) ? stored.configurationFailures : 0,
  };
}

function readTrial(stored: unknown): HealthMonitorState['trial'] {
  if (!isObject(stored) || !isCount(stored.checksLeft) || stored.checksLeft === 0) return null;
  return isTime(stored.sinceMs) ? { checksLeft: stored.checksLeft, sinceMs: stored.sinceMs } : null;
}

function readTrouble(stored: unknown): Trouble | null {
  if (!isObject(stored) || !isTime(stored.sinceMs)) return null;
  const { told, configurationMessages: messages } = stored;
  return {
    sinceMs: stored.sinceMs,
    told: Array.isArray(told) ? troubleTopics.filter((topic) => told.includes(topic)) : [],
    configurationMessages: Array.isArray(messages)
      ? messages.filter((message) => typeof message === 'string').slice(-MAX_CONFIGURATION_MESSAGES)
      : [],
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
