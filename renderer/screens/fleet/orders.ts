import type { CommandAnswer, CommandName, CommandPayload } from '../../../shared/contract/index.ts';
import type { FleetHost } from '../../../shared/model/fleet.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import { displayState } from '../../components/display-state.ts';
import { askHosts, type HostTarget } from '../../state/fleet-orders.ts';

/** What can be ordered on many hosts at once. */
export type FleetCommand = 'check' | 'restart' | 'quarantine' | 'release';

/** Which skills are meant: named ones wherever they are, or those that are in the way the order is for. */
export type FleetAim =
  | { readonly kind: 'failing' }
  | { readonly kind: 'named'; readonly skillIds: readonly string[] };

/** One skill on one host. */
export interface FleetTarget {
  readonly hostId: string;
  readonly skillId: string;
}
export interface FleetResult extends FleetTarget {
  /** Why it was not done; null when it was. */
  readonly problem: string | null;
}

/** Why nothing can be ordered on a host now; null where it can. */
export function whyNot(host: FleetHost): string | null {
  if (host.state === 'unknown') return 'not heard from';
  if (host.state === 'heard' && host.role === 'viewer') return 'lets its fleet look only';
  return null;
}

/** What each host has of what is meant, asked of the hosts themselves. `problem` is why a host could not tell. */
export interface HostPlan {
  readonly hostId: string;
  readonly skillIds: readonly string[];
  readonly problem: string | null;
}

export async function planFor(
  hosts: readonly FleetHost[],
  command: FleetCommand,
  aim: FleetAim,
): Promise<readonly HostPlan[]> {
  const able = hosts.filter((host) => whyNot(host) === null);
  const answers = await askHosts(
    'skill.list',
    able.map(({ hostId }) => ({ hostId, payload: {} })),
  );
  return answers.map(({ hostId, answer, problem }) => ({
    hostId,
    skillIds: answer === null ? [] : meant(answer.skills, command, aim),
    problem,
  }));
}

/** The skills of one host an order is for, in reading order. What the host would refuse anyway is not ordered. */
export function meant(skills: readonly Skill[], command: FleetCommand, aim: FleetAim): readonly string[] {
  return skills
    .filter((skill) => {
      const quarantined = skill.lifecycle === 'quarantined';
      if (skill.broken !== undefined || skill.lifecycle === 'disabled') return false;
      if (quarantined !== (command === 'release')) return false;
      if (aim.kind === 'named') return aim.skillIds.includes(skill.id);
      return command === 'release' || displayState(skill).state === 'bad';
    })
    .map(({ id }) => id)
    .sort();
}

/** Carries the order out and says what became of it on each host; never throws. `onProgress` counts what is answered. */
export async function carryOutOn(
  targets: readonly FleetTarget[],
  command: FleetCommand,
  reason: string,
  onProgress: (answered: number) => void,
): Promise<readonly FleetResult[]> {
  switch (command) {
    case 'check':
      return order('skill.health.check', (skillId) => ({ skillId }), checkProblem);
    case 'restart':
      return order('skill.restart', (skillId) => ({ skillId }));
    case 'quarantine':
      return order('skill.quarantine', (skillId) => ({ skillId, reason }));
    case 'release':
      return order('skill.release', (skillId) => ({ skillId, mode: 'trial' }));
  }

  async function order<Name extends CommandName>(
    name: Name,
    payload: (skillId: string) => CommandPayload<Name>,
    wrong: (answer: CommandAnswer<Name>) => string | null = () => null,
  ): Promise<readonly FleetResult[]> {
    const asked = targets.map(
      ({ hostId, skillId }): HostTarget<Name> => ({ hostId, payload: payload(skillId) }),
    );
    const answers = await askHosts(name, asked, (answered) => onProgress(answered.length));
    return targets.map(({ hostId, skillId }, index) => {
      const one = answers[index];
      const problem = one === undefined || one.answer === null ? (one?.problem ?? null) : wrong(one.answer);
      return { hostId, skillId, problem };
    });
  }
}

/** What a check that was carried out found wrong. */
function checkProblem({ skills }: CommandAnswer<'skill.health.check'>): string | null {
  const outcome = skills[0]?.outcome;
  if (outcome?.kind === 'failed') return `Fails: ${outcome.error}`;
  return outcome?.kind === 'unreachable' ? `Fails: ${outcome.reason}` : null;
}
