import type { CommandAnswer, CommandName, EventName, HostEvent } from '../../../shared/contract/index.ts';
import type { AppConfig } from '../../../shared/model/config.ts';
import type { RuntimeStatus } from '../../../shared/model/runtime.ts';
import type { Skill } from '../../../shared/model/skill.ts';

/** An event as it travels: numbered anew, because what stays at home has no number in the fleet. */
export interface LeavingEvent {
  readonly event: HostEvent['event'];
  readonly payload: unknown;
}

/**
 * Which events leave this host. Log lines and what a job prints are asked for where they are wanted; advice is one
 * person's conversation; what this host hears of the fleet is not told back to it. An event that is not here does not compile.
 */
const leaves: Readonly<Record<EventName, boolean>> = {
  'skill.changed': true,
  'health.checked': true,
  'action.taken': true,
  'incident.changed': true,
  'task.changed': true,
  'log.appended': false,
  notification: true,
  'config.changed': true,
  'fix.changed': true,
  'fix.trial': true,
  'fix.proposal': true,
  'advice.chunk': false,
  'advice.done': false,
  'environment.output': false,
  'fleet.changed': false,
  'fleet.event': false,
  'host.notice': true,
};

/** An event as the fleet may have it; null: it stays at home. */
export function eventForFleet(event: HostEvent): LeavingEvent | null {
  if (!leaves[event.event]) return null;
  switch (event.event) {
    case 'skill.changed': {
      const { skill, skillId } = event.payload;
      return {
        event: event.event,
        payload: { skillId, skill: skill === null ? null : skillForFleet(skill) },
      };
    }
    case 'fix.changed': {
      const { pattern } = event.payload;
      // A fix of other hosts that nobody used here: each of its hosts would tell every other of every change.
      const heard = pattern?.origin !== undefined && pattern.successCount + pattern.failureCount === 0;
      return heard ? null : { event: event.event, payload: event.payload };
    }
    case 'config.changed':
      return { event: event.event, payload: { config: configForFleet(event.payload.config) } };
    default:
      return { event: event.event, payload: event.payload };
  }
}

export function snapshotForFleet(snapshot: CommandAnswer<'state.snapshot'>): CommandAnswer<'state.snapshot'> {
  return {
    ...snapshot,
    skills: snapshot.skills.map(skillForFleet),
    settings: configForFleet(snapshot.settings),
    host: statusForFleet(snapshot.host),
  };
}

/** An answer as another host may have it: without folders and addresses of this machine. */
export function answerForFleet(command: CommandName, answer: unknown): unknown {
  switch (command) {
    case 'state.snapshot':
      return snapshotForFleet(answer as CommandAnswer<'state.snapshot'>);
    case 'runtime.status':
      return statusForFleet(answer as CommandAnswer<'runtime.status'>);
    case 'config.get':
      return { config: configForFleet((answer as CommandAnswer<'config.get'>).config) };
    case 'skill.list':
      return { skills: (answer as CommandAnswer<'skill.list'>).skills.map(skillForFleet) };
    case 'skill.start':
    case 'skill.stop':
    case 'skill.restart':
    case 'skill.disable':
    case 'skill.activate':
    case 'skill.quarantine':
    case 'skill.release':
      return { skill: skillForFleet((answer as CommandAnswer<'skill.start'>).skill) };
    default:
      return answer;
  }
}

function skillForFleet(skill: Skill): Skill {
  const { broken, folder, ...rest } = skill;
  return {
    ...rest,
    folder: lastName(folder),
    ...(broken === undefined ? {} : { broken: { ...broken, file: lastName(broken.file) } }),
  };
}

/** Everything people set, but not where things lie and which servers are spoken to. */
function configForFleet(config: AppConfig): AppConfig {
  return {
    ...config,
    skills: { ...config.skills, folders: [] },
    advice: { ...config.advice, baseUrl: UNTOLD_ADDRESS },
    fleet: { ...config.fleet, servers: [], user: '', caFile: '' },
    telemetry: { ...config.telemetry, prometheusHost: '127.0.0.1', otlpEndpoint: UNTOLD_ADDRESS },
  };
}

/** Stands for an address that is not told; a name that exists nowhere (RFC 2606). */
const UNTOLD_ADDRESS = 'http://untold.invalid';

function statusForFleet(status: RuntimeStatus): RuntimeStatus {
  return { ...status, dataDir: '', folders: [] };
}

function lastName(path: string): string {
  return path.split(/[/\\]/).filter(Boolean).at(-1) ?? '';
}
