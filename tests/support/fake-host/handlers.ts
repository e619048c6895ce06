import {
  type CommandAnswer,
  CommandError,
  type CommandName,
  type ParsedPayload,
} from '../../../shared/contract/index.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { fixHandlers } from './fix-handlers.ts';
import { incidentHandlers } from './incident-handlers.ts';
import { checkNow } from './life.ts';
import { logHandlers } from './log-handlers.ts';
import { packageHandlers } from './package-handlers.ts';
import { bucketsOf, checksOf, heartbeatOf } from './past.ts';
import { schedulerHandlers } from './scheduler-handlers.ts';
import { settingsHandlers } from './settings-handlers.ts';
import { runtimeStatusOf } from './status.ts';
import type { World } from './world.ts';

/** Commands the fake host does not play are absent: a screen that asks them gets `unavailable`, as from a host that cannot. */
export type Handlers = {
  readonly [Name in CommandName]?: (
    payload: ParsedPayload<Name>,
  ) => CommandAnswer<Name> | Promise<CommandAnswer<Name>>;
};

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Answers of the fake host: the rules a screen can notice, kept as simple as the screens allow. */
export function handlersOf(world: World): Handlers {
  function skill(id: string): Skill {
    const found = world.skills.get(id);
    if (found === undefined) throw new CommandError('not_found', `There is no skill “${id}”.`);
    return found;
  }
  function member(id: string) {
    return world.cast.find((one) => one.id === skill(id).id);
  }
  /** A little later, as with a real process. */
  async function become(id: string, change: (skill: Skill, now: number) => Skill): Promise<{ skill: Skill }> {
    await wait(350);
    const next = change(skill(id), Date.now());
    world.putSkill(next);
    return { skill: next };
  }
  const stopped = (one: Skill): Skill => ({
    ...one,
    process: {
      ...one.process,
      state: 'stopped',
      pid: null,
      startedAt: null,
      nextAttemptAt: null,
      backoffMs: null,
    },
    nextCheckAt: null,
  });
  const started = (one: Skill, now: number): Skill => ({
    ...one,
    lifecycle: 'active',
    paused: false,
    process: {
      ...one.process,
      state: 'running',
      pid: 50_000 + (now % 9999),
      startedAt: now,
      nextAttemptAt: null,
      backoffMs: null,
      cause: null,
    },
    nextCheckAt: now + 2000,
  });
  const unknown = (one: Skill, now: number): Skill => ({
    ...one,
    healthSince: now,
    failuresInWindow: 0,
    health: { ...one.health, status: { kind: 'unknown' }, consecutiveFailures: 0, lastError: null },
  });

  return {
    'host.ping': () => ({ pong: true }),
    'host.version': () => ({
      name: 'skillward',
      version: '0.1.0',
      contractVersion: 1,
      hostKind: 'headless',
      node: '24.21.0',
      platform: 'linux',
    }),
    'runtime.status': () => runtimeStatusOf(world),
    'state.snapshot': () => ({
      seq: world.seq,
      skills: [...world.skills.values()],
      tasks: [...world.tasks.values()],
      incidents: world.incidents,
      notices: world.notices,
      settings: world.config,
      host: runtimeStatusOf(world),
    }),
    'skills.reload': () => ({ added: [], changed: [], removed: [], broken: [] }),
    'skill.list': () => ({ skills: [...world.skills.values()] }),
    'skill.start': ({ skillId }) => become(skillId, started),
    'skill.stop': ({ skillId }) => become(skillId, (one) => ({ ...stopped(one), paused: true })),
    'skill.restart': async ({ skillId }) => {
      if (skill(skillId).lifecycle === 'quarantined') {
        throw new CommandError('conflict', `${skillId} is quarantined: release it first (skill.release).`);
      }
      world.act('restartSkill', skillId, 'user', 'asked for');
      return become(skillId, (one, now) =>
        started({ ...one, process: { ...one.process, restarts: one.process.restarts + 1 } }, now),
      );
    },
    'skill.disable': ({ skillId }) => become(skillId, (one) => ({ ...stopped(one), lifecycle: 'disabled' })),
    'skill.activate': ({ skillId }) => become(skillId, started),
    'skill.quarantine': ({ skillId, reason }) => {
      world.act('quarantineSkill', skillId, 'user', reason);
      return become(skillId, (one, now) => ({
        ...stopped(one),
        lifecycle: 'quarantined',
        healthSince: now,
        health: { ...one.health, status: { kind: 'quarantined', reason } },
      }));
    },
    'skill.release': ({ skillId, mode }) => {
      if (skill(skillId).lifecycle !== 'quarantined')
        throw new CommandError('conflict', `${skillId} is not quarantined.`);
      world.act(
        'releaseSkill',
        skillId,
        'user',
        mode === 'force' ? 'released at once' : 'released as a trial',
      );
      return become(skillId, (one, now) => ({
        ...started(unknown(one, now), now),
        trialChecksLeft: mode === 'force' ? null : 3,
      }));
    },
    'skill.invoke': ({ method }) => ({ result: { method } }),
    'skill.health.check': async ({ skillId, all }) => {
      const ids = all === true ? [...world.skills.keys()] : skillId === undefined ? [] : [skill(skillId).id];
      await wait(250);
      for (const id of ids) checkNow(world, id, Date.now());
      return { checked: ids.length, skills: ids.map((id) => ({ skillId: id, record: skill(id).health })) };
    },
    'skill.health.status': () => ({
      total: world.skills.size,
      skills: [...world.skills.values()].map((one) => one.health),
    }),
    'history.query': ({ skillId, from, to, points = 360 }) => {
      const one = member(skillId);
      const checks = one === undefined ? [] : checksOf(one, from, to, Date.now());
      const fresh = (world.newChecks.get(skillId) ?? []).filter((check) => check.at >= from && check.at < to);
      const marks = world.actions
        .filter((action) => action.skillId === skillId && action.at >= from && action.at < to)
        .map(({ at, kind, reason }) => ({ at, kind, reason }));
      return { buckets: bucketsOf([...checks, ...fresh], from, to, points), marks };
    },
    'history.checks': ({ skillId, before = Date.now(), limit = 100, outcome }) => {
      const one = member(skillId);
      const fresh = (world.newChecks.get(skillId) ?? []).toReversed();
      const past =
        one === undefined ? [] : checksOf(one, before - 40 * 3_600_000, before, Date.now()).toReversed();
      const asked = [...fresh, ...past].filter(
        (check) => outcome === undefined || check.outcome.kind === outcome,
      );
      return { checks: asked.slice(0, limit) };
    },
    'history.heartbeats': ({ from, to, cells = 60, skillId }) => ({
      heartbeats: world.cast
        .filter((one) => skillId === undefined || one.id === skillId)
        .map((one) => heartbeatOf(one, from, to, cells, Date.now())),
    }),
    'action.list': ({ skillId, origin, kinds, before = Number.POSITIVE_INFINITY, limit = 100 }) => ({
      actions: world.actions
        .filter((one) => (skillId === undefined || one.skillId === skillId) && one.at < before)
        .filter((one) => origin === undefined || one.origin === origin)
        .filter((one) => kinds === undefined || kinds.includes(one.kind))
        .slice(0, limit),
    }),
    ...logHandlers(world),
    'events.subscribe': () => ({ seq: world.seq, complete: true }),
    ...fixHandlers(world),
    ...incidentHandlers(world),
    ...packageHandlers(world),
    ...schedulerHandlers(world),
    ...settingsHandlers(world),
  };
}
