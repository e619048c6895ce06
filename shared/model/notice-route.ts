import type { Notice } from './action.ts';

/**
 * The page of the dashboard a notice is about, as the part of an address after `#`: the question it asks, the incident,
 * the skill, the list of what is wrong; null where nowhere. Ids are numbers and `[a-z0-9_-]+`: nothing needs escaping.
 */
export function routeOfNotice({ incidentId, proposalId, skillId, skillIds }: Notice): string | null {
  if (proposalId !== undefined) return `/fixes?record=1&proposal=${proposalId}`;
  if (incidentId !== undefined) return `/incidents/${incidentId}`;
  if (skillId !== null) return `/skill/${skillId}`;
  return skillIds === undefined ? null : '/incidents';
}
