import type { FleetCounts } from '../../../shared/model/fleet.ts';
import type { Skill } from '../../../shared/model/skill.ts';

/** This host's skills in counts: each in the one that needs looking at first, so that they add up. */
export function fleetCountsOf(skills: readonly Skill[], openIncidents: number): FleetCounts {
  const counts = { healthy: 0, degraded: 0, failing: 0, quarantined: 0, other: 0 };
  for (const skill of skills) counts[placeOf(skill)] += 1;
  return { skills: skills.length, ...counts, openIncidents };
}

function placeOf({
  broken,
  health,
  lifecycle,
  paused,
}: Skill): 'healthy' | 'degraded' | 'failing' | 'quarantined' | 'other' {
  const { kind } = health.status;
  if (lifecycle === 'quarantined' || kind === 'quarantined') return 'quarantined';
  // Out of service: what its last check said is no news.
  if (lifecycle === 'disabled' || paused || broken !== undefined || kind === 'unknown') return 'other';
  return kind;
}
