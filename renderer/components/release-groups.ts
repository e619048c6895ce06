import type { Incident } from '../../shared/model/action.ts';
import type { Skill } from '../../shared/model/skill.ts';
import { errorOf } from './display-state.ts';

/** Skills in quarantine for the same reason: one decision is enough for them. */
export interface ReleaseGroup {
  /** The signature their incident has, else the words of the quarantine. */
  readonly reason: string;
  readonly skillIds: readonly string[];
}

/**
 * Groups skills by why they were quarantined. The signature of the newest open incident counts, for the words of two
 * skills with the same error differ in what varies; larger groups first.
 */
export function releaseGroups(
  skills: readonly Skill[],
  incidents: readonly Pick<Incident, 'skillId' | 'signature' | 'endedAt'>[],
): readonly ReleaseGroup[] {
  const groups = new Map<string, string[]>();
  for (const skill of skills) {
    const incident = incidents.find((one) => one.skillId === skill.id && one.endedAt === null);
    const reason = incident?.signature ?? errorOf(skill) ?? 'no reason was given';
    groups.set(reason, [...(groups.get(reason) ?? []), skill.id]);
  }
  return [...groups]
    .map(([reason, skillIds]) => ({ reason, skillIds }))
    .sort((a, b) => b.skillIds.length - a.skillIds.length);
}
