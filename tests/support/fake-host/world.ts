import type { EventName, EventPayload, SequencedEvent } from '../../../shared/contract/index.ts';
import type { Action, ActionKind, Incident, Notice } from '../../../shared/model/action.ts';
import { type AppConfig, appConfigSchema } from '../../../shared/model/config.ts';
import type { FixPattern } from '../../../shared/model/fix.ts';
import type { Check } from '../../../shared/model/health.ts';
import type { LogLine } from '../../../shared/model/log.ts';
import type { ScheduledTask, TaskRun } from '../../../shared/model/schedule.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import type { CastMember } from './cast.ts';
import { fixesOf, logsOf, runsOf, startingActions, taskOf } from './facts.ts';
import { skillOf } from './skills.ts';

const DAY = 86_400_000;

/** The state of a host that does not exist, and the way it tells of changes. */
export interface World {
  readonly startedAt: number;
  readonly cast: readonly CastMember[];
  readonly skills: Map<string, Skill>;
  readonly fixes: Map<number, FixPattern>;
  readonly tasks: Map<string, ScheduledTask>;
  readonly runs: TaskRun[];
  readonly actions: Action[];
  readonly incidents: Incident[];
  readonly notices: Notice[];
  readonly logs: LogLine[];
  /** Checks made while the page is open, newest last; the past is made up by `past.ts`. */
  readonly newChecks: Map<string, Check[]>;
  config: AppConfig;
  seq: number;
  readonly publish: <Name extends EventName>(event: Name, payload: EventPayload<Name>) => void;
  readonly putSkill: (skill: Skill) => void;
  readonly act: (kind: ActionKind, skillId: string | null, origin: Action['origin'], reason: string) => void;
}

export function createWorld(
  cast: readonly CastMember[],
  now: number,
  emit: (event: SequencedEvent) => void,
): World {
  const world: World = {
    startedAt: now - 3 * DAY,
    cast,
    skills: new Map(cast.map((member, index) => [member.id, skillOf(member, now, index)])),
    fixes: new Map(cast.length === 0 ? [] : fixesOf(now).map((fix) => [fix.id, fix])),
    tasks: new Map([['skill_health_check', taskOf(now)]]),
    runs: cast.length === 0 ? [] : runsOf(now),
    actions: startingActions(cast, now),
    incidents: cast
      .filter((member) => member.role === 'failing' || member.role === 'quarantined')
      .map((member, index) => ({
        id: index + 1,
        skillId: member.id,
        signature: member.error ?? '',
        error: member.error ?? '',
        state: 'open' as const,
        startedAt: now - (member.role === 'failing' ? 3 : 95) * 60_000,
        lastSeenAt: now - 8000,
        endedAt: null,
        failures: member.role === 'failing' ? 3 : 5,
        note: null,
        mutedUntil: null,
        quarantined: member.role === 'quarantined',
      })),
    notices: [],
    logs: cast.flatMap((member) => logsOf(member, now)),
    newChecks: new Map(),
    config: appConfigSchema.parse({ skills: { folders: ['~/skills'] } }),
    seq: 100,
    publish(event, payload) {
      world.seq += 1;
      emit({ v: 1, seq: world.seq, event, payload } as SequencedEvent);
    },
    putSkill(skill) {
      world.skills.set(skill.id, skill);
      world.publish('skill.changed', { skillId: skill.id, skill });
    },
    act(kind, skillId, origin, reason) {
      const action: Action = {
        id: world.actions.length + 1,
        at: Date.now(),
        kind,
        skillId,
        origin,
        reason,
        result: 'done',
      };
      world.actions.unshift(action);
      world.publish('action.taken', { action });
    },
  };
  return world;
}
